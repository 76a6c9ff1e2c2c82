/// A method that updates a model's parameters along the gradients of a loss.
///
/// An optimizer is a value that includes its state: a copy continues from the same state.
///
/// ```swift
/// var optimizer = Adam<Float>(learningRate: 1e-3)
/// let (loss, gradients) = valueWithGradient(at: model) { meanSquaredError($0(x), y) }
/// optimizer.update(&model, along: gradients)
/// ```
public protocol Optimizer<Scalar>: Sendable {
  associatedtype Scalar: TensorScalar

  /// The size of a step. For rates that change, see ``LearningRateSchedule``.
  var learningRate: Double { get set }

  /// The state that the optimizer keeps between steps. Another optimizer with the same settings
  /// continues identically from it.
  var state: OptimizerState<Scalar> { get }

  /// Performs one step, which changes the parameters, the model's running statistics, and the state
  /// in place.
  ///
  /// Stops the program if the gradients or the state of earlier steps do not match the model: its
  /// parameters must have the same names and shapes, in the same order.
  mutating func update<Model: Module>(_ model: inout Model, along gradients: Gradients<Scalar>)
  where Model.Scalar == Scalar

  /// Restores a state that was saved while training `model` or a model with the same parameters.
  ///
  /// - Throws: An `OptimizerStateError` that names the first mismatch. The optimizer does not
  ///   change.
  mutating func restore<Model: Module>(
    _ state: OptimizerState<Scalar>, for model: Model
  ) throws(OptimizerStateError) where Model.Scalar == Scalar
}

extension Gradients {
  /// Calls a closure with each parameter that `visit` passes to its visitor and with the index of
  /// its gradient, and then updates the running statistics.
  ///
  /// It passes the index instead of the gradient, since copying a tensor counts references. Stops
  /// the program if the gradients do not match the parameters.
  @specialized(where Scalar == Float)
  func pair(
    for optimizer: String, visiting visit: (ParameterVisitor<Scalar>) -> Void,
    _ body: (Int, inout Tensor<Scalar>) -> Void
  ) {
    var index = 0
    ParameterVisitor.showing(
      to: { path, _, parameter in
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
      fatalError(
        "\(optimizer): got a gradient of \(paths[index].name), which the model does not have")
    }
    updateStatistics(visiting: visit)
  }
}
