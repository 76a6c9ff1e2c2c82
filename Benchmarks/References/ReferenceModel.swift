/// A model in plain Swift, made of the reference kernels, with the data that it is trained on.
protocol ReferenceModel {
  /// The parameters, in the order of the fast model's.
  var parameters: [[Float]] { get set }

  /// The predictions for the inputs.
  func predictions() -> [Float]

  /// The mean squared error against the targets, and its gradients in the order of the parameters.
  func lossAndGradients() -> (loss: Float, gradients: [[Float]])
}

/// Training steps of a model in plain Swift: forward, backward, and an update by Adam.
struct ReferenceTraining<Model: ReferenceModel> {
  private var model: Model
  private var optimizer = ReferenceAdam()

  init(_ model: Model) { self.model = model }

  /// One step. Returns the loss and the gradients before the update.
  mutating func callAsFunction() -> [[Float]] {
    let (loss, gradients) = model.lossAndGradients()
    optimizer.update(&model.parameters, along: gradients)
    return [[loss]] + gradients
  }
}
