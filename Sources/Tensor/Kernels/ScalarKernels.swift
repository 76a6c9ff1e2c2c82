/// The accelerated kernels for one scalar type, over raw memory.
///
/// Extents and contracts are those of the C headers in `SIMDKernels`. The callers in this package
/// check shapes first; the kernels check nothing.
public protocol _ScalarKernels: _BLAS, _LAPACK {
  static func unary(_ f: _UnaryFunction, _ x: Input, _ y: Output, _ n: Int)
  static func unaryBackward(
    _ f: _SelfDifferentiatingFunction, y: Input, dy: Input, dx: Output, _ n: Int)
  static func binary(
    _ f: _BinaryFunction, _ form: _OperandForm, _ a: Input, _ b: Input, _ z: Output, _ n: Int)
  static func select(_ mask: Input, _ a: Input, _ b: Input, _ z: Output, _ n: Int)
  static func fill(_ value: Scalar, _ y: Output, _ n: Int)
  static func axpy(_ alpha: Scalar, _ x: Input, _ y: Output, _ n: Int)
  static func scaleShift(_ alpha: Scalar, _ beta: Scalar, _ x: Input, _ y: Output, _ n: Int)
  static func biasActivation(
    _ bias: Input?, _ z: Output, rows: Int, columns: Int, _ epilogue: _Epilogue)

  static func reduce(
    _ reduction: _Reduction, _ x: Input, _ y: Output, outer: Int, count: Int, inner: Int)
  static func argmax(
    _ x: Input, _ y: UnsafeMutablePointer<Int>, outer: Int, count: Int, inner: Int)
  static func argmin(
    _ x: Input, _ y: UnsafeMutablePointer<Int>, outer: Int, count: Int, inner: Int)
  static func dot(_ x: Input, _ y: Input, _ n: Int) -> Double
  static func cumulativeSum(_ x: Input, _ y: Output, outer: Int, count: Int, inner: Int)

  static func softmax(_ x: Input, _ y: Output, rows: Int, columns: Int)
  static func softmaxBackward(y: Input, dy: Input, dx: Output, rows: Int, columns: Int)
  static func logSoftmax(_ x: Input, _ y: Output, rows: Int, columns: Int)
  static func logSoftmaxBackward(y: Input, dy: Input, dx: Output, rows: Int, columns: Int)

  static func transpose(_ x: Input, _ y: Output, batch: Int, rows: Int, columns: Int)
  static func gatherStrided(_ x: Input, strides: [Int], shape: [Int], _ y: Output)
  static func scatterStrided(
    _ x: Input, strides: [Int], shape: [Int], accumulating: Bool, _ y: Output)

  static func packedCount(_ K: Int, _ N: Int) -> Int
  static func pack(
    _ b: Input, stride: Int, transposed: Bool, _ K: Int, _ N: Int, _ packed: Output, first: Int,
    depth: Int)
  static func copyRows(
    _ a: Input, stride: Int, transposed: Bool, _ M: Int, _ K: Int, _ rows: Output, rowStride: Int)
  static func packedGemm(
    _ a: Input, stride: Int, packed: Input, bias: Input?, accumulating: Bool, _ c: Output,
    strideC: Int, _ M: Int, _ N: Int, _ K: Int)

  static func adam(
    _ parameters: Output, gradient: Input, firstMoment: Output, secondMoment: Output, _ n: Int,
    _ step: _AdamStep)
  static func sgd(
    _ parameters: Output, gradient: Input, velocity: Output?, _ n: Int, _ step: _SGDStep)
}

extension _ScalarKernels {
  public typealias Input = UnsafePointer<Scalar>
  public typealias Output = UnsafeMutablePointer<Scalar>
}
