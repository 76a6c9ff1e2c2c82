/// Plain gradient descent: θ ← θ − η ∇.
public struct GradientDescent<Scalar: TensorScalar>: Optimizer {
  /// η, the learning rate.
  public var learningRate: Double
  private var step = 0

  /// Creates an optimizer with a learning rate η.
  public init(learningRate: Double) {
    self.learningRate = learningRate
  }

  public var state: OptimizerState<Scalar> { OptimizerState(step: step) }

  public mutating func update<Model: Module>(
    _ model: inout Model, along gradients: Gradients<Scalar>
  ) where Model.Scalar == Scalar {
    step += 1
    let numbers = _SGDStep(
      learningRate: learningRate, momentum: 0, weightDecay: 0, isNesterov: false, isFirst: false)
    gradients.pair(for: "GradientDescent", visiting: { model.visitParameters($0) }) {
      index, parameter in
      let count = parameter.elementCount
      parameter.write { parameter in
        gradients.values[index].read {
          Scalar._Kernels.sgd(parameter, gradient: $0, velocity: nil, count, numbers)
        }
      }
    }
  }

  public mutating func restore<Model: Module>(
    _ state: OptimizerState<Scalar>, for model: Model
  ) throws(OptimizerStateError) where Model.Scalar == Scalar {
    _ = try state.distribute(to: [], for: model)
    step = state.step
  }
}
