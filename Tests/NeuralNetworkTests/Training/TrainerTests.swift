import Foundation
import NeuralNetwork
import Synchronization
import Testing

/// A small regression problem with dropout, so that every kind of randomness takes part.
private struct Problem {
  let examples: TensorDataset<Float>
  let network: Sequential<Float>

  init(seed: UInt64 = 3) {
    var generator = Xoshiro256(seed: seed)
    let x = Tensor<Float>.normal([53, 3], using: &generator)
    let y = (x.squared().sum(axis: 1, keepingAxes: true) * 0.3).tanh()
    examples = TensorDataset(inputs: x, targets: y)
    network = Sequential(
      Dense(inputSize: 3, outputSize: 7, activation: .tanh, using: &generator),
      Dropout(rate: 0.2),
      Dense(inputSize: 7, outputSize: 1, using: &generator))
  }

  func trainer(_ options: TrainingOptions) -> Trainer<Sequential<Float>, Adam<Float>> {
    Trainer(model: network, optimizer: Adam(learningRate: 0.01), options: options)
  }

  static func loss(
    _ model: Sequential<Float>, _ batch: TensorDataset<Float>.Batch, _ pass: inout ForwardPass
  ) -> Tensor<Float> {
    meanSquaredError(model.forward(batch.inputs, &pass), batch.targets)
  }
}

private func temporaryPath(_ name: String = #function) -> String {
  FileManager.default.temporaryDirectory.path + "/foresight-\(UUID().uuidString)-\(name.prefix(9))"
}

/// Whether two models have the same parameters, bit for bit.
private func areIdentical(_ a: some Module<Float>, _ b: some Module<Float>) -> Bool {
  a.parameters.map(\.name) == b.parameters.map(\.name)
    && zip(a.parameters, b.parameters).allSatisfy {
      $0.value.scalars.map(\.bitPattern) == $1.value.scalars.map(\.bitPattern)
    }
}

@Suite struct TrainerTests {
  @Test func lossFallsAndHistoryTellsIt() throws {
    let problem = Problem()
    let (rest, heldOut) = problem.examples.holdingOut(share: 0.2)
    var trainer = problem.trainer(TrainingOptions(epochs: 30, batchSize: 8))
    let history = try trainer.fit(rest, validation: heldOut, loss: Problem.loss)
    #expect(history.end == .completed)
    #expect(history.epochs.map(\.epoch) == Array(1...30))
    #expect(history.epochs.last!.loss < 0.5 * history.epochs.first!.loss)
    let losses = history.epochs.map { $0.validationLoss! }
    #expect(history.bestEpoch == losses.firstIndex(of: losses.min()!)! + 1)
  }

  /// 5 epochs of 8 steps take a small part of the limit without it.
  @Test func aTimeLimitIsSharedByTheEpochs() throws {
    let problem = Problem()
    var trainer = problem.trainer(
      TrainingOptions(
        epochs: 5, batchSize: 7, timeLimit: .seconds(2),
        schedule: CosineAnnealing(stepCount: 40)))
    let clock = ContinuousClock()
    var ends: [ContinuousClock.Instant] = []
    var steps = 0
    let start = clock.now
    let history = try trainer.fit(
      problem.examples,
      afterEpoch: { _ in
        ends.append(clock.now)
        return .continue
      }
    ) { model, batch, pass in
      steps += 1
      return Problem.loss(model, batch, &pass)
    }
    #expect(history.end == .completed && history.epochs.count == 5)
    for (place, end) in ends.enumerated() {
      #expect(end - start >= .milliseconds(400 * (place + 1)))
    }
    #expect(steps > 40)
    // The schedule ends with the time. The bound is that of three quarters of it.
    let rates = history.epochs.map(\.learningRate)
    #expect(zip(rates, rates.dropFirst()).allSatisfy { $0 > $1 } && rates[4] < 0.0015)
  }

  @Test func bestWeightsAreGivenBack() throws {
    let problem = Problem()
    let (rest, heldOut) = problem.examples.holdingOut(share: 0.25)
    // A rate that overshoots, so that the best epoch is not the last.
    var trainer = Trainer(
      model: problem.network, optimizer: SGD(learningRate: 0.5, momentum: 0.9),
      options: TrainingOptions(
        epochs: 40, batchSize: 5, earlyStopping: EarlyStopping(patience: 4)))
    let history = try trainer.fit(rest, validation: heldOut, loss: Problem.loss)
    let best = history.epochs.compactMap(\.validationLoss).min()!
    #expect(history.end == .stoppedEarly)
    #expect(history.epochs.count == history.bestEpoch! + 4)
    // The same loss as the trainer's: batches of 5, weighted by their size.
    var pass = ForwardPass.inference
    var sum = 0.0
    for first in stride(from: 0, to: heldOut.count, by: 5) {
      let numbers = Array(first..<min(first + 5, heldOut.count))
      let batch = heldOut.batch(numbers[...])
      sum += Double(Problem.loss(trainer.model, batch, &pass).scalar) * Double(numbers.count)
    }
    #expect(sum / Double(heldOut.count) == best)
  }

