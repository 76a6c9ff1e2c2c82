internal import SIMDKernels

/// The kernels for `Float`: each case is one C function.
public enum _FloatKernels: _ScalarKernels {
  public typealias Scalar = Float

  public static func unary(_ f: _UnaryFunction, _ x: Input, _ y: Output, _ n: Int) {
    switch f {
    case .exp: fs_exp_f32(x, y, n)
    case .log: fs_log_f32(x, y, n)
    case .sqrt: fs_sqrt_f32(x, y, n)
    case .tanh: fs_tanh_f32(x, y, n)
    case .sigmoid: fs_sigmoid_f32(x, y, n)
    case .relu: fs_relu_f32(x, y, n)
    case .softplus: fs_softplus_f32(x, y, n)
    case .negate: fs_negate_f32(x, y, n)
    case .abs: fs_abs_f32(x, y, n)
    case .sign: fs_sign_f32(x, y, n)
    case .square: fs_square_f32(x, y, n)
    case .reciprocal: fs_reciprocal_f32(x, y, n)
    case .sin: fs_sin_f32(x, y, n)
    case .cos: fs_cos_f32(x, y, n)
    case .floor: fs_floor_f32(x, y, n)
    }
  }

  public static func unaryBackward(
    _ f: _SelfDifferentiatingFunction, y: Input, dy: Input, dx: Output, _ n: Int
  ) {
    switch f {
    case .tanh: fs_tanh_backward_f32(y, dy, dx, n)
    case .sigmoid: fs_sigmoid_backward_f32(y, dy, dx, n)
    case .relu: fs_relu_backward_f32(y, dy, dx, n)
    }
  }

  public static func binary(
    _ f: _BinaryFunction, _ form: _OperandForm, _ a: Input, _ b: Input, _ z: Output, _ n: Int
  ) {
    switch (f, form) {
    case (.add, .vectorVector): fs_add_vv_f32(a, b, z, n)
    case (.add, .vectorScalar): fs_add_vs_f32(a, b, z, n)
    case (.add, .scalarVector): fs_add_sv_f32(a, b, z, n)
    case (.subtract, .vectorVector): fs_subtract_vv_f32(a, b, z, n)
    case (.subtract, .vectorScalar): fs_subtract_vs_f32(a, b, z, n)
    case (.subtract, .scalarVector): fs_subtract_sv_f32(a, b, z, n)
    case (.multiply, .vectorVector): fs_multiply_vv_f32(a, b, z, n)
    case (.multiply, .vectorScalar): fs_multiply_vs_f32(a, b, z, n)
    case (.multiply, .scalarVector): fs_multiply_sv_f32(a, b, z, n)
    case (.divide, .vectorVector): fs_divide_vv_f32(a, b, z, n)
    case (.divide, .vectorScalar): fs_divide_vs_f32(a, b, z, n)
    case (.divide, .scalarVector): fs_divide_sv_f32(a, b, z, n)
    case (.maximum, .vectorVector): fs_maximum_vv_f32(a, b, z, n)
    case (.maximum, .vectorScalar): fs_maximum_vs_f32(a, b, z, n)
    case (.maximum, .scalarVector): fs_maximum_sv_f32(a, b, z, n)
    case (.minimum, .vectorVector): fs_minimum_vv_f32(a, b, z, n)
    case (.minimum, .vectorScalar): fs_minimum_vs_f32(a, b, z, n)
    case (.minimum, .scalarVector): fs_minimum_sv_f32(a, b, z, n)
    case (.power, .vectorVector): fs_power_vv_f32(a, b, z, n)
    case (.power, .vectorScalar): fs_power_vs_f32(a, b, z, n)
    case (.power, .scalarVector): fs_power_sv_f32(a, b, z, n)
    case (.equal, .vectorVector): fs_equal_vv_f32(a, b, z, n)
    case (.equal, .vectorScalar): fs_equal_vs_f32(a, b, z, n)
    case (.equal, .scalarVector): fs_equal_sv_f32(a, b, z, n)
    case (.notEqual, .vectorVector): fs_not_equal_vv_f32(a, b, z, n)
    case (.notEqual, .vectorScalar): fs_not_equal_vs_f32(a, b, z, n)
    case (.notEqual, .scalarVector): fs_not_equal_sv_f32(a, b, z, n)
    case (.less, .vectorVector): fs_less_vv_f32(a, b, z, n)
    case (.less, .vectorScalar): fs_less_vs_f32(a, b, z, n)
    case (.less, .scalarVector): fs_less_sv_f32(a, b, z, n)
    case (.lessEqual, .vectorVector): fs_less_equal_vv_f32(a, b, z, n)
    case (.lessEqual, .vectorScalar): fs_less_equal_vs_f32(a, b, z, n)
    case (.lessEqual, .scalarVector): fs_less_equal_sv_f32(a, b, z, n)
    }
  }

  public static func select(_ mask: Input, _ a: Input, _ b: Input, _ z: Output, _ n: Int) {
    fs_select_f32(mask, a, b, z, n)
  }

