internal import RealModule

/// The settings of ``Adam`` and ``AdamW`` that do not change.
struct AdamSettings: Sendable {
  /// The optimizer's name, for messages.
  let optimizer: String
  let beta1, beta2, epsilon, weightDecay: Double
  let isWeightDecayDecoupled: Bool

  /// Returns the settings, or stops the program if a value is out of range.
  func checked() -> Self {
    let shares = 0.0..<1
    guard shares.contains(beta1), shares.contains(beta2), epsilon >= 0, weightDecay >= 0 else {
      fatalError(
        "\(optimizer): expected betas in 0..<1, an epsilon and a weight decay of at least 0, but got "
          + "(\(beta1), \(beta2)), \(epsilon) and \(weightDecay)")
    }
    return self
  }
}

/// The state that ``Adam`` and ``AdamW`` share: the running means of the gradients and their
/// squares.
struct AdamMoments<Scalar: TensorScalar>: Sendable {
  private var step = 0
  private var first = ParameterSlots<Scalar>("exp_avg")
  private var second = ParameterSlots<Scalar>("exp_avg_sq")

  var state: OptimizerState<Scalar> {
    OptimizerState(step: step, tensors: first.named + second.named)
  }

  /// Updates the parameters that `visit` passes to its visitor.
  @specialized(where Scalar == Float)
  mutating func update(
    along gradients: Gradients<Scalar>, learningRate: Double, _ settings: AdamSettings,
    visiting visit: (ParameterVisitor<Scalar>) -> Void
  ) {
    first.prepare(for: gradients, of: settings.optimizer)
    // Gradients that match the first moments also match the second.
    if step == 0 { second.prepare(for: gradients, of: settings.optimizer) }
    step += 1
    let numbers = _AdamStep(
      learningRate: learningRate, beta1: settings.beta1, beta2: settings.beta2,
      epsilon: settings.epsilon, weightDecay: settings.weightDecay,
      isWeightDecayDecoupled: settings.isWeightDecayDecoupled,
      correction1: 1 - .pow(settings.beta1, step), correction2: 1 - .pow(settings.beta2, step))
    gradients.pair(for: settings.optimizer, visiting: visit) { index, parameter in
      move(&parameter, along: gradients, index, numbers)
    }
  }

  private mutating func move(
    _ parameter: inout Tensor<Scalar>, along gradients: Gradients<Scalar>, _ index: Int,
    _ numbers: _AdamStep
  ) {
    let count = parameter.elementCount
    parameter.write { parameter in
      gradients.values[index].read { gradient in
        first.values[index].write { first in
          second.values[index].write { second in
            let (parameter, gradient) = (SendablePointer(parameter), SendablePointer(gradient))
            let (first, second) = (SendablePointer(first), SendablePointer(second))
            parallelChunks(count) { start, count in
              Scalar._Kernels.adam(
                parameter.pointer + start, gradient: gradient.pointer + start,
                firstMoment: first.pointer + start, secondMoment: second.pointer + start, count,
                numbers)
            }
          }
        }
      }
    }
  }

  mutating func restore<Model: Module>(
    _ state: OptimizerState<Scalar>, for model: Model
  ) throws(OptimizerStateError) where Model.Scalar == Scalar {
    let slots = try state.distribute(to: [first, second], for: model)
    (first, second) = (slots[0], slots[1])
    step = state.step
  }
}