  @Test func callbackStops() throws {
    let problem = Problem()
    var trainer = problem.trainer(TrainingOptions(epochs: 30))
    let history = try trainer.fit(
      problem.examples, afterEpoch: { $0.epoch == 3 ? .stop : .continue }, loss: Problem.loss)
    #expect(history.end == .stoppedByCallback)
    #expect(history.epochs.count == 3)
  }

  @Test func everyExampleIsSeenOnceAnEpochInAnotherOrder() throws {
    let count = 23
    let numbers = Tensor<Float>.range(count).reshaped(to: [count, 1] as Shape)
    let examples = TensorDataset(inputs: numbers, targets: numbers)
    var generator = Xoshiro256(seed: 1)
    let seen = Mutex<[Float]>([])
    var trainer = Trainer(
      model: Dense<Float>(inputSize: 1, outputSize: 1, using: &generator),
      optimizer: SGD(learningRate: 0), options: TrainingOptions(epochs: 2, batchSize: 5))
    try trainer.fit(examples) { model, batch, pass in
      seen.withLock { $0 += batch.inputs.scalars }
      return meanSquaredError(model.forward(batch.inputs, &pass), batch.targets)
    }
    let order = seen.withLock { $0 }
    #expect(order[..<count].sorted() == numbers.scalars)
    #expect(order[count...].sorted() == numbers.scalars)
    #expect(Array(order[..<count]) != Array(order[count...]))
    #expect(Array(order[..<count]) != numbers.scalars)
  }

  @Test func resultsDoNotDependOnThreads() throws {
    let before = Parallelism.threadCount
    defer { Parallelism.threadCount = before }
    let models = try [1, 2, 3].map { threads in
      Parallelism.threadCount = threads
      let problem = Problem()
      var trainer = problem.trainer(TrainingOptions(epochs: 5, batchSize: 8, seed: 4))
      try trainer.fit(problem.examples, loss: Problem.loss)
      return trainer.model
    }
    #expect(areIdentical(models[0], models[1]))
    #expect(areIdentical(models[0], models[2]))
  }

  @Test func divergenceIsAnErrorThatSaysWhere() throws {
    let problem = Problem()
    var trainer = Trainer(
      model: problem.network, optimizer: SGD(learningRate: 1e30),
      options: TrainingOptions(epochs: 3, batchSize: 8))
    let error = try #require(throws: TrainingError.self) {
      try trainer.fit(problem.examples, loss: Problem.loss)
    }
    guard case .diverged(epoch: 1, step: 2, let loss, learningRate: 1e30) = error else {
      Issue.record("unexpected: \(error)")
      return
    }
    #expect(!loss.isFinite)
    #expect("\(error)".contains("in epoch 1, step 2: lower the learning rate (1e+30)"))
  }

  @Test func noExamplesIsAnError() throws {
    let problem = Problem()
    var trainer = problem.trainer(TrainingOptions(epochs: 3))
    #expect(throws: TrainingError.noExamples) {
      try trainer.fit(problem.examples.holdingOut(share: 0).heldOut, loss: Problem.loss)
    }
  }
}

@Suite struct CheckpointedTrainingTests {
  private static let schedule = LinearWarmup(
    stepCount: 5, then: CosineAnnealing(stepCount: 37))

  private static func options(
    _ path: String?, averaging: WeightAveraging? = nil, seed: UInt64 = 8
  ) -> TrainingOptions {
    TrainingOptions(
      epochs: 6, batchSize: 8, averaging: averaging, gradientClipping: .norm(0.5),
      schedule: schedule, seed: seed, checkpoint: path.map { CheckpointPolicy(path: $0) })
  }

  /// The weights of a run that nothing interrupts.
  private static func uninterrupted(
    _ averaging: WeightAveraging? = nil
  ) throws -> Sequential<Float> {
    let problem = Problem()
    let (rest, heldOut) = problem.examples.holdingOut(share: 0.2)
    var trainer = problem.trainer(options(nil, averaging: averaging))
    try trainer.fit(rest, validation: heldOut, loss: Problem.loss)
    return trainer.model
  }

