import NeuralNetwork
import TestSupport
import Testing

/// Training that diverges ends in an error, and leaves the last good weights and the last good checkpoint.
struct DivergenceTests {
  private typealias Examples = TensorDataset<Float>

  private let examples = TensorDataset<Float>(
    inputs: .wave([6, 2], phase: 0), targets: .wave([6, 1], phase: 1))

  private func trainer<Method: Optimizer<Float>>(
    _ optimizer: Method, epochs: Int = 3, clipping: GradientClipping? = nil,
    checkpoint: CheckpointPolicy? = nil, earlyStopping: EarlyStopping? = nil
  ) -> Trainer<Dense<Float>, Method> {
    var generator = anyGenerator()
    let layer = Dense<Float>(inputSize: 2, outputSize: 1, using: &generator).waves()
    return Trainer(
      model: layer, optimizer: optimizer,
      options: TrainingOptions(
        epochs: epochs, batchSize: 3, earlyStopping: earlyStopping, gradientClipping: clipping,
        checkpoint: checkpoint))
  }

  private func isFinite(_ model: Dense<Float>) -> Bool {
    model.parameters.allSatisfy { $0.value.scalars.allSatisfy { $0.isFinite } }
  }

  /// A finite loss whose gradient is not: 0 times the logarithm's slope at 0.
  private static func spoiled(
    _ model: Dense<Float>, _ batch: Examples.Batch
  ) -> Tensor<Float> {
    let prediction = model(batch.inputs)
    let infinite = (prediction - prediction).power(0.5)
    return meanSquaredError(prediction, batch.targets) + (infinite * model.weight.sum()).sum() * 0
      + (model.weight.sum() * 0).sqrt() + (model.bias!.sum() * 0 + .leastNonzeroMagnitude).log() * 0
      + (model.bias!.sum() - model.bias!.sum().detached).sqrt()
  }

  enum Clipping: CaseIterable, Sendable {
    case none, norm, value
    var option: GradientClipping? {
      switch self {
      case .none: nil
      case .norm: .norm(1)
      case .value: .value(1)
      }
    }
  }

  @Test(arguments: Clipping.allCases)
  func aGradientThatIsNotFiniteChangesNothing(clipping: Clipping) throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("run.safetensors")
    var trainer = trainer(
      Adam(learningRate: 0.01), clipping: clipping.option,
      checkpoint: CheckpointPolicy(path: path))
    var steps = 0
    var good: [(name: String, value: Tensor<Float>)] = []
    let error = #expect(throws: TrainingError.self) {
      try trainer.fit(examples) { model, batch, _ in
        steps += 1
        // The second epoch's last step.
        guard steps == 4 else { return meanSquaredError(model(batch.inputs), batch.targets) }
        good = model.parameters
        return Self.spoiled(model, batch)
      }
    }
    #expect(
      error
        == .gradientDiverged(epoch: 2, step: 2, parameter: "bias", learningRate: 0.01))
    #expect("\(try #require(error))".contains("the gradient of bias is not finite in epoch 2"))
    for (before, after) in zip(good, trainer.model.parameters) {
      #expect(before.value.detached == after.value)
    }
    // The checkpoint is that of the first epoch.
    var resumed = self.trainer(Adam(learningRate: 0.01), checkpoint: CheckpointPolicy(path: path))
    try resumed.resume(from: path)
    #expect(isFinite(resumed.model))
    let history = try resumed.fit(examples) { model, batch, _ in
      meanSquaredError(model(batch.inputs), batch.targets)
    }
    #expect(history.epochs.count == 3 && history.end == .completed)
  }

  /// The last step overflows; there is no loss after it that would show.
  @Test func weightsThatOverflowInTheLastStepAreNotKept() throws {
    func check<Method: Optimizer<Float>>(_ optimizer: Method) throws {
      let directory = try TemporaryDirectory()
      let path = directory.path("run.safetensors")
      var trainer = trainer(optimizer, epochs: 1, checkpoint: CheckpointPolicy(path: path))
      let start = trainer.model
      var steps = 0
      let error = #expect(throws: TrainingError.self) {
        try trainer.fit(examples) { model, batch, _ in
          steps += 1
          let loss = meanSquaredError(model(batch.inputs), batch.targets)
          return steps == 2 ? loss * 1e30 : loss * 0
        }
      }
      guard case .weightsDiverged(epoch: 1, step: 2, _, _) = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      for (before, after) in zip(start.parameters, trainer.model.parameters) {
        #expect(before.value == after.value)
      }
      #expect(try directory.names.isEmpty)
    }
    try check(GradientDescent<Float>(learningRate: 1e15))
    try check(SGD<Float>(learningRate: 1e15, momentum: 0.9))
    // The squares of the gradients overflow: these weights would never move again.
    try check(Adam<Float>(learningRate: 0.01))
    try check(AdamW<Float>(learningRate: 0.01))
  }

  @Test(arguments: [Float.nan, .infinity])
  func validationLossesThatAreNotFiniteAreNoBest(bad: Float) throws {
    var trainer = trainer(
      Adam(learningRate: 0.01), epochs: 5, earlyStopping: EarlyStopping(patience: 2))
    var passes = 0
    let error = #expect(throws: TrainingError.self) {
      try trainer.fit(examples, validation: examples) { model, batch, pass in
        if !pass.isTraining { passes += 1 }
        let loss = meanSquaredError(model(batch.inputs), batch.targets)
        return !pass.isTraining && passes > 2 ? loss * 0 + bad : loss
      }
    }
    guard case .validationDiverged(epoch: 2, let loss, learningRate: 0.01) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(!loss.isFinite)
    #expect(isFinite(trainer.model))
  }

  @Test func aLossThatIsNotFiniteInTheFirstStep() {
    var trainer = trainer(Adam(learningRate: 0.01))
    let start = trainer.model
    let error = #expect(throws: TrainingError.self) {
      try trainer.fit(examples) { model, batch, _ in model(batch.inputs).sum() / 0 }
    }
    guard case .diverged(epoch: 1, step: 1, _, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(trainer.model.weight == start.weight)
  }

  @Test func clippingTellsWhenGradientsAreNotFinite() {
    var gradients = Gradients(
      names: ["a", "b"], values: [Tensor<Float>([1, 2]), Tensor([3, .nan, 5])])
    #expect(!gradients.clip(value: 1).isFinite)
    #expect(gradients.firstNonFinite == "b")
    #expect(Gradients(names: ["a"], values: [Tensor<Double>([1e200])]).firstNonFinite == nil)
  }

  @Test func filesWithSpoiledNumbersAreRefused() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("weights.safetensors")
    var layer = trainer(Adam<Float>()).model
    layer.weight[at: 0, 1] = .infinity
    try layer.saveWeights(to: path)
    var other = trainer(Adam<Float>()).model
    #expect(throws: WeightsError(file: path, fault: .notFinite(tensor: "weight"))) {
      try other.loadWeights(from: path)
    }
    #expect(isFinite(other))
    try other.loadWeights(from: path, accepting: .nonFinite)
    #expect(other.weight == layer.weight)

    var adam = Adam<Float>()
    layer = trainer(Adam<Float>()).model
    adam.update(&layer, along: gradients(of: layer, 0))
    var state = adam.state
    state.tensors[3].value[at: 0] = .nan
    let error = #expect(throws: OptimizerStateError.self) {
      try adam.restore(state, for: layer)
    }
    #expect(error == .notFinite(name: state.tensors[3].name))
  }
}
