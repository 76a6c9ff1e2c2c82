/// The state that an optimizer keeps between steps, for saving and restoring.
///
/// Settings such as the learning rate are not part of the state.
public struct OptimizerState<Scalar: TensorScalar>: Sendable {
  /// The number of steps taken.
  public var step: Int
  /// The tensors kept for the parameters. Each name is the parameter's name followed by PyTorch's
  /// name of the value: `lstm.weight_ih_l0.exp_avg`.
  public var tensors: [(name: String, value: Tensor<Scalar>)]

  /// Creates a state from its parts.
  public init(step: Int, tensors: [(name: String, value: Tensor<Scalar>)] = []) {
    self.step = step
    self.tensors = tensors
  }
}

/// An error for a saved state that does not match the optimizer or the model.
public enum OptimizerStateError: Error, Equatable, Sendable {
  /// The number of steps is negative.
  case invalidStep(Int)
  /// A tensor of this name and shape is missing.
  case missingTensor(name: String, shape: Shape)
  /// The state has a tensor that the optimizer does not keep for this model.
  case unexpectedTensor(name: String)
  /// A tensor's shape differs from its parameter's.
  case shapeMismatch(name: String, expected: Shape, found: Shape)
  /// A tensor has an infinite or NaN element.
  case notFinite(name: String)
}

extension OptimizerStateError: CustomStringConvertible {
  public var description: String {
    let advice = "; was it saved by the same optimizer for the same model?"
    return switch self {
    case .invalidStep(let step):
      "the optimizer's state has a step of \(step), expected at least 0"
    case .missingTensor(let name, let shape):
      "the optimizer's state lacks \(name) of shape \(shape)" + advice
    case .unexpectedTensor(let name):
      "the optimizer's state has an unexpected tensor, \(name)" + advice
    case .shapeMismatch(let name, let expected, let found):
      "the optimizer's state has \(name) of shape \(found), expected \(expected)" + advice
    case .notFinite(let name):
      "the optimizer's state has infinite or NaN elements in \(name), so the run that saved it had "
        + "diverged; resume from an earlier state, or train with a lower learning rate"
    }
  }
}
