import Foundation
import SIMDKernels

/// The update of a factorization machine's parameters, as PyTorch's optimizer of the same name
/// defines it. A step updates the bias and the parameters of the columns in its batch, and leaves the
/// state of all others unchanged, as in `SparseAdam`.
public enum FactorizationOptimizer: Sendable, Hashable {
  /// Stochastic gradient descent.
  case sgd(learningRate: Double)
  /// AdaGrad (Duchi, Hazan & Singer 2011), whose learning rate decreases for frequent columns. The
  /// sums of squared gradients begin with the initial accumulator.
  case adaGrad(
    learningRate: Double, initialAccumulator: Double = 0, epsilon: Double = 1e-10)
  /// Adam (Kingma & Ba 2015).
  case adam(
    learningRate: Double, beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8)

  /// The learning rate.
  public var learningRate: Double {
    switch self {
    case .sgd(let rate), .adaGrad(let rate, _, _), .adam(let rate, _, _, _): rate
    }
  }

  /// The number of state values of a parameter.
  var stateCount: Int {
    switch self {
    case .sgd: 0
    case .adaGrad: 1
    case .adam: 2
    }
  }

  /// The initial value of the state.
  var initialState: Float {
    if case .adaGrad(_, let accumulator, _) = self { Float(accumulator) } else { 0 }
  }

  /// Updates `count` parameters, in step number `step` from 1.
  ///
  /// - Parameter states: The state values of the parameters, one array for each kind of state.
  func update(
    _ parameters: UnsafeMutablePointer<Float>, along gradient: UnsafePointer<Float>,
    states: (UnsafeMutablePointer<Float>?, UnsafeMutablePointer<Float>?), count: Int, step: Int
  ) {
    switch self {
    case .sgd(let rate):
      var settings = fs_sgd_parameters(
        learning_rate: rate, momentum: 0, weight_decay: 0, nesterov: 0, first_step: 0)
      fs_sgd_f32(parameters, gradient, nil, count, &settings)
    case .adaGrad(let rate, _, let epsilon):
      fs_adagrad_f32(parameters, gradient, states.0, count, rate, epsilon)
    case .adam(let rate, let beta1, let beta2, let epsilon):
      var settings = fs_adam_parameters(
        learning_rate: rate, beta1: beta1, beta2: beta2, epsilon: epsilon, weight_decay: 0,
        decoupled_weight_decay: 0, correction1: 1 - pow(beta1, Double(step)),
        correction2: 1 - pow(beta2, Double(step)))
      fs_adam_f32(parameters, gradient, states.0, states.1, count, &settings)
    }
  }
}
