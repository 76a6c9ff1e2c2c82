/// Adam (Kingma & Ba 2015), as PyTorch's `torch.optim.Adam`: steps of about the learning rate for each
/// parameter, whatever the scale of its gradients.
///
///     g ← ∇ + λ θ
///     m ← β₁ m + (1 − β₁) g        v ← β₂ v + (1 − β₂) g²
///     θ ← θ − η m̂ / (√v̂ + ε)       m̂ = m / (1 − β₁ᵗ),  v̂ = v / (1 − β₂ᵗ)
public struct Adam<Scalar: TensorScalar>: Optimizer {
  /// η
  public var learningRate: Double
  private let settings: AdamSettings
  private var moments = AdamMoments<Scalar>()

  /// Stops the program if a beta is outside of 0..<1, or ε or λ is negative.
  ///
  /// - Parameters:
  ///   - learningRate: η.
  ///   - beta1: β₁, the share of the mean gradient that stays.
  ///   - beta2: β₂, the share of the mean square that stays.
  ///   - epsilon: ε, which keeps steps finite where gradients are 0.
  ///   - weightDecay: λ, a pull towards 0 that is part of the gradient; see ``AdamW``.
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
