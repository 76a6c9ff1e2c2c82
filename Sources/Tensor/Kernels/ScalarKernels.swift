internal import SIMDKernels

/// The accelerated kernels for one scalar type, which work on raw memory.
///
/// Extents and contracts are those of the C headers in `SIMDKernels`, which select the kernel by
/// the scalar type. The kernels check nothing; the callers in this package check shapes first.
public protocol _ScalarKernels: _BLAS, _LAPACK {}

/// The kernels for `Float`.
public enum _FloatKernels: _ScalarKernels {
  public typealias Scalar = Float
}

/// The kernels for `Double`.
public enum _DoubleKernels: _ScalarKernels {
  public typealias Scalar = Double
}

extension _ScalarKernels {
  package typealias Input = UnsafePointer<Scalar>
  package typealias Output = UnsafeMutablePointer<Scalar>

  package static func unary(_ f: _UnaryFunction, _ x: Input, _ y: Output, _ n: Int) {
    fs_unary(Scalar._elementType, .init(rawValue: f.rawValue), x, y, n)
  }

  package static func unaryBackward(
    _ f: _SelfDifferentiatingFunction, y: Input, dy: Input, dx: Output, _ n: Int
  ) {
    fs_unary_backward(Scalar._elementType, .init(rawValue: f.rawValue), y, dy, dx, n)
  }

  package static func binary(
    _ f: _BinaryFunction, _ form: _OperandForm, _ a: Input, _ b: Input, _ z: Output, _ n: Int
  ) {
    fs_binary(
      Scalar._elementType, .init(rawValue: f.rawValue), .init(rawValue: form.rawValue), a, b, z, n)
  }

  package static func select(_ mask: Input, _ a: Input, _ b: Input, _ z: Output, _ n: Int) {
    fs_select(Scalar._elementType, mask, a, b, z, n)
  }

  package static func fill(_ value: Scalar, _ y: Output, _ n: Int) {
    withUnsafePointer(to: value) { fs_fill(Scalar._elementType, $0, y, n) }
  }

  package static func axpy(_ alpha: Scalar, _ x: Input, _ y: Output, _ n: Int) {
    withUnsafePointer(to: alpha) { fs_axpy(Scalar._elementType, $0, x, y, n) }
  }

  package static func scaleShift(
    _ alpha: Scalar, _ beta: Scalar, _ x: Input, _ y: Output, _ n: Int
  ) {
    withUnsafePointer(to: alpha) { alpha in
      withUnsafePointer(to: beta) { fs_scale_shift(Scalar._elementType, alpha, $0, x, y, n) }
    }
  }

  package static func biasActivation(
    _ bias: Input?, _ z: Output, rows: Int, columns: Int, _ epilogue: _Epilogue
  ) {
    fs_bias_activation(Scalar._elementType, bias, z, rows, columns, epilogue.rawValue)
  }

  package static func reduce(
    _ reduction: _Reduction, _ x: Input, _ y: Output, outer: Int, count: Int, inner: Int
  ) {
    fs_reduce(Scalar._elementType, .init(rawValue: reduction.rawValue), x, y, outer, count, inner)
  }

  package static func argmax(
    _ x: Input, _ y: UnsafeMutablePointer<Int>, outer: Int, count: Int, inner: Int
  ) {
    fs_argmax(Scalar._elementType, x, y, outer, count, inner)
  }

  package static func argmin(
    _ x: Input, _ y: UnsafeMutablePointer<Int>, outer: Int, count: Int, inner: Int
  ) {
    fs_argmin(Scalar._elementType, x, y, outer, count, inner)
  }

  package static func dot(_ x: Input, _ y: Input, _ n: Int) -> Double {
    fs_dot(Scalar._elementType, x, y, n)
  }

  package static func cumulativeSum(
    _ x: Input, _ y: Output, outer: Int, count: Int, inner: Int
  ) {
    fs_cumulative_sum(Scalar._elementType, x, y, outer, count, inner)
  }

  package static func softmax(_ x: Input, _ y: Output, rows: Int, columns: Int) {
    fs_softmax(Scalar._elementType, x, y, rows, columns)
  }

  package static func softmaxBackward(
    y: Input, dy: Input, dx: Output, rows: Int, columns: Int
  ) {
    fs_softmax_backward(Scalar._elementType, y, dy, dx, rows, columns)
  }

  package static func logSoftmax(_ x: Input, _ y: Output, rows: Int, columns: Int) {
    fs_log_softmax(Scalar._elementType, x, y, rows, columns)
  }

  package static func logSoftmaxBackward(
    y: Input, dy: Input, dx: Output, rows: Int, columns: Int
  ) {
    fs_log_softmax_backward(Scalar._elementType, y, dy, dx, rows, columns)
  }

  package static func attentionWeights(
    _ x: Output, scale: Double, ignored: Input?, isCausal: Bool, first: Int, rows: Int,
    columns: Int
  ) {
    fs_attention_weights(
      Scalar._elementType, x, scale, ignored, isCausal ? 1 : 0, first, rows, columns)
  }

