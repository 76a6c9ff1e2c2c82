import NeuralNetwork
import Testing

/// The averages of weights against PyTorch's:
///
///     import torch
///     from torch.optim.swa_utils import AveragedModel, get_ema_multi_avg_fn
///     x = torch.tensor([[1., 2], [-1, 0.5], [0.25, -3], [2, 1], [0, -1]])
///     y = torch.tensor([[1.], [0], [-2], [3], [0.5]])
///     def run(average, update):
///         model = torch.nn.Linear(2, 1)
///         with torch.no_grad():
///             model.weight.copy_(torch.tensor([[0.5, -0.25]]))
///             model.bias.fill_(0.1)
///         averaged = average(model)
///         optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
///         for epoch in range(1, 5):
///             for first in range(0, 5, 2):
///                 optimizer.zero_grad()
///                 loss = torch.nn.functional.mse_loss(model(x[first:first + 2]), y[first:first + 2])
///                 loss.backward()
///                 optimizer.step()
///                 if update == "step": averaged.update_parameters(model)
///             if update == "epoch" and epoch >= 2: averaged.update_parameters(model)
///         print([p.flatten().tolist() for p in averaged.module.parameters()])
///     run(lambda model: AveragedModel(model, multi_avg_fn=get_ema_multi_avg_fn(0.7)), "step")
///     run(AveragedModel, "epoch")
@Suite struct WeightAveragingTests {
  private static let examples = TensorDataset<Double>(
    inputs: Tensor([[1, 2], [-1, 0.5], [0.25, -3], [2, 1], [0, -1]]),
    targets: Tensor([[1], [0], [-2], [3], [0.5]]))

  private static func trainer(
    _ averaging: WeightAveraging?
  ) -> Trainer<Dense<Double>, SGD<Double>> {
    Trainer(
      model: Dense(weight: Tensor([[0.5, -0.25]]), bias: Tensor([0.1])),
      optimizer: SGD(learningRate: 0.1),
      options: TrainingOptions(epochs: 4, batchSize: 2, shuffles: false, averaging: averaging))
  }

  private static func loss(
    _ model: Dense<Double>, _ batch: TensorDataset<Double>.Batch, _ pass: inout ForwardPass
  ) -> Tensor<Double> {
    meanSquaredError(model.forward(batch.inputs, &pass), batch.targets)
  }

  @Test(arguments: [
    (
      WeightAveraging.exponential(decay: 0.7),
      [0.7960622310638428, 0.6423864364624023, 0.3748546540737152]
    ),
    (.stochastic(fromEpoch: 2), [0.8387528657913208, 0.6519591212272644, 0.4794849157333374]),
  ])
  func weightsEqualPyTorch(averaging: WeightAveraging, expected: [Double]) throws {
    var trainer = Self.trainer(averaging)
    try trainer.fit(Self.examples, loss: Self.loss)
    let found = trainer.model.parameters.flatMap(\.value.scalars)
    #expect(found.count == expected.count)
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(found)")
  }

  /// Validation evaluates the average, and the optimizer goes on from the latest weights.
  @Test func validationEvaluatesTheAverage() throws {
    var trainer = Self.trainer(.exponential(decay: 0.7))
    let history = try trainer.fit(
      Self.examples, validation: Self.examples, loss: Self.loss)
    var latest = Self.trainer(nil)
    let other = try latest.fit(Self.examples, validation: Self.examples, loss: Self.loss)
    #expect(history.epochs.map(\.loss) == other.epochs.map(\.loss))
    var pass = ForwardPass.inference
    let batch = Self.examples.batch([0, 1, 2, 3, 4])
    let loss = Self.loss(trainer.model, batch, &pass).scalar
    let best = try #require(history.bestEpoch)
    // Batches of validation are added up in another order.
    #expect(abs(loss - history.epochs[best - 1].validationLoss!) < 1e-12)
    #expect(history.epochs.map(\.validationLoss) != other.epochs.map(\.validationLoss))
  }

  /// A stochastic average that starts after the last epoch is never evaluated.
  @Test func beforeItStartsTheLatestWeightsCount() throws {
    var (trainer, latest) = (Self.trainer(.stochastic(fromEpoch: 5)), Self.trainer(nil))
    try trainer.fit(Self.examples, loss: Self.loss)
    try latest.fit(Self.examples, loss: Self.loss)
    #expect(trainer.model.parameters.map(\.value) == latest.model.parameters.map(\.value))
  }

  /// Buffers are those of the latest weights.
  @Test func runningStatisticsAreNotAveraged() throws {
    func statistics(_ averaging: WeightAveraging?) throws -> [Tensor<Double>] {
      var trainer = Trainer(
        model: BatchNorm<Double>(size: 2), optimizer: SGD(learningRate: 0.1),
        options: TrainingOptions(epochs: 3, batchSize: 5, shuffles: false, averaging: averaging))
      try trainer.fit(Self.examples) { model, batch, pass in
        model.forward(batch.inputs, &pass).squared().mean()
      }
      return trainer.model.buffers.map(\.value)
    }
    #expect(try statistics(.exponential(decay: 0.9)) == statistics(nil))
  }

  @Test func aDecayOutOfRangeStopsTheProgram() async throws {
    let result = try #require(
      await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
        _ = WeightAveragingTests.trainer(.exponential(decay: 1))
      })
    let message = String(decoding: result.standardErrorContent, as: UTF8.self)
    #expect(message.contains("Trainer: averaging must have a decay in 0..<1, but it is 1.0"))
  }
}
