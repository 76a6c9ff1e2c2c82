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
  /// Calls a closure with each parameter that `visit` shows to a visitor, and with the position of its
  /// gradient: not with the gradient, since a copy of a tensor counts references.
  ///
  /// Stops the program if these are not the gradients of those parameters.
  @specialized(where Scalar == Float)
  func pair(
    for optimizer: String, visiting visit: (ParameterVisitor<Scalar>) -> Void,
    _ body: (Int, inout Tensor<Scalar>) -> Void
  ) {
    var index = 0
    ParameterVisitor.showing(
      to: { path, parameter in
        guard index < paths.count, paths[index] == path else {
          let found = index < paths.count ? "that of \(paths[index].name)" : "none"
          fatalError("\(optimizer): expected the gradient of \(path.name), but got \(found)")
        }
        guard values[index].shape == parameter.shape else {
          fatalError(
            "\(optimizer): expected a gradient of \(path.name) of shape \(parameter.shape), but got "
              + "shape \(values[index].shape)")
        }
        body(index, &parameter)
        index += 1
      }, visit)
    guard index == paths.count else {
      fatalError("\(optimizer): got a gradient of \(paths[index].name), which the model has not")
    }
  }
}
