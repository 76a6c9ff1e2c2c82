import ReferenceKernels
import SIMDKernels
import Testing

@Suite struct ElementwiseTests {
  typealias Kernel<S> = (UnsafePointer<S>, UnsafeMutablePointer<S>, Int) -> Void

  /// Holds a kernel against its definition at odd extents, into another array and in place.
  func check<S: KernelScalar>(
    _ name: String, _ kernel: Kernel<S>, _ reference: ([S]) -> [S], from low: Double = -9,
    to high: Double = 9, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let extremes: [S] = [.nan, .infinity, -.infinity, 0, -0.0, .leastNonzeroMagnitude]
    for n in oddExtents + [extremes.count] {
      let middle = (low + high) / 2
      let points: [S] = wave(n, scale: (high - low) / 2).map { $0 + S(middle) }
      let x = n == extremes.count ? extremes : points
      let y = output(n) { kernel(x, $0, n) }
      let what = "\(name) of \(n) \(S.self)s"
      expectClose(
        y, reference(x), tolerance: 8 * Double(S.ulpOfOne), what, sourceLocation: sourceLocation)
      var inPlace = x
      inPlace.withUnsafeMutableBufferPointer {
        if let base = $0.baseAddress { kernel(base, base, n) }
      }
      expectIdentical(inPlace, y, "\(what), in place", sourceLocation: sourceLocation)
    }
  }

  @Test func transcendentalFunctions() {
    check("exp", { fs_exp_f32($0, $1, $2) }, Reference.exp, from: -104, to: 89)
    check("exp", { fs_exp_f64($0, $1, $2) }, Reference.exp, from: -740, to: 709)
    check("log", { fs_log_f32($0, $1, $2) }, Reference.log)
    check("log", { fs_log_f64($0, $1, $2) }, Reference.log)
    check("tanh", { fs_tanh_f32($0, $1, $2) }, Reference.tanh)
    check("tanh", { fs_tanh_f64($0, $1, $2) }, Reference.tanh)
    check("sigmoid", { fs_sigmoid_f32($0, $1, $2) }, Reference.sigmoid, from: -100, to: 100)
    check("sigmoid", { fs_sigmoid_f64($0, $1, $2) }, Reference.sigmoid, from: -740, to: 740)
    check("softplus", { fs_softplus_f32($0, $1, $2) }, Reference.softplus, from: -100, to: 100)
    check("softplus", { fs_softplus_f64($0, $1, $2) }, Reference.softplus, from: -740, to: 740)
    check("sin", { fs_sin_f32($0, $1, $2) }, Reference.sin)
    check("sin", { fs_sin_f64($0, $1, $2) }, Reference.sin)
    check("cos", { fs_cos_f32($0, $1, $2) }, Reference.cos)
    check("cos", { fs_cos_f64($0, $1, $2) }, Reference.cos)
  }

  @Test func algebraicFunctions() {
    check("sqrt", { fs_sqrt_f32($0, $1, $2) }, Reference.sqrt)
    check("sqrt", { fs_sqrt_f64($0, $1, $2) }, Reference.sqrt)
    check("relu", { fs_relu_f32($0, $1, $2) }, Reference.relu)
    check("relu", { fs_relu_f64($0, $1, $2) }, Reference.relu)
    check("negate", { fs_negate_f32($0, $1, $2) }, Reference.negate)
    check("negate", { fs_negate_f64($0, $1, $2) }, Reference.negate)
    check("abs", { fs_abs_f32($0, $1, $2) }, Reference.abs)
    check("abs", { fs_abs_f64($0, $1, $2) }, Reference.abs)
    check("sign", { fs_sign_f32($0, $1, $2) }, Reference.sign)
    check("sign", { fs_sign_f64($0, $1, $2) }, Reference.sign)
    check("square", { fs_square_f32($0, $1, $2) }, Reference.square)
    check("square", { fs_square_f64($0, $1, $2) }, Reference.square)
    check("reciprocal", { fs_reciprocal_f32($0, $1, $2) }, Reference.reciprocal)
    check("reciprocal", { fs_reciprocal_f64($0, $1, $2) }, Reference.reciprocal)
    check("floor", { fs_floor_f32($0, $1, $2) }, Reference.floor)
    check("floor", { fs_floor_f64($0, $1, $2) }, Reference.floor)
  }

  /// For large x softplus is x, for very negative x it is exp(x), down to subnormals.
  @Test func softplusKeepsItsDigits() {
    let x: [Float] = [1000, 30, 0, -20, -100, -1000]
    // numpy.logaddexp(0, x) in float64
    let expected: [Double] = [
      1000, 30.00000000000009, 0.6931471805599453, 2.061153620314381e-09, 3.720075976020836e-44, 0,
    ]
    let y: [Float] = output(x.count) { fs_softplus_f32(x, $0, x.count) }
    expectClose(y, expected.map { Float($0) }, tolerance: 2e-7, "softplus")
  }

  typealias BackwardKernel<S> = (
    UnsafePointer<S>, UnsafePointer<S>, UnsafeMutablePointer<S>, Int
  ) -> Void

  func checkBackward<S: KernelScalar>(
    _ name: String, _ kernel: BackwardKernel<S>, _ reference: ([S], [S]) -> [S],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    for n in oddExtents {
      let y: [S] = wave(n)
      let dy: [S] = wave(n, phase: 1)
      let dx = output(n) { kernel(y, dy, $0, n) }
      expectClose(
        dx, reference(y, dy), tolerance: 8 * Double(S.ulpOfOne), floor: 1, "\(name) of \(n)",
        sourceLocation: sourceLocation)
    }
  }

  @Test func derivatives() {
    checkBackward("tanh", { fs_tanh_backward_f32($0, $1, $2, $3) }, Reference.tanhBackward)
    checkBackward("tanh", { fs_tanh_backward_f64($0, $1, $2, $3) }, Reference.tanhBackward)
    checkBackward("sigmoid", { fs_sigmoid_backward_f32($0, $1, $2, $3) }, Reference.sigmoidBackward)
    checkBackward("sigmoid", { fs_sigmoid_backward_f64($0, $1, $2, $3) }, Reference.sigmoidBackward)
    checkBackward("relu", { fs_relu_backward_f32($0, $1, $2, $3) }, Reference.reluBackward)
    checkBackward("relu", { fs_relu_backward_f64($0, $1, $2, $3) }, Reference.reluBackward)
  }
}
