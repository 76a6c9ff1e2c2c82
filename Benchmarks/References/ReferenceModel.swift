/// A model in plain Swift, built from the reference kernels, with its training data.
protocol ReferenceModel {
  /// The parameters, in the order of the accelerated model's.
  var parameters: [[Float]] { get set }

  /// Returns the predictions for the inputs.
  func predictions() -> [Float]

  /// Returns the mean squared error and its gradients, in the order of the parameters.
  func lossAndGradients() -> (loss: Float, gradients: [[Float]])
}

/// Training steps of a model in plain Swift: forward, backward, and an Adam update.
struct ReferenceTraining<Model: ReferenceModel> {
  private var model: Model
  private var optimizer = ReferenceAdam()

  init(_ model: Model) { self.model = model }

  /// Performs one step, and returns the loss and the gradients before the update.
  mutating func callAsFunction() -> [[Float]] {
    let (loss, gradients) = model.lossAndGradients()
    optimizer.update(&model.parameters, along: gradients)
    return [[loss]] + gradients
  }
}
