import ReferenceKernels
import SIMDKernels
import Testing

@Suite struct ArithmeticTests {
  typealias Kernel<S> = (
    UnsafePointer<S>, UnsafePointer<S>, UnsafeMutablePointer<S>, Int
  ) -> Void

  /// Holds the three forms of a kernel against its definition, into another array and in place.
  func check<S: KernelScalar>(
    _ name: String, _ reference: ([S], [S]) -> [S], vv: @escaping Kernel<S>,
    vs: @escaping Kernel<S>, sv: @escaping Kernel<S>,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let special: [S] = [.nan, 1, .infinity, -.infinity, 0, -0.0, -2, .nan]
    let other: [S] = [1, .nan, .infinity, 2, -0.0, 0, 3, .nan]
    for n in oddExtents {
      let a: [S] = halves(n, phase: 0, after: special)
      let b: [S] = halves(n, phase: 1, after: other)
      let (a0, b0): (S, S) = (-2, 1.5)
      let cases: [(form: String, kernel: Kernel<S>, a: [S], b: [S])] = [
        ("vv", vv, a, b), ("vs", vs, a, [b0]), ("sv", sv, [a0], b),
      ]
      for (form, kernel, left, right) in cases {
        let expected = n == 0 ? [] : reference(left, right)
        let what = "\(name), \(form), of \(n) \(S.self)s"
        let z = output(n) { kernel(left, right, $0, n) }
        expectClose(
          z, expected, tolerance: 4 * Double(S.ulpOfOne), what,
          sourceLocation: sourceLocation)
        // One element more, so that there is an address at n = 0.
        var inPlace = (form == "sv" ? right : left) + [0]
        inPlace.withUnsafeMutableBufferPointer {
          let base = $0.baseAddress!
          form == "sv" ? kernel(left, base, base, n) : kernel(base, right, base, n)
        }
        expectIdentical(
          Array(inPlace.dropLast()), z, "\(what), in place", sourceLocation: sourceLocation)
      }
    }
  }

  /// Multiples of a half, so that some pairs are equal and some powers are of integers; after the
  /// special values where there is room.
  func halves<S: KernelScalar>(_ n: Int, phase: Double, after special: [S]) -> [S] {
    let first = n < special.count ? [] : special
    let rest: [S] = wave(n - first.count, phase: phase, scale: 6)
    return first + rest.map { (2 * $0).rounded() / 2 }
  }

