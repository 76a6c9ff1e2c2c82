import NeuralNetwork

/// A training step with the package's public functions: forward, mean squared error, backward, and
/// an Adam update of all parameters.
struct TrainingWork<Model: Layer, Definition: ReferenceModel>: Workload
where Model.Scalar == Float {
  private var model: Model
  private var optimizer = Adam<Float>()
  private let x, y: Tensor<Float>
  private var reference: ReferenceTraining<Definition>

  init(_ model: Model, x: Tensor<Float>, y: Tensor<Float>, reference: Definition) {
    self.model = model
    self.x = x
    self.y = y
    self.reference = ReferenceTraining(reference)
  }

  var checkedCallCount: Int { 2 }

  mutating func run() { keep(step()) }

  mutating func results() -> [(name: String, value: Tensor<Float>)] {
    let (loss, gradients) = step()
    return [("loss", loss)] + zip(gradients.names, gradients.values).map { ($0, $1) }
  }

  mutating func referenceResults() -> [[Float]] { reference() }

  private mutating func step() -> (loss: Tensor<Float>, gradients: Gradients<Float>) {
    let (loss, gradients) = valueWithGradient(at: model) { meanSquaredError($0(x), y) }
    optimizer.update(&model, along: gradients)
    return (loss, gradients)
  }
}

/// The forward pass alone, at inference.
struct InferenceWork<Model: Layer, Definition: ReferenceModel>: Workload
where Model.Scalar == Float {
  let model: Model
  let x: Tensor<Float>
  let reference: Definition

  func run() { keep(model(x)) }

  func results() -> [(name: String, value: Tensor<Float>)] { [("predictions", model(x))] }

  func referenceResults() -> [[Float]] { [reference.predictions()] }
}
