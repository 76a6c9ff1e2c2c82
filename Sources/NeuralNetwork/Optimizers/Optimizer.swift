/// Changes a model's parameters along the gradients of a loss.
///
/// An optimizer is a value, its state included: a copy goes on where the original stood.
///
/// ```swift
/// var optimizer = Adam<Float>(learningRate: 1e-3)
/// let (loss, gradients) = valueWithGradient(at: model) { meanSquaredError($0(x), y) }
/// optimizer.update(&model, along: gradients)
/// ```
public protocol Optimizer<Scalar>: Sendable {
  associatedtype Scalar: TensorScalar

  /// The size of a step; see ``LearningRateSchedule`` for rates that change.
  var learningRate: Double { get set }

  /// What the optimizer remembers of its steps: with it and the same settings, another goes on just
  /// as this one would.
  var state: OptimizerState<Scalar> { get }

  /// One step. The parameters and the state are changed in place.
  ///
  /// Stops the program if the gradients, or what is remembered of earlier steps, do not belong to the
  /// model: its parameters must have the same names and shapes, in the same order.
  mutating func update<Model: Module>(_ model: inout Model, along gradients: Gradients<Scalar>)
  where Model.Scalar == Scalar

  /// Takes over a state that was saved in training `model`, or one of the same parameters.
  ///
  /// Throws an error that names what does not fit, and then changes nothing.
  mutating func restore<Model: Module>(
    _ state: OptimizerState<Scalar>, for model: Model
  ) throws(OptimizerStateError) where Model.Scalar == Scalar
}

extension Module {
  /// Calls a closure with the position of each parameter, the parameter, and its gradient.
  ///
  /// Stops the program if the gradients are not those of this model's parameters.
  mutating func forEachParameter(
    along gradients: Gradients<Scalar>, of optimizer: String,
    _ body: (Int, inout Tensor<Scalar>, Tensor<Scalar>) -> Void
  ) {
    var index = 0
    forEachParameter { name, parameter in
      guard index < gradients.names.count, gradients.names[index] == name else {
        let found = index < gradients.names.count ? "that of \(gradients.names[index])" : "none"
        fatalError("\(optimizer): expected the gradient of \(name), but got \(found)")
      }
      let gradient = gradients.values[index]
      guard gradient.shape == parameter.shape else {
        fatalError(
          "\(optimizer): expected a gradient of \(name) of shape \(parameter.shape), but got shape "
            + "\(gradient.shape)")
      }
      body(index, &parameter, gradient)
      index += 1
    }
    guard index == gradients.names.count else {
      fatalError(
        "\(optimizer): got a gradient of \(gradients.names[index]), which the model has not")
    }
  }
}
