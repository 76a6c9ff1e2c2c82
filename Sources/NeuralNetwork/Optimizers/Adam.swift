/// Adam (Kingma & Ba 2015), like PyTorch's `torch.optim.Adam`.
///
/// Each parameter moves by about the learning rate per step, regardless of the gradients' scale.
///
///     g ← ∇ + λ θ
///     m ← β₁ m + (1 − β₁) g        v ← β₂ v + (1 − β₂) g²
///     θ ← θ − η m̂ / (√v̂ + ε)       m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ)
public struct Adam<Scalar: TensorScalar>: Optimizer {
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
  ///   - weightDecay: λ, the weight decay, which is added to the gradient; see ``AdamW``.
  public init(
    learningRate: Double = 1e-3, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-8, weightDecay: Double = 0
  ) {
    self.learningRate = learningRate
    settings = AdamSettings(
      optimizer: "Adam", beta1: beta1, beta2: beta2, epsilon: epsilon, weightDecay: weightDecay,
      isWeightDecayDecoupled: false
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
