/// ``Adam`` with weight decay apart from the gradient (Loshchilov & Hutter 2019), as PyTorch's
/// `torch.optim.AdamW`: θ ← (1 − η λ) θ before the step, with g = ∇.
public struct AdamW<Scalar: TensorScalar>: Optimizer {
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
  ///   - weightDecay: λ, the share of every parameter that goes in each step, in units of η.
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
