import NeuralNetwork
import Synchronization
import TestSupport
import Testing

/// An observer hears of the start, of each step, and of each epoch, in their order.
@Suite struct TrainingObserverTests {
  private let examples = TensorDataset<Double>(
    inputs: .random([11, 3], seed: 1), targets: .random([11, 2], seed: 2))

  private func trainer(clipping: GradientClipping? = nil) -> Trainer<Dense<Double>, SGD<Double>> {
    var generator = Xoshiro256(seed: 7)
    return Trainer(
      model: Dense(inputSize: 3, outputSize: 2, using: &generator),
      optimizer: SGD(learningRate: 0.1),
      options: TrainingOptions(epochs: 2, batchSize: 4, gradientClipping: clipping))
  }

  private func fit(_ trainer: inout Trainer<Dense<Double>, SGD<Double>>) throws {
    try trainer.fit(examples) { model, batch, _ in
      meanSquaredError(model(batch.inputs), batch.targets)
    }
  }

  @Test func callsFollowTheTraining() throws {
    let observer = Recorder()
    var trainer = trainer()
    trainer.observer = observer
    try fit(&trainer)
    #expect(
      observer.calls == [
        "begin 8 0.1", "step 1 of 1", "step 2 of 1", "step 3 of 1", "epoch 1 weight bias",
        "step 4 of 2", "step 5 of 2", "step 6 of 2", "epoch 2 weight bias",
      ])
  }

  /// The gradients and their norm are those before clipping, and the weights are the same without an
  /// observer.
  @Test func gradientsAreThoseBeforeClipping() throws {
    let observer = Recorder()
    var trainer = trainer(clipping: .norm(1e-3))
    trainer.observer = observer
    try fit(&trainer)
    let norms = observer.norms
    #expect(norms.step > 0.1 && abs(norms.step - norms.epoch) < 1e-12)
    var other = self.trainer(clipping: .norm(1e-3))
    try fit(&other)
    #expect(trainer.model.weight == other.model.weight)
  }
}

private final class Recorder: TrainingObserver {
  private let state = Mutex((calls: [String](), norms: (step: 0.0, epoch: 0.0)))

  var calls: [String] { state.withLock { $0.calls } }
  /// The norms of the gradients of the last step, as it and its epoch stated them.
  var norms: (step: Double, epoch: Double) { state.withLock { $0.norms } }

  func begin(_ model: some Module, _ optimizer: some Optimizer, _ options: TrainingOptions) {
    state.withLock { $0.calls.append("begin \(model.parameterCount) \(optimizer.learningRate)") }
  }

  func record(_ step: StepRecord) {
    state.withLock {
      $0.calls.append("step \(step.step) of \(step.epoch)")
      $0.norms.step = step.gradientNorm
    }
  }

  func record<Model: Module>(
    _ epoch: EpochRecord, _ model: Model, _ gradients: Gradients<Model.Scalar>
  ) {
    state.withLock {
      $0.calls.append("epoch \(epoch.epoch) " + gradients.names.joined(separator: " "))
      $0.norms.epoch = gradients.norm
    }
  }
}
