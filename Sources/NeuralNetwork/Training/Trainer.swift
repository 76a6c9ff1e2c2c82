/// A training loop: epochs of shuffled mini-batches with validation, early stopping, checkpoints,
/// and progress reports.
///
/// ```swift
/// var trainer = Trainer(
///   model: network, optimizer: Adam(learningRate: 0.001),
///   options: TrainingOptions(epochs: 100, batchSize: 32, earlyStopping: .init(patience: 10)))
/// let history = try trainer.fit(training, validation: validation) { model, batch, pass in
///   meanSquaredError(model.forward(batch.inputs, &pass), batch.targets)
/// }
/// let trained = trainer.model
/// ```
///
/// The same seed gives the same weights, bit for bit, at every thread count and also after an
/// interruption and a resumption.
public struct Trainer<Model: Module, Method: Optimizer>: Sendable
where Method.Scalar == Model.Scalar {
  /// The model with the best weights: those of the epoch with the lowest validation loss, or the
  /// latest weights if there is no validation set. With ``TrainingOptions/averaging``, these are
  /// averages.
  public var model: Model { best ?? evaluated }
  /// The optimizer and its state.
  public internal(set) var optimizer: Method
  /// The options of the run.
  public let options: TrainingOptions

  /// A function that changes the gradients of each step before they are clipped and applied; nil
  /// for none.
  ///
  /// Processes that train copies of one model on different parts of the batch exchange their
  /// gradients here, and all continue with the mean. An error that the function throws ends the
  /// training.
  public var gradientExchange: GradientExchange?

  /// A function that changes gradients in place.
  public typealias GradientExchange = @Sendable (inout Gradients<Model.Scalar>) throws -> Void

  /// An observer that receives the results of steps and epochs, such as a log; nil for none.
  public var observer: (any TrainingObserver)?

  /// The model with the latest weights.
  var current: Model
  /// The average of the latest weights; nil without averaging, or before it starts.
  var average: WeightAverage<Model>?
  /// The model that validation evaluates.
  private var evaluated: Model { average?.model ?? current }
  /// The model with the weights of the best epoch; nil before the first epoch or without a
  /// validation set.
  var best: Model?
  var state: TrainingState
  /// The progress of a run with a time limit; nil without one, or before it starts.
  private var clock: TrainingClock?
  /// The gradients of the latest step for the observer; nil without an observer.
  private var observedGradients: Gradients<Model.Scalar>?

  /// Creates a trainer.
  ///
  /// Stops the program if an option is out of its range.
  public init(model: Model, optimizer: Method, options: TrainingOptions) {
    guard options.epochs >= 0, options.batchSize > 0, (options.stepsPerEpoch ?? 1) > 0 else {
      fatalError(
        "Trainer: epochs must not be negative and batchSize and stepsPerEpoch must be positive, "
          + "but are \(options.epochs), \(options.batchSize) and "
          + "\(options.stepsPerEpoch.map(String.init) ?? "nil")")
    }
    if let limit = options.timeLimit, limit <= .zero {
      fatalError("Trainer: timeLimit must be positive, but is \(limit)")
    }
    if let fault = options.averaging?.fault {
      fatalError("Trainer: averaging must have \(fault)")
    }
    current = model
    self.optimizer = optimizer
    self.options = options
    state = TrainingState(generator: Xoshiro256(seed: options.seed))
  }

  /// Trains until all epochs are done, or until a condition or an error ends the training.
  ///
  /// - Parameters:
  ///   - training: The training examples.
  ///   - validation: The validation examples; nil for none. They are evaluated with an inference
  ///     pass.
  ///   - afterEpoch: A closure that receives the record of each epoch and decides whether to
  ///     continue.
  ///   - loss: A closure that returns the mean loss over a batch, as a tensor of one element.
  /// - Returns: A record of each epoch, and the reason why training ended.
  /// - Throws: A ``TrainingError`` if training diverges; the trainer then keeps the last finite
  ///   weights. A `CancellationError` if the surrounding task is canceled. Errors from saving a
  ///   checkpoint.
  @discardableResult
  public mutating func fit<Examples: Dataset>(
    _ training: Examples, validation: Examples? = nil,
    afterEpoch: (EpochRecord) -> TrainingDecision = { _ in .continue },
    loss: (Model, Examples.Batch, inout ForwardPass) -> Tensor<Model.Scalar>
  ) throws -> TrainingHistory {
    guard training.count > 0 else { throw TrainingError.noExamples }
    let firstStep = state.totalSteps
    try observer?.begin(current, optimizer, options)
    defer { observedGradients = nil }
    let end = try Interruption.observe(options.stopsOnInterrupt) {
      try runEpochs(training, validation, afterEpoch, loss)
    }
    if end == .interrupted {
      if state.totalSteps > firstStep { try saveCheckpoint() }
      try Task.checkCancellation()
    }
    return TrainingHistory(
      epochs: state.records, bestEpoch: state.bestEpoch ?? state.records.last?.epoch, end: end)
  }

  private mutating func runEpochs<Examples: Dataset>(
    _ training: Examples, _ validation: Examples?,
    _ afterEpoch: (EpochRecord) -> TrainingDecision,
    _ loss: (Model, Examples.Batch, inout ForwardPass) -> Tensor<Model.Scalar>
  ) throws -> TrainingEnd {
    let steps = stepsPerEpoch(training.count)
    clock = TrainingClock(options, epoch: state.epoch)
    var display = ProgressDisplay(
      options.progress, epochs: options.epochs, stepsPerEpoch: steps,
      firstStep: position(ofSteps: steps))
    while state.epoch < options.epochs {
      let start = Snapshot(self)
      let isDone: Bool
      do {
        isDone = try runSteps(training, steps, &display, loss)
        try checkWeights()
      } catch {
        if nonFiniteParameter != nil { restore(start) }
        throw error
      }
      guard isDone else { return .interrupted }
      if case .stochastic(let first) = options.averaging, state.epoch + 1 >= first {
        extendAverage(by: 1 / Double((average?.count ?? 0) + 1))
      }
      let validationLoss: Double?
      do {
        validationLoss = try validation.flatMap { try meanLoss($0, loss) }
      } catch is CancellationError {
        return .interrupted
      }
      try check(validationLoss: validationLoss)
      let record = closeEpoch(validationLoss: validationLoss)
      display.finished(record, step: position(ofSteps: steps))
      try observer?.record(
        record, current, observedGradients ?? Gradients(names: [], values: []))
      if let policy = options.checkpoint, state.epoch % policy.everyEpochs == 0 {
        try saveCheckpoint()
      }
      if afterEpoch(record) == .stop { return .stoppedByCallback }
      if let early = options.earlyStopping, validation != nil,
        state.epochsSinceBest >= early.patience
      {
        return .stoppedEarly
      }
    }
    return .completed
  }

  /// Performs the remaining steps of the current epoch.
  ///
  /// - Returns: False if training was interrupted.
  private mutating func runSteps<Examples: Dataset>(
    _ training: Examples, _ steps: Int, _ display: inout ProgressDisplay,
    _ loss: (Model, Examples.Batch, inout ForwardPass) -> Tensor<Model.Scalar>
  ) throws -> Bool {
    let order = exampleOrder(training.count)
    let batches = (order.count + options.batchSize - 1) / options.batchSize
    while !isEpochOver(afterSteps: steps) {
      if Interruption.isRequested { return false }
      let first = state.step % batches * options.batchSize
      let numbers = order[first..<min(first + options.batchSize, order.count)]
      let (value, norm) = try step(
        training.batch(numbers), position: position(ofSteps: steps), loss)
      state.add(loss: value, examples: numbers.count)
      try observer?.record(
        StepRecord(
          step: state.totalSteps, epoch: state.epoch + 1, loss: value,
          learningRate: optimizer.learningRate, gradientNorm: norm))
      display.stepped(
        to: position(ofSteps: steps), epoch: state.epoch + 1, loss: state.meanLoss)
    }
    return true
  }

  /// Returns a Boolean value that indicates whether the current epoch has all its steps or, with a
  /// time limit, its share of the time and at least one step.
  private func isEpochOver(afterSteps steps: Int) -> Bool {
    guard let clock else { return state.step >= steps }
    return state.step > 0 && clock.isOver(epoch: state.epoch)
  }

  /// Returns the number of steps of the run so far or, with a time limit, the number that corresponds to
  /// the time.
  private func position(ofSteps stepsPerEpoch: Int) -> Int {
    clock?.position(of: options.epochs * stepsPerEpoch) ?? state.totalSteps
  }

  /// Performs one step of the optimizer and returns the loss and the norm of the gradients before it.
  ///
  /// - Parameter position: The step of the schedule.
  private mutating func step<Batch>(
    _ batch: Batch, position: Int, _ loss: (Model, Batch, inout ForwardPass) -> Tensor<Model.Scalar>
  ) throws -> (loss: Double, gradientNorm: Double) {
    if let schedule = options.schedule {
      optimizer.learningRate = schedule.learningRate(
        atStep: position, base: baseLearningRate())
    }
    var pass = ForwardPass.training(state.generator)
    var (value, gradients) = valueWithGradient(at: current) { loss($0, batch, &pass) }
    state.generator = pass.generator
    let scalar = Double(value.scalar)
    guard scalar.isFinite else {
      throw TrainingError.diverged(
        epoch: state.epoch + 1, step: state.step + 1, loss: scalar,
        learningRate: optimizer.learningRate)
    }
    try gradientExchange?(&gradients)
    let norm = gradients.norm
    guard norm.isFinite else {
      throw TrainingError.gradientDiverged(
        epoch: state.epoch + 1, step: state.step + 1,
        parameter: gradients.firstNonFinite ?? "all parameters",
        learningRate: optimizer.learningRate)
    }
    if observer != nil { observedGradients = gradients }
    switch options.gradientClipping {
    case .norm(let limit): gradients.scale(from: norm, to: limit)
    case .value(let limit): gradients.clamp(to: limit)
    case nil: break
    }
    optimizer.update(&current, along: gradients)
    if case .exponential(let decay) = options.averaging { extendAverage(by: 1 - decay) }
    return (scalar, norm)
  }

  /// Adds the latest weights to the average with a weight of `share`, or starts the average from them.
  private mutating func extendAverage(by share: Double) {
    if average == nil {
      average = WeightAverage(current)
    } else {
      average!.add(current, share: share)
    }
  }

  /// Returns the base rate of the schedule: the optimizer's rate before the first step.
  private mutating func baseLearningRate() -> Double {
    if let base = state.baseLearningRate { return base }
    state.baseLearningRate = optimizer.learningRate
    return optimizer.learningRate
  }

  private mutating func closeEpoch(validationLoss: Double?) -> EpochRecord {
    let record = state.closeEpoch(
      validationLoss: validationLoss, learningRate: optimizer.learningRate,
      minimumImprovement: options.earlyStopping?.minimumImprovement ?? 0)
    if validationLoss != nil, state.bestEpoch == record.epoch { best = evaluated }
    return record
  }

  /// Returns the mean loss over all examples at inference; nil if there are no examples.
  private func meanLoss<Examples: Dataset>(
    _ examples: Examples,
    _ loss: (Model, Examples.Batch, inout ForwardPass) -> Tensor<Model.Scalar>
  ) throws -> Double? {
    guard examples.count > 0 else { return nil }
    let model = evaluated
    let numbers = Array(0..<examples.count)
    var pass = ForwardPass.inference
    var sum = 0.0
    for first in stride(from: 0, to: examples.count, by: options.batchSize) {
      try Task.checkCancellation()
      let part = numbers[first..<min(first + options.batchSize, examples.count)]
      sum += Double(loss(model, examples.batch(part), &pass).scalar) * Double(part.count)
    }
    return sum / Double(examples.count)
  }

  private func stepsPerEpoch(_ exampleCount: Int) -> Int {
    let batches = (exampleCount + options.batchSize - 1) / options.batchSize
    return min(batches, options.stepsPerEpoch ?? batches)
  }

  /// Returns the order of the examples in the current epoch.
  ///
  /// The order depends only on the seed and the epoch's number, so that an epoch can be resumed in
  /// the middle.
  private func exampleOrder(_ count: Int) -> [Int] {
    guard options.shuffles else { return Array(0..<count) }
    var generator = Xoshiro256(seed: options.seed &+ UInt64(state.epoch + 1) &* 0x9E37_79B9)
    return (0..<count).shuffled(using: &generator)
  }
}