  package static func layerNorm(
    _ x: Input, weight: Input, bias: Input, epsilon: Double, _ y: Output, statistics: Output,
    rows: Int, columns: Int
  ) {
    fs_layer_norm(Scalar._elementType, x, weight, bias, epsilon, y, statistics, rows, columns)
  }

  package static func layerNormBackward(
    _ x: Input, weight: Input, statistics: Input, dy: Input, dx: Output, dWeight: Output,
    dBias: Output, rows: Int, columns: Int
  ) {
    fs_layer_norm_backward(
      Scalar._elementType, x, weight, statistics, dy, dx, dWeight, dBias, rows, columns)
  }

  package static func columnMoments(
    _ x: Input, mean: UnsafeMutablePointer<Double>, squares: UnsafeMutablePointer<Double>,
    rows: Int, columns: Int
  ) {
    fs_column_moments(Scalar._elementType, x, mean, squares, rows, columns)
  }

  package static func normalizeColumns(
    _ x: Input, mean: Input, scale: Input, bias: Input, _ y: Output, rows: Int, columns: Int
  ) {
    fs_normalize_columns(Scalar._elementType, x, mean, scale, bias, y, rows, columns)
  }

  package static func columnSlopes(
    _ x: Input, mean: Input, factor: Input, dy: Input, dScale: UnsafeMutablePointer<Double>,
    dBias: UnsafeMutablePointer<Double>, rows: Int, columns: Int
  ) {
    fs_column_slopes(Scalar._elementType, x, mean, factor, dy, dScale, dBias, rows, columns)
  }

  package static func columnGradients(
    _ x: Input, mean: Input, scale: Input, dy: Input, shift: Input, slope: Input, dx: Output,
    rows: Int, columns: Int
  ) {
    fs_column_gradients(Scalar._elementType, x, mean, scale, dy, shift, slope, dx, rows, columns)
  }

  package static func tweedieLoss(
    logMean: Input, target: Input, weights: Input?, power: Double, loss: Output, slope: Output,
    _ n: Int
  ) {
    fs_tweedie_loss(Scalar._elementType, logMean, target, weights, power, loss, slope, n)
  }

  package static func transpose(_ x: Input, _ y: Output, batch: Int, rows: Int, columns: Int) {
    fs_transpose(Scalar._elementType, x, y, batch, rows, columns)
  }

  package static func gatherStrided(_ x: Input, strides: [Int], shape: [Int], _ y: Output) {
    fs_gather_strided(Scalar._elementType, x, strides, shape, Int32(shape.count), y)
  }

  package static func scatterStrided(
    _ x: Input, strides: [Int], shape: [Int], accumulating: Bool, _ y: Output
  ) {
    fs_scatter_strided(
      Scalar._elementType, x, strides, shape, Int32(shape.count), accumulating ? 1 : 0, y)
  }

  package static func packedCount(_ K: Int, _ N: Int) -> Int {
    fs_packed_count(Scalar._elementType, K, N)
  }

  package static func pack(
    _ b: Input, stride: Int, transposed: Bool, _ K: Int, _ N: Int, _ packed: Output, first: Int,
    depth: Int
  ) {
    fs_pack(Scalar._elementType, b, stride, transposed ? 1 : 0, K, N, packed, first, 0, depth)
  }

  package static func copyRows(
    _ a: Input, stride: Int, transposed: Bool, _ M: Int, _ K: Int, _ rows: Output, rowStride: Int
  ) {
    fs_copy_rows(Scalar._elementType, a, stride, transposed ? 1 : 0, M, K, rows, rowStride)
  }

  package static func packedGemm(
    _ a: Input, stride: Int, packed: Input, bias: Input?, accumulating: Bool, _ c: Output,
    strideC: Int, _ M: Int, _ N: Int, _ K: Int
  ) {
    fs_packed_gemm(
      Scalar._elementType, a, stride, packed, bias, accumulating ? 1 : 0, c, strideC, M, N, K)
  }

  package static func packedGemm(
    _ a: Input, _ pieces: RowPieces, packed: Input, bias: Input?, accumulating: Bool, _ c: Output,
    strideC: Int, _ M: Int, _ N: Int
  ) {
    pieces.offsets.withUnsafeBufferPointer { offsets in
      var rows = fs_pieces(
        offsets: offsets.baseAddress, count: offsets.count, length: pieces.length,
        stride: pieces.stride, step: pieces.step)
      fs_packed_gemm_of_pieces(
        Scalar._elementType, a, &rows, packed, bias, accumulating ? 1 : 0, c, strideC, M, N)
    }
  }

  package static func adam(
    _ parameters: Output, gradient: Input, firstMoment: Output, secondMoment: Output, _ n: Int,
    _ step: _AdamStep
  ) {
    withUnsafePointer(to: step.cValue) {
      fs_adam(Scalar._elementType, parameters, gradient, firstMoment, secondMoment, n, $0)
    }
  }

  package static func sgd(
    _ parameters: Output, gradient: Input, velocity: Output?, _ n: Int, _ step: _SGDStep
  ) {
    withUnsafePointer(to: step.cValue) {
      fs_sgd(Scalar._elementType, parameters, gradient, velocity, n, $0)
    }
  }
}
