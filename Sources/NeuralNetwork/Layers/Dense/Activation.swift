/// The functions that follow a layer's sums.
public enum Activation: String, Sendable, Codable, CaseIterable {
  /// The sums themselves.
  case linear
  /// max(x, 0)
  case relu
  /// 1 / (1 + exp(−x))
  case sigmoid
  case tanh
  /// log(1 + exp(x))
  case softplus
  /// exp(x) over its sum along the last axis
  case softmax

  /// The function's values.
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

  /// The activations that are computed in one pass with the bias, and differentiated from their
  /// result.
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