  @Test func functionsOfTwoVariables() {
    check(
      "add", Reference.add, vv: { fs_add_vv_f32($0, $1, $2, $3) },
      vs: { fs_add_vs_f32($0, $1, $2, $3) }, sv: { fs_add_sv_f32($0, $1, $2, $3) })
    check(
      "add", Reference.add, vv: { fs_add_vv_f64($0, $1, $2, $3) },
      vs: { fs_add_vs_f64($0, $1, $2, $3) }, sv: { fs_add_sv_f64($0, $1, $2, $3) })
    check(
      "subtract", Reference.subtract, vv: { fs_subtract_vv_f32($0, $1, $2, $3) },
      vs: { fs_subtract_vs_f32($0, $1, $2, $3) }, sv: { fs_subtract_sv_f32($0, $1, $2, $3) })
    check(
      "subtract", Reference.subtract, vv: { fs_subtract_vv_f64($0, $1, $2, $3) },
      vs: { fs_subtract_vs_f64($0, $1, $2, $3) }, sv: { fs_subtract_sv_f64($0, $1, $2, $3) })
    check(
      "multiply", Reference.multiply, vv: { fs_multiply_vv_f32($0, $1, $2, $3) },
      vs: { fs_multiply_vs_f32($0, $1, $2, $3) }, sv: { fs_multiply_sv_f32($0, $1, $2, $3) })
    check(
      "multiply", Reference.multiply, vv: { fs_multiply_vv_f64($0, $1, $2, $3) },
      vs: { fs_multiply_vs_f64($0, $1, $2, $3) }, sv: { fs_multiply_sv_f64($0, $1, $2, $3) })
    check(
      "divide", Reference.divide, vv: { fs_divide_vv_f32($0, $1, $2, $3) },
      vs: { fs_divide_vs_f32($0, $1, $2, $3) }, sv: { fs_divide_sv_f32($0, $1, $2, $3) })
    check(
      "divide", Reference.divide, vv: { fs_divide_vv_f64($0, $1, $2, $3) },
      vs: { fs_divide_vs_f64($0, $1, $2, $3) }, sv: { fs_divide_sv_f64($0, $1, $2, $3) })
    check(
      "maximum", Reference.maximum, vv: { fs_maximum_vv_f32($0, $1, $2, $3) },
      vs: { fs_maximum_vs_f32($0, $1, $2, $3) }, sv: { fs_maximum_sv_f32($0, $1, $2, $3) })
    check(
      "maximum", Reference.maximum, vv: { fs_maximum_vv_f64($0, $1, $2, $3) },
      vs: { fs_maximum_vs_f64($0, $1, $2, $3) }, sv: { fs_maximum_sv_f64($0, $1, $2, $3) })
    check(
      "minimum", Reference.minimum, vv: { fs_minimum_vv_f32($0, $1, $2, $3) },
      vs: { fs_minimum_vs_f32($0, $1, $2, $3) }, sv: { fs_minimum_sv_f32($0, $1, $2, $3) })
    check(
      "minimum", Reference.minimum, vv: { fs_minimum_vv_f64($0, $1, $2, $3) },
      vs: { fs_minimum_vs_f64($0, $1, $2, $3) }, sv: { fs_minimum_sv_f64($0, $1, $2, $3) })
    check(
      "power", Reference.power, vv: { fs_power_vv_f32($0, $1, $2, $3) },
      vs: { fs_power_vs_f32($0, $1, $2, $3) }, sv: { fs_power_sv_f32($0, $1, $2, $3) })
    check(
      "power", Reference.power, vv: { fs_power_vv_f64($0, $1, $2, $3) },
      vs: { fs_power_vs_f64($0, $1, $2, $3) }, sv: { fs_power_sv_f64($0, $1, $2, $3) })
    check(
      "equal", Reference.equal, vv: { fs_equal_vv_f32($0, $1, $2, $3) },
      vs: { fs_equal_vs_f32($0, $1, $2, $3) }, sv: { fs_equal_sv_f32($0, $1, $2, $3) })
    check(
      "equal", Reference.equal, vv: { fs_equal_vv_f64($0, $1, $2, $3) },
      vs: { fs_equal_vs_f64($0, $1, $2, $3) }, sv: { fs_equal_sv_f64($0, $1, $2, $3) })
    check(
      "not_equal", Reference.notEqual, vv: { fs_not_equal_vv_f32($0, $1, $2, $3) },
      vs: { fs_not_equal_vs_f32($0, $1, $2, $3) }, sv: { fs_not_equal_sv_f32($0, $1, $2, $3) })
    check(
      "not_equal", Reference.notEqual, vv: { fs_not_equal_vv_f64($0, $1, $2, $3) },
      vs: { fs_not_equal_vs_f64($0, $1, $2, $3) }, sv: { fs_not_equal_sv_f64($0, $1, $2, $3) })
    check(
      "less", Reference.less, vv: { fs_less_vv_f32($0, $1, $2, $3) },
      vs: { fs_less_vs_f32($0, $1, $2, $3) }, sv: { fs_less_sv_f32($0, $1, $2, $3) })
    check(
      "less", Reference.less, vv: { fs_less_vv_f64($0, $1, $2, $3) },
      vs: { fs_less_vs_f64($0, $1, $2, $3) }, sv: { fs_less_sv_f64($0, $1, $2, $3) })
    check(
      "less_equal", Reference.lessEqual, vv: { fs_less_equal_vv_f32($0, $1, $2, $3) },
      vs: { fs_less_equal_vs_f32($0, $1, $2, $3) }, sv: { fs_less_equal_sv_f32($0, $1, $2, $3) })
    check(
      "less_equal", Reference.lessEqual, vv: { fs_less_equal_vv_f64($0, $1, $2, $3) },
      vs: { fs_less_equal_vs_f64($0, $1, $2, $3) }, sv: { fs_less_equal_sv_f64($0, $1, $2, $3) })
  }

