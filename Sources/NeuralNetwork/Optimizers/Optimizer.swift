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

extension Gradients {
  /// Calls a closure with the position of each parameter that `visit` shows to a visitor, the
  /// parameter, and its gradient.
  ///
  /// Stops the program if these are not the gradients of those parameters.
  @specialized(where Scalar == Float)
  func pair(
    for optimizer: String, visiting visit: (ParameterVisitor<Scalar>) -> Void,
    _ body: (Int, inout Tensor<Scalar>, Tensor<Scalar>) -> Void
  ) {
    var index = 0
    ParameterVisitor.showing(
      to: { name, parameter in
        guard index < names.count, names[index] == name else {
          let found = index < names.count ? "that of \(names[index])" : "none"
          fatalError("\(optimizer): expected the gradient of \(name), but got \(found)")
        }
        let gradient = values[index]
        guard gradient.shape == parameter.shape else {
          fatalError(
            "\(optimizer): expected a gradient of \(name) of shape \(parameter.shape), but got shape "
              + "\(gradient.shape)")
        }
        body(index, &parameter, gradient)
        index += 1
      }, visit)
    guard index == names.count else {
      fatalError("\(optimizer): got a gradient of \(names[index]), which the model has not")
    }
  }
}
