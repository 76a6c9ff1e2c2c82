public import RealModule
package import SIMDKernels

/// An element type of tensors: `Float` or `Double`.
///
/// The protocol connects a type with the package's kernels for it. Do not add conformances outside
/// the package.
public protocol TensorScalar: Real, BinaryFloatingPoint, LosslessStringConvertible, Sendable
where RawSignificand: FixedWidthInteger {
  /// The accelerated kernels for this type.
  associatedtype _Kernels: _ScalarKernels where _Kernels.Scalar == Self
}

extension TensorScalar {
  /// The type's value in the C kernels.
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

/// A function of one variable that has a kernel.
///
/// The raw values of this and the following enumerations are those of `kernel_table.h`.
public enum _UnaryFunction: UInt32, Sendable {
  case exp, log, sqrt, tanh, sigmoid, relu, softplus, negate, abs, sign, square, reciprocal, sin
  case cos, floor
}

/// A function with a kernel for its derivative, which is computed from the function's result.
public enum _SelfDifferentiatingFunction: UInt32, Sendable {
  case tanh, sigmoid, relu
}

/// A function of two variables that has a kernel.
public enum _BinaryFunction: UInt32, Sendable {
  case add, subtract, multiply, divide, maximum, minimum, power, equal, notEqual, less, lessEqual
}

/// The operands of a binary kernel that are arrays, as opposed to single numbers.
public enum _OperandForm: UInt32, Sendable {
  case vectorVector, vectorScalar, scalarVector
}

/// A reduction that has a kernel.
public enum _Reduction: UInt32, Sendable {
  case sum, product, max, min
}

/// The function that is applied to the sums of a dense layer. The raw value is the kernel's.
public enum _Epilogue: Int32, Sendable {
  case linear = 0
  case relu, sigmoid, tanh
}

/// The parameters of one Adam or AdamW step. The formulas are in `optimizers.h`.
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

/// The parameters of one step of SGD with momentum. The formulas are in `optimizers.h`.
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