  public static func fill(_ value: Scalar, _ y: Output, _ n: Int) { fs_fill_f32(value, y, n) }

  public static func axpy(_ alpha: Scalar, _ x: Input, _ y: Output, _ n: Int) {
    fs_axpy_f32(alpha, x, y, n)
  }

  public static func scaleShift(
    _ alpha: Scalar, _ beta: Scalar, _ x: Input, _ y: Output, _ n: Int
  ) {
    fs_scale_shift_f32(alpha, beta, x, y, n)
  }

  public static func biasActivation(
    _ bias: Input?, _ z: Output, rows: Int, columns: Int, _ epilogue: _Epilogue
  ) {
    fs_bias_activation_f32(bias, z, rows, columns, epilogue.rawValue)
  }

  public static func reduce(
    _ reduction: _Reduction, _ x: Input, _ y: Output, outer: Int, count: Int, inner: Int
  ) {
    switch reduction {
    case .sum: fs_reduce_sum_f32(x, y, outer, count, inner)
    case .product: fs_reduce_product_f32(x, y, outer, count, inner)
    case .max: fs_reduce_max_f32(x, y, outer, count, inner)
    case .min: fs_reduce_min_f32(x, y, outer, count, inner)
    }
  }

  public static func argmax(
    _ x: Input, _ y: UnsafeMutablePointer<Int>, outer: Int, count: Int, inner: Int
  ) {
    fs_argmax_f32(x, y, outer, count, inner)
  }

  public static func argmin(
    _ x: Input, _ y: UnsafeMutablePointer<Int>, outer: Int, count: Int, inner: Int
  ) {
    fs_argmin_f32(x, y, outer, count, inner)
  }

  public static func dot(_ x: Input, _ y: Input, _ n: Int) -> Double { fs_dot_f32(x, y, n) }

  public static func cumulativeSum(
    _ x: Input, _ y: Output, outer: Int, count: Int, inner: Int
  ) {
    fs_cumulative_sum_f32(x, y, outer, count, inner)
  }

  public static func softmax(_ x: Input, _ y: Output, rows: Int, columns: Int) {
    fs_softmax_f32(x, y, rows, columns)
  }

  public static func softmaxBackward(
    y: Input, dy: Input, dx: Output, rows: Int, columns: Int
  ) {
    fs_softmax_backward_f32(y, dy, dx, rows, columns)
  }

  public static func logSoftmax(_ x: Input, _ y: Output, rows: Int, columns: Int) {
    fs_log_softmax_f32(x, y, rows, columns)
  }

  public static func logSoftmaxBackward(
    y: Input, dy: Input, dx: Output, rows: Int, columns: Int
  ) {
    fs_log_softmax_backward_f32(y, dy, dx, rows, columns)
  }

  public static func transpose(_ x: Input, _ y: Output, batch: Int, rows: Int, columns: Int) {
    fs_transpose_f32(x, y, batch, rows, columns)
  }

  public static func gatherStrided(_ x: Input, strides: [Int], shape: [Int], _ y: Output) {
    fs_gather_strided_f32(x, strides, shape, Int32(shape.count), y)
  }

  public static func scatterStrided(
    _ x: Input, strides: [Int], shape: [Int], accumulating: Bool, _ y: Output
  ) {
    fs_scatter_strided_f32(x, strides, shape, Int32(shape.count), accumulating ? 1 : 0, y)
  }

  public static func packedCount(_ K: Int, _ N: Int) -> Int { fs_packed_count_f32(K, N) }

  public static func pack(
    _ b: Input, stride: Int, transposed: Bool, _ K: Int, _ N: Int, _ packed: Output, first: Int,
    depth: Int
  ) {
    fs_pack_f32(b, stride, transposed ? 1 : 0, K, N, packed, first, 0, depth)
  }

  public static func copyRows(
    _ a: Input, stride: Int, transposed: Bool, _ M: Int, _ K: Int, _ rows: Output, rowStride: Int
  ) {
    fs_copy_rows_f32(a, stride, transposed ? 1 : 0, M, K, rows, rowStride)
  }

  public static func packedGemm(
    _ a: Input, stride: Int, packed: Input, bias: Input?, accumulating: Bool, _ c: Output,
    strideC: Int, _ M: Int, _ N: Int, _ K: Int
  ) {
    fs_packed_gemm_f32(a, stride, packed, bias, accumulating ? 1 : 0, c, strideC, M, N, K)
  }

  public static func adam(
    _ parameters: Output, gradient: Input, firstMoment: Output, secondMoment: Output, _ n: Int,
    _ step: _AdamStep
  ) {
    withUnsafePointer(to: step.cValue) {
      fs_adam_f32(parameters, gradient, firstMoment, secondMoment, n, $0)
    }
  }

  public static func sgd(
    _ parameters: Output, gradient: Input, velocity: Output?, _ n: Int, _ step: _SGDStep
  ) {
    withUnsafePointer(to: step.cValue) { fs_sgd_f32(parameters, gradient, velocity, n, $0) }
  }
}
