/// Stochastic gradient descent with momentum (Polyak 1964; Nesterov 1983 in the form of Sutskever
/// et al. 2013), like PyTorch's `torch.optim.SGD`:
///
///     g ← ∇ + λ θ        v ← μ v + g        θ ← θ − η v,  or with Nesterov  θ − η (g + μ v)
///
/// The first velocity is the first gradient.
public struct SGD<Scalar: TensorScalar>: Optimizer {
  /// η, the learning rate.
  public var learningRate: Double
  /// μ, the momentum: the share of the velocity that a step keeps.
  public let momentum: Double
  /// λ, the weight decay, which moves all parameters toward 0.
  public let weightDecay: Double
  /// A Boolean value that indicates whether to use Nesterov momentum.
  public let isNesterov: Bool

  private var step = 0
  private var velocities = ParameterSlots<Scalar>("momentum_buffer")

  /// Creates an optimizer.
  ///
  /// Stops the program if the momentum is outside of 0..<1, if the weight decay is negative, or if
  /// Nesterov momentum is requested with a momentum of 0.
  public init(
    learningRate: Double, momentum: Double = 0, weightDecay: Double = 0, isNesterov: Bool = false
  ) {
    guard momentum >= 0, momentum < 1, weightDecay >= 0 else {
      fatalError(
        "SGD: expected a momentum in 0..<1 and a weight decay of at least 0, but got \(momentum) and "
          + "\(weightDecay)")
    }
    guard !isNesterov || momentum > 0 else {
      fatalError("SGD: Nesterov momentum needs a momentum above 0")
    }
    self.learningRate = learningRate
    self.momentum = momentum
    self.weightDecay = weightDecay
    self.isNesterov = isNesterov
  }

  public var state: OptimizerState<Scalar> {
    OptimizerState(step: step, tensors: velocities.named)
  }

  public mutating func update<Model: Module>(
    _ model: inout Model, along gradients: Gradients<Scalar>
  ) where Model.Scalar == Scalar {
    if momentum > 0 { velocities.prepare(for: gradients, of: "SGD") }
    let numbers = _SGDStep(
      learningRate: learningRate, momentum: momentum, weightDecay: weightDecay,
      isNesterov: isNesterov, isFirst: step == 0)
    step += 1
    gradients.pair(for: "SGD", visiting: { model.visitParameters($0) }) {
      index, parameter in
      let count = parameter.elementCount
      parameter.write { parameter in
        gradients.values[index].read { gradient in
          func descend(_ velocity: UnsafeMutablePointer<Scalar>?) {
            Scalar._Kernels.sgd(parameter, gradient: gradient, velocity: velocity, count, numbers)
          }
          if momentum > 0 {
            velocities.values[index].write { descend($0) }
          } else {
            descend(nil)
          }
        }
      }
    }
  }

  public mutating func restore<Model: Module>(
    _ state: OptimizerState<Scalar>, for model: Model
  ) throws(OptimizerStateError) where Model.Scalar == Scalar {
    let slots = try state.distribute(to: momentum > 0 ? [velocities] : [], for: model)
    if let restored = slots.first { velocities = restored }
    step = state.step
  }
}