  @Test func selectKeepsNaNOfTheOtherSideOut() {
    let n = 67
    let mask: [Float] = (0..<n).map { $0 % 3 == 0 ? 0 : $0 % 3 == 1 ? 1 : .nan }
    let a: [Float] = (0..<n).map { $0 % 3 == 0 ? .nan : Float($0) }
    let b: [Float] = (0..<n).map { $0 % 3 == 0 ? -Float($0) : .nan }
    let z: [Float] = output(n) { fs_select_f32(mask, a, b, $0, n) }
    expectIdentical(z, Reference.select(mask: mask, a, b), "select")
    #expect(!z.contains { $0.isNaN })
    let wide: [Double] = output(n) {
      fs_select_f64(mask.map { Double($0) }, a.map { Double($0) }, b.map { Double($0) }, $0, n)
    }
    expectClose(wide, z, tolerance: 0, "select of Doubles")
  }

  @Test(arguments: oddExtents) func scaledSums(n: Int) {
    let x: [Float] = wave(n)
    let y: [Float] = wave(n, phase: 2)
    var sum = y + [0]
    fs_axpy_f32(-1.5, x, &sum, n)
    expectClose(
      Array(sum.prefix(n)), Reference.axpy(alpha: -1.5, x: x, y: y), tolerance: 1e-6, floor: 1,
      "axpy")
    let shifted: [Float] = output(n) { fs_scale_shift_f32(3, -0.25, x, $0, n) }
    expectClose(
      shifted, Reference.scaleShift(alpha: 3, beta: -0.25, x: x), tolerance: 1e-6, floor: 1,
      "scale and shift")
    let filled: [Float] = output(n) { fs_fill_f32(7, $0, n) }
    #expect(filled == [Float](repeating: 7, count: n))

    let wideX: [Double] = wave(n)
    var wideSum: [Double] = wave(n, phase: 2) + [0]
    let expected = Reference.axpy(alpha: -1.5, x: wideX, y: Array(wideSum.prefix(n)))
    fs_axpy_f64(-1.5, wideX, &wideSum, n)
    expectClose(Array(wideSum.prefix(n)), expected, tolerance: 1e-15, floor: 1, "axpy of Doubles")
    let wideShifted: [Double] = output(n) { fs_scale_shift_f64(3, -0.25, wideX, $0, n) }
    expectClose(
      wideShifted, Reference.scaleShift(alpha: 3, beta: -0.25, x: wideX), tolerance: 1e-15,
      floor: 1, "scale and shift of Doubles")
    let wideFilled: [Double] = output(n) { fs_fill_f64(7, $0, n) }
    #expect(wideFilled == [Double](repeating: 7, count: n))
  }

  @Test(
    arguments: Reference.Activation.allCases, [(0, 3), (3, 0), (1, 17), (17, 1), (3, 65), (65, 17)])
  func epilogueOfADenseLayer(activation: Reference.Activation, extents: (Int, Int)) {
    let (rows, columns) = extents
    let z: [Double] = wave(rows * columns, scale: 5)
    let bias: [Double] = wave(columns, phase: 1)
    for present in [bias, nil] {
      let expected = Reference.biasActivation(
        z, bias: present, rows: rows, columns: columns, activation: activation)
      var wide = z + [0]
      fs_bias_activation_f64(present, &wide, rows, columns, Int32(activation.rawValue))
      expectClose(Array(wide.dropLast()), expected, tolerance: 1e-15, floor: 1, "Doubles")
      var narrow = z.map { Float($0) } + [0]
      fs_bias_activation_f32(
        present?.map { Float($0) }, &narrow, rows, columns, Int32(activation.rawValue))
      expectClose(Array(narrow.dropLast()), expected, tolerance: 1e-6, floor: 1, "Floats")
    }
  }
}
