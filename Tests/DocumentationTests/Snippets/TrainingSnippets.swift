// The snippets are laid out as the comments that show them:
// swift-format-ignore-file

import NeuralNetwork
import Testing

@Suite struct TrainingSnippets {
  private let x = Tensor<Float>.ones([3, 2])
  private let y = Tensor<Float>.ones([3, 1])
  private let network: Sequential<Float>

  init() {
    var generator = Xoshiro256(seed: 42)
    network = Sequential(Dense(inputSize: 2, outputSize: 1, using: &generator))
  }

  @Test func losses() {
    let model = network
    let isObserved = Tensor<Float>([[1], [0], [1]])
    // begin
    let loss = meanSquaredError(model(x), y)
    let masked = meanSquaredError(model(x), y, weights: isObserved)
    // end
    #expect(abs(loss.scalar - masked.scalar) < 1e-6)
  }

  @Test func gradients() {
    var model = network
    var optimizer = GradientDescent<Float>(learningRate: 0.1)
    // begin
    let (loss, gradients) = valueWithGradient(at: model) { model in
      meanSquaredError(model(x), y)
    }
    optimizer.update(&model, along: gradients)
    // end
    #expect(meanSquaredError(model(x), y).scalar < loss.scalar)
  }

  @Test func optimizers() {
    var model = network
    // begin
    var optimizer = Adam<Float>(learningRate: 1e-3)
    let (loss, gradients) = valueWithGradient(at: model) { meanSquaredError($0(x), y) }
    optimizer.update(&model, along: gradients)
    // end
    #expect(meanSquaredError(model(x), y).scalar < loss.scalar)
  }

  @Test func schedules() {
    var optimizer = Adam<Float>()
    let step = 49
    // begin
    let schedule = LinearWarmup(stepCount: 100, then: CosineAnnealing(stepCount: 900))
    optimizer.learningRate = schedule.learningRate(atStep: step, base: 1e-3)
    // end
    #expect(optimizer.learningRate > 0 && optimizer.learningRate < 1e-3)
  }

  @Test func plateaus() {
    var optimizer = Adam<Float>(learningRate: 1e-3)
    let validationLoss = 0.5
    // begin
    var plateau = ReduceOnPlateau(patience: 5)
    optimizer.learningRate = plateau.learningRate(after: validationLoss, current: optimizer.learningRate)
    // end
    #expect(optimizer.learningRate == 1e-3)
  }

  @Test func trainers() throws {
    let training = TensorDataset(inputs: x, targets: y)
    let validation = training
    // begin
    var trainer = Trainer(
      model: network, optimizer: Adam(learningRate: 0.001),
      options: TrainingOptions(epochs: 100, batchSize: 32, earlyStopping: .init(patience: 10)))
    let history = try trainer.fit(training, validation: validation) { model, batch, pass in
      meanSquaredError(model.forward(batch.inputs, &pass), batch.targets)
    }
    let trained = trainer.model
    // end
    #expect(!history.epochs.isEmpty)
    #expect(meanSquaredError(trained(x), y).scalar < meanSquaredError(network(x), y).scalar)
  }
}
