/// The activation function of a layer.
public enum Activation: String, Sendable, Codable, CaseIterable {
  /// The identity, f(x) = x.
  case linear
  /// max(x, 0)
  case relu
  /// 1 / (1 + exp(−x))
  case sigmoid
  /// The hyperbolic tangent.
  case tanh
  /// log(1 + exp(x))
  case softplus
  /// exp(x) divided by its sum along the last axis
  case softmax

  /// Returns the function's values at the elements of a tensor, in the same shape.
  public func callAsFunction<Scalar: TensorScalar>(_ x: Tensor<Scalar>) -> Tensor<Scalar> {
    switch self {
    case .linear: x
    case .relu: x.relu()
    case .sigmoid: x.sigmoid()
    case .tanh: x.tanh()
    case .softplus: x.softplus()
    case .softmax: x.softmax()
    }
  }

  /// The kernel that applies the function together with the bias, in one pass; nil if there is
  /// none.
  ///
  /// The derivative of such a function follows from its result.
  var fused: _Epilogue? {
    switch self {
    case .linear: .linear
    case .relu: .relu
    case .sigmoid: .sigmoid
    case .tanh: .tanh
    case .softplus, .softmax: nil
    }
  }
}