  /// A run that is cancelled in the given step, saved, and resumed by another trainer.
  private static func interrupted(
    inStep step: Int, _ averaging: WeightAveraging? = nil
  ) async throws -> Sequential<Float> {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let run = Task {
      let problem = Problem()
      let (rest, heldOut) = problem.examples.holdingOut(share: 0.2)
      var trainer = problem.trainer(options(path, averaging: averaging))
      var steps = 0
      return try trainer.fit(rest, validation: heldOut) { model, batch, pass in
        if pass.isTraining { steps += 1 }
        if steps == step { withUnsafeCurrentTask { $0?.cancel() } }
        return Problem.loss(model, batch, &pass)
      }
    }
    await #expect(throws: CancellationError.self) { try await run.value }
    let problem = Problem()
    let (rest, heldOut) = problem.examples.holdingOut(share: 0.2)
    var resumed = problem.trainer(options(path, averaging: averaging))
    try resumed.resume(from: path)
    let history = try resumed.fit(rest, validation: heldOut, loss: Problem.loss)
    #expect(history.end == .completed)
    #expect(history.epochs.map(\.epoch) == Array(1...6))
    return resumed.model
  }

  @Test(arguments: [1, 3, 6, 20, 35]) func resumedRunEndsInTheSameBits(step: Int) async throws {
    let whole = try Self.uninterrupted()
    let parts = try await Self.interrupted(inStep: step)
    #expect(areIdentical(whole, parts))
  }

  @Test(
    arguments: [.exponential(decay: 0.9), .stochastic(fromEpoch: 2)] as [WeightAveraging], [1, 20]
  )
  func averagesAreResumed(averaging: WeightAveraging, step: Int) async throws {
    let whole = try Self.uninterrupted(averaging)
    let parts = try await Self.interrupted(inStep: step, averaging)
    #expect(areIdentical(whole, parts))
    #expect(try !areIdentical(whole, Self.uninterrupted()))
  }

  @Test func checkpointOfAnEpochResumes() throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let problem = Problem()
    let (rest, heldOut) = problem.examples.holdingOut(share: 0.2)
    var first = problem.trainer(Self.options(path))
    try first.fit(
      rest, validation: heldOut, afterEpoch: { $0.epoch == 2 ? .stop : .continue },
      loss: Problem.loss)
    var second = problem.trainer(Self.options(path))
    try second.resume(from: path)
    try second.fit(rest, validation: heldOut, loss: Problem.loss)
    #expect(try areIdentical(second.model, Self.uninterrupted()))
  }

  @Test func otherOptionsAreRefused() throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let problem = Problem()
    var first = problem.trainer(Self.options(path))
    try first.fit(problem.examples, loss: Problem.loss)
    var second = problem.trainer(Self.options(path, seed: 9))
    #expect(throws: TrainingError.optionDiffers(name: "seed", saved: "8", now: "9")) {
      try second.resume(from: path)
    }
    var third = problem.trainer(Self.options(path, averaging: .exponential(decay: 0.9)))
    let expected = TrainingError.optionDiffers(
      name: "averaging", saved: "nil", now: "exponential(decay: 0.9)")
    #expect(throws: expected) { try third.resume(from: path) }
    #expect(areIdentical(second.model, problem.network))
  }

  @Test func anotherModelIsRefused() throws {
    let path = temporaryPath()
    defer { try? FileManager.default.removeItem(atPath: path) }
    let problem = Problem()
    var first = problem.trainer(Self.options(path))
    try first.fit(problem.examples, loss: Problem.loss)
    var generator = Xoshiro256(seed: 0)
    var other = Trainer(
      model: Dense<Float>(inputSize: 3, outputSize: 1, using: &generator),
      optimizer: Adam(learningRate: 0.01), options: Self.options(path))
    #expect(throws: WeightsError.self) { try other.resume(from: path) }
    var otherMethod = Trainer(
      model: problem.network, optimizer: SGD(learningRate: 0.01), options: Self.options(path))
    #expect(throws: OptimizerStateError.self) { try otherMethod.resume(from: path) }
    #expect(throws: SafetensorsError.self) { try first.resume(from: path + ".missing") }
  }

  @Test func interruptSignalEndsTrainingNotTheProcess() async {
    await #expect(processExitsWith: .exitCode(7)) {
      // The test runner may start its processes with the signal blocked.
      var interrupt = sigset_t()
      sigemptyset(&interrupt)
      sigaddset(&interrupt, SIGINT)
      pthread_sigmask(SIG_UNBLOCK, &interrupt, nil)
      let problem = Problem()
      var options = TrainingOptions(epochs: 1000)
      options.stopsOnInterrupt = true
      var trainer = problem.trainer(options)
      let history = try trainer.fit(problem.examples) { model, batch, pass in
        raise(SIGINT)
        return Problem.loss(model, batch, &pass)
      }
      exit(history.end == .interrupted ? 7 : 8)
    }
  }
}
