/// ``Adam`` with decoupled weight decay (Loshchilov & Hutter 2019), like PyTorch's
/// `torch.optim.AdamW`.
///
/// The weights decay before the step, θ ← (1 − η λ) θ, and g = ∇.
public struct AdamW<Scalar: TensorScalar>: Optimizer {
  /// η, the learning rate.
  public var learningRate: Double
  private let settings: AdamSettings
  private var moments = AdamMoments<Scalar>()

  /// Creates an optimizer.
  ///
  /// Stops the program if a beta is outside of 0..<1, or ε or λ is negative.
  ///
  /// - Parameters:
  ///   - learningRate: η, the learning rate.
  ///   - beta1: β₁, the decay rate of the running mean of the gradients.
  ///   - beta2: β₂, the decay rate of the running mean of the squared gradients.
  ///   - epsilon: ε, which keeps steps finite where gradients are 0.
  ///   - weightDecay: λ, the share of every parameter that each step removes, in units of η.
  public init(
    learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-8, weightDecay: Double = 1e-2
  ) {
    self.learningRate = learningRate
    settings = AdamSettings(
      optimizer: "AdamW", beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay,
      isWeightDecayDecoupled: true
    ).checked()
  }

  public var state: OptimizerState<Scalar> { moments.state }

  public mutating func update<Model: Module>(
    _ model: inout Model, along gradients: Gradients<Scalar>
  ) where Model.Scalar == Scalar {
    moments.update(along: gradients, learningRate: learningRate, settings) {
      model.visitParameters($0)
    }
  }

  public mutating func restore<Model: Module>(
    _ state: OptimizerState<Scalar>, for model: Model
  ) throws(OptimizerStateError) where Model.Scalar == Scalar {
    try moments.restore(state, for: model)
  }
}
