/// What an optimizer remembers of its steps, to save and restore it.
///
/// Settings such as the learning rate are not part of it.
public struct OptimizerState<Scalar: TensorScalar>: Sendable {
  /// The number of steps taken.
  public var step: Int
  /// What is kept for each parameter, by the parameter's name and PyTorch's name of the thing:
  /// `lstm.weight_ih_l0.exp_avg`.
  public var tensors: [(name: String, value: Tensor<Scalar>)]

  /// A state of its parts.
  public init(step: Int, tensors: [(name: String, value: Tensor<Scalar>)] = []) {
    self.step = step
    self.tensors = tensors
  }
}

/// A saved state of an optimizer that does not fit the optimizer or the model.
public enum OptimizerStateError: Error, Equatable, Sendable {
  /// The number of steps is negative.
  case invalidStep(Int)
  /// The state has no tensor of this name and shape.
  case missingTensor(name: String, shape: Shape)
  /// The state has a tensor that the optimizer does not keep for this model.
  case unexpectedTensor(name: String)
  /// A tensor has another shape than its parameter.
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
      "the optimizer's state has \(name), which is not wanted" + advice
    case .shapeMismatch(let name, let expected, let found):
      "the optimizer's state has \(name) of shape \(found), expected \(expected)" + advice
    case .notFinite(let name):
      "the optimizer's state has infinite or NaN elements in \(name), so the run that saved it had "
        + "diverged; resume from an earlier state, or train with a lower learning rate"
    }
  }
}
