import NeuralNetwork
import TestSupport
import Testing

/// The hook in which gradients are exchanged before the update.
@Suite struct GradientExchangeTests {
  /// Two trainers that see half of each batch, and exchange the mean of their gradients, move as one
  /// that sees it all.
  @Test func changesTheGradientsThatAreUsed() throws {
    let (plain, _) = try weights { _ in }
    let (halved, _) = try weights { gradients in
      gradients.values = gradients.values.map { $0 * 0.5 }
    }
    let start = network().parameters.map(\.value)
    for (start, (plain, halved)) in zip(start, zip(plain, halved)) {
      expectClose((halved - start) * 2, plain - start)
    }
  }

  /// Clipping sees the exchanged gradients.
  @Test func comesBeforeClipping() throws {
    let (_, steps) = try weights(.norm(1)) { gradients in
      gradients.values = gradients.values.map { $0 * 1000 }
    }
    #expect(abs(steps - 0.1) < 1e-4)
  }

  @Test func anErrorEndsTheTraining() {
    #expect(throws: Lost.self) { _ = try weights { _ in throw Lost() } }
  }

  private struct Lost: Error {}

  /// The weights after one step of gradient descent at a rate of 0.1, and the length of that step.
  private func weights(
    _ clipping: GradientClipping? = nil,
    _ exchange: @escaping Trainer<Dense<Float>, GradientDescent<Float>>.GradientExchange
  ) throws -> ([Tensor<Float>], Double) {
    let examples = TensorDataset<Float>(
      inputs: .random([5, 3], seed: 1), targets: .random([5, 2], seed: 2))
    var trainer = Trainer(
      model: network(), optimizer: GradientDescent<Float>(learningRate: 0.1),
      options: TrainingOptions(epochs: 1, batchSize: 5, gradientClipping: clipping))
    trainer.gradientExchange = exchange
    try trainer.fit(examples) { model, batch, _ in
      meanSquaredError(model(batch.inputs), batch.targets)
    }
    let (before, after) = (network().parameters.map(\.value), trainer.model.parameters.map(\.value))
    let square = zip(before, after).reduce(0.0) {
      $0 + Double(($1.1 - $1.0).squared().sum().scalar)
    }
    return (after, square.squareRoot())
  }

  private func network() -> Dense<Float> {
    Dense(weight: .wave([2, 3], phase: 0), bias: .wave([2], phase: 1))
  }
}
