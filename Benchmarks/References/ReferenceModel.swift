import ReferenceKernels

/// A model in plain Swift, made of the reference kernels.
protocol ReferenceModel {
  /// The parameters, in the order of the fast model's.
  var parameters: [[Float]] { get set }

  /// The predictions for the inputs that the model was made for.
  func predictions() -> [Float]

  /// The mean squared error against the targets, and its gradients in the order of the parameters.
  func lossAndGradients() -> (loss: Float, gradients: [[Float]])
}

/// Training steps of a model in plain Swift: forward, backward, and an update by Adam.
struct ReferenceTraining<Model: ReferenceModel> {
  private var model: Model
  private var first, second: [[Float]]
  private var step = 0

  init(_ model: Model) {
    self.model = model
    first = model.parameters.map { [Float](repeating: 0, count: $0.count) }
    second = first
  }

  /// One step. Returns the loss and the gradients before the update.
  mutating func callAsFunction() -> [[Float]] {
    let (loss, gradients) = model.lossAndGradients()
    step += 1
    for index in gradients.indices {
      Reference.adam(
        &model.parameters[index], gradient: gradients[index], m: &first[index], v: &second[index],
        settings: .init(), step: step)
    }
    return [[loss]] + gradients
  }
}
