public import RealModule
package import SIMDKernels

/// The element types of tensors: `Float` and `Double`.
///
/// The protocol ties a type to the package's kernels for it; it is not meant to be conformed to
/// elsewhere.
public protocol TensorScalar: Real, BinaryFloatingPoint, LosslessStringConvertible, Sendable
where RawSignificand: FixedWidthInteger {
  /// The accelerated kernels for this type.
  associatedtype _Kernels: _ScalarKernels where _Kernels.Scalar == Self
}

extension TensorScalar {
  /// The type, as the kernels in C name it.
  package static var _elementType: fs_scalar {
    MemoryLayout<Self>.size == MemoryLayout<Float>.size ? FS_FLOAT : FS_DOUBLE
  }
}

extension Float: TensorScalar {
  public typealias _Kernels = _FloatKernels
}

extension Double: TensorScalar {
  public typealias _Kernels = _DoubleKernels
}

/// Functions of one variable that have a kernel.
///
/// The raw values of this and the following enumerations are those of `kernel_table.h`.
public enum _UnaryFunction: UInt32, Sendable {
  case exp, log, sqrt, tanh, sigmoid, relu, softplus, negate, abs, sign, square, reciprocal, sin
  case cos, floor
}

/// Functions whose derivative is written in their result, with a kernel for it.
public enum _SelfDifferentiatingFunction: UInt32, Sendable {
  case tanh, sigmoid, relu
}

/// Functions of two variables that have a kernel.
public enum _BinaryFunction: UInt32, Sendable {
  case add, subtract, multiply, divide, maximum, minimum, power, equal, notEqual, less, lessEqual
}

/// Which operands of a binary kernel are arrays, and which one number.
public enum _OperandForm: UInt32, Sendable {
  case vectorVector, vectorScalar, scalarVector
}

/// Reductions that have a kernel.
public enum _Reduction: UInt32, Sendable {
  case sum, product, max, min
}

/// What is applied to the sums of a dense layer; the raw value is the kernel's.
public enum _Epilogue: Int32, Sendable {
  case linear = 0
  case relu, sigmoid, tanh
}

/// The numbers of one Adam or AdamW step; see `optimizers.h` for the formulas.
public struct _AdamStep: Sendable {
  package var learningRate, beta1, beta2, epsilon, weightDecay: Double
  package var isWeightDecayDecoupled: Bool
  package var correction1, correction2: Double

  package init(
    learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, weightDecay: Double,
    isWeightDecayDecoupled: Bool, correction1: Double, correction2: Double
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
    self.weightDecay = weightDecay
    self.isWeightDecayDecoupled = isWeightDecayDecoupled
    self.correction1 = correction1
    self.correction2 = correction2
  }
}

/// The numbers of one step of SGD with momentum; see `optimizers.h` for the formulas.
public struct _SGDStep: Sendable {
  package var learningRate, momentum, weightDecay: Double
  package var isNesterov, isFirst: Bool

  package init(
    learningRate: Double, momentum: Double, weightDecay: Double, isNesterov: Bool, isFirst: Bool
  ) {
    self.learningRate = learningRate
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.isNesterov = isNesterov
    self.isFirst = isFirst
  }
}
