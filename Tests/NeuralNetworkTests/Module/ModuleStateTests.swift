import NeuralNetwork
import TestSupport
import Testing

/// Buffers and frozen parameters: what gradients, optimizers and weight files make of them.
@Suite struct ModuleStateTests {
  @Test func listsTellTheRolesApart() {
    let model = Model()
    #expect(model.parameters.map(\.name) == ["scaling.weight", "head.weight", "head.bias"])
    #expect(model.buffers.map(\.name) == ["scaling.running_mean"])
    #expect(
      model.stateTensors.map(\.name) == [
        "encoder.weight", "encoder.bias", "scaling.weight", "scaling.running_mean", "head.weight",
        "head.bias",
      ])
    #expect(model.parameterCount == 4 + 8 + 2)
  }

  @Test func onlyTrainableParametersMove() {
    let model = Model()
    let x = Tensor<Float>.random([7, 3], seed: 1)
    let (_, gradients) = valueWithGradient(at: model) { $0(x).squared().sum() }
    #expect(gradients.names == ["scaling.weight", "head.weight", "head.bias"])
    for optimizer: any Optimizer<Float> in [
      SGD(learningRate: 0.1, momentum: 0.9), Adam(learningRate: 0.1), AdamW(learningRate: 0.1),
      GradientDescent(learningRate: 0.1),
    ] {
      var (moved, optimizer) = (model, optimizer)
      optimizer.update(&moved, along: gradients)
      for (before, after) in zip(model.stateTensors, moved.stateTensors) {
        let isTrainable = gradients.names.contains(before.name)
        #expect((before.value == after.value) != isTrainable, "\(before.name)")
      }
    }
  }

  @Test func gradientsFlowThroughFrozenLayers() {
    let model = Model()
    let x = Tensor<Float>.random([7, 3], seed: 1)
    let frozen = gradient(at: x) { model(x: $0) }
    let free = gradient(at: x) { x in
      var model = model
      model.encoder.isFrozen = false
      return model(x: x)
    }
    #expect(frozen == free)
    #expect(frozen != .zeros([7, 3]))
  }

  @Test func thawedLayersTrainAgain() {
    var model = Model()
    model.encoder.isFrozen = false
    #expect(model.parameters.count == 5)
  }

  @Test func weightFilesHoldEverything() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("weights.safetensors")
    var model = Model()
    model.scaling.mean = .random([4], seed: 5)
    model.encoder.base.bias = .random([4], seed: 6)
    try model.saveWeights(to: path)
    var loaded = Model()
    try loaded.loadWeights(from: path)
    for (saved, read) in zip(model.stateTensors, loaded.stateTensors) {
      #expect(saved.name == read.name && saved.value == read.value)
    }
    var checkpoint = Checkpoint<Float, Int>(state: 3)
    checkpoint.store(model, in: "model")
    var restored = Model()
    try checkpoint.restore(&restored, from: "model")
    #expect(restored.scaling.mean == model.scaling.mean)
    #expect(restored.encoder.base.bias == model.encoder.base.bias)
  }

  @Test func trainingResumesWithBuffersAndFrozenParameters() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("checkpoint")
    let examples = TensorDataset<Float>(
      inputs: .random([17, 3], seed: 1), targets: .random([17, 2], seed: 2))
    func trainer(epochs: Int) -> Trainer<Model, Adam<Float>> {
      Trainer(
        model: Model(), optimizer: Adam(learningRate: 0.01),
        options: TrainingOptions(epochs: epochs, batchSize: 5, checkpoint: .init(path: path)))
    }
    func fit(_ trainer: inout Trainer<Model, Adam<Float>>) throws {
      try trainer.fit(examples) { model, batch, _ in
        meanSquaredError(model(batch.inputs), batch.targets)
      }
    }
    var whole = trainer(epochs: 4)
    try fit(&whole)
    var first = trainer(epochs: 2)
    try fit(&first)
    var second = trainer(epochs: 4)
    try second.resume(from: path)
    try fit(&second)
    for (one, other) in zip(whole.model.stateTensors, second.model.stateTensors) {
      #expect(one.value == other.value, "\(one.name)")
    }
  }
}

/// A frozen layer, a layer with a buffer, and a plain one.
private struct Model: Module {
  var encoder: Frozen<Dense<Float>>
  var scaling = Scaling()
  var head: Dense<Float>

  init() {
    var generator = Xoshiro256(seed: 9)
    encoder = Frozen(Dense(inputSize: 3, outputSize: 4, activation: .tanh, using: &generator))
    head = Dense(inputSize: 4, outputSize: 2, using: &generator)
  }

  mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("encoder", &encoder)
    visit("scaling", &scaling)
    visit("head", &head)
  }

  func callAsFunction(_ x: Tensor<Float>) -> Tensor<Float> { head(scaling(encoder(x))) }

  func callAsFunction(x: Tensor<Float>) -> Tensor<Float> { self(x).squared().sum() }
}

/// (x − mean) · weight, where the mean is a buffer.
private struct Scaling: Module {
  var weight = Tensor<Float>.ones([4])
  var mean = Tensor<Float>.full([4], 0.25)

  mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("weight", &weight)
    visit.buffer("running_mean", &mean)
  }

  func callAsFunction(_ x: Tensor<Float>) -> Tensor<Float> { (x - mean) * weight }
}
