import Foundation
import NeuralNetwork
import Synchronization
import TensorBoard
import TestSupport
import Testing

/// The log of a training has what the trainer reports, and the training does not depend on it.
@Suite struct TrainingLogTests {
  private let directory: TemporaryDirectory
  private let training = TensorDataset<Float>(
    inputs: .random([22, 3], seed: 1), targets: .random([22, 2], seed: 2))
  private let validation = TensorDataset<Float>(
    inputs: .random([5, 3], seed: 3), targets: .random([5, 2], seed: 4))

  init() throws { directory = try TemporaryDirectory() }

  private func trainer(epochs: Int = 3) -> Trainer<Sequential<Float>, Adam<Float>> {
    var generator = Xoshiro256(seed: 42)
    let network = Sequential<Float>(
      Dense(inputSize: 3, outputSize: 4, activation: .tanh, using: &generator),
      Dense(inputSize: 4, outputSize: 2, using: &generator))
    return Trainer(
      model: network, optimizer: Adam(learningRate: 0.01),
      options: TrainingOptions(
        epochs: epochs, batchSize: 4, gradientClipping: .norm(0.01),
        schedule: CosineAnnealing(stepCount: 18)))
  }

  private func fit(
    _ trainer: inout Trainer<Sequential<Float>, Adam<Float>>, validates: Bool = true
  ) throws -> TrainingHistory {
    try trainer.fit(training, validation: validates ? validation : nil) { model, batch, pass in
      meanSquaredError(model.forward(batch.inputs, &pass), batch.targets)
    }
  }

  @Test(.enabled(if: hasTensorBoard, needsTensorBoard))
  func tensorBoardShowsTheHistory() throws {
    var trainer = trainer()
    let recorder = Recorder()
    trainer.observer = recorder
    let history = try fit(&trainer)
    let records = recorder.records
    trainer = self.trainer()
    trainer.observer = try TrainingLog(directory: directory.path("a"))
    _ = try fit(&trainer)
    let read = try ReadEvents(directory.path("a"))
    func scalars(_ values: [Double], from first: Int = 1) -> [ReadEvents.Scalar] {
      values.enumerated().map { .init(step: $0 + first, value: Double(Float($1))) }
    }
    #expect(history.epochs.count == 3)
    #expect(read.scalars["loss/training"] == scalars(history.epochs.map(\.loss)))
    #expect(read.scalars["loss/validation"] == scalars(history.epochs.map { $0.validationLoss! }))
    #expect(read.scalars["learning_rate"] == scalars(history.epochs.map(\.learningRate)))
    #expect(records.count == 18 && records.map(\.step) == Array(1...18))
    #expect(read.scalars["step/loss"] == scalars(records.map(\.loss)))
    #expect(read.scalars["step/learning_rate"] == scalars(records.map(\.learningRate)))
    #expect(read.scalars["step/gradient_norm"] == scalars(records.map(\.gradientNorm)))
    let names = trainer.model.parameters.map(\.name)
    #expect(
      Set(read.histograms.keys) == Set(names.flatMap { ["weights/" + $0, "gradients/" + $0] }))
    for (name, value) in trainer.model.parameters {
      let histogram = try #require(
        read.histograms["weights/" + name]?.first { $0.step == history.bestEpoch })
      #expect(histogram.limits == EventHistogram(value).limits)
      #expect(histogram.counts == EventHistogram(value).counts.map(Double.init))
      #expect(histogram.sum == EventHistogram(value).sum)
    }
    // The gradients of the last step of an epoch have its norm, which is that before clipping.
    for epoch in 0..<3 {
      let squares = names.map { read.histograms["gradients/" + $0]![epoch].sum_squares }
      let norm = squares.reduce(0, +).squareRoot()
      #expect(abs(norm - records[6 * epoch + 5].gradientNorm) < 1e-6 * norm)
      #expect(norm > 0.01)
    }
    let text = try #require(read.texts["model"])
    #expect(text.contains("| parameters | 26 |") && text.contains("| 0.weight | [4, 3] | 12 |"))
    #expect(text.contains("| learning rate | 0.01 |") && text.contains("| batch size | 4 |"))
  }

  @Test func aLogChangesNoResult() throws {
    var without = trainer()
    let history = try fit(&without)
    var with = trainer()
    with.observer = try TrainingLog(directory: directory.path("b"))
    #expect(try fit(&with).epochs == history.epochs)
    for (one, other) in zip(with.model.parameters, without.model.parameters) {
      #expect(one.value == other.value, "\(one.name)")
    }
  }

  @Test(.enabled(if: hasTensorBoard, needsTensorBoard))
  func intervalsLeaveOutSteps() throws {
    var trainer = trainer(epochs: 5)
    trainer.observer = try TrainingLog(
      directory: directory.path("c"), stepInterval: 7, histogramInterval: 2)
    _ = try fit(&trainer, validates: false)
    let read = try ReadEvents(directory.path("c"))
    #expect(read.scalars["step/loss"]?.map(\.step) == [7, 14, 21, 28])
    #expect(read.scalars["loss/training"]?.map(\.step) == [1, 2, 3, 4, 5])
    #expect(read.scalars["loss/validation"] == nil)
    #expect(read.histograms["weights/0.bias"]?.map(\.step) == [2, 4])
    var other = self.trainer()
    other.observer = try TrainingLog(directory: directory.path("d"), histogramInterval: nil)
    _ = try fit(&other)
    #expect(try ReadEvents(directory.path("d")).histograms.isEmpty)
  }

  /// An error of the observer ends the training after the step.
  @Test func anErrorEndsTheTraining() throws {
    struct Refusal: Error {}
    struct Refusing: TrainingObserver {
      func record(_ step: StepRecord) throws { if step.step == 8 { throw Refusal() } }
    }
    var trainer = trainer()
    trainer.observer = Refusing()
    #expect(throws: Refusal.self) { _ = try fit(&trainer) }
    #expect(trainer.model.parameters.allSatisfy { $0.value.isFinite })
  }
}

/// An observer that keeps all steps.
private final class Recorder: TrainingObserver {
  private let all = Mutex<[StepRecord]>([])

  var records: [StepRecord] { all.withLock { $0 } }

  func record(_ step: StepRecord) { all.withLock { $0.append(step) } }
}
