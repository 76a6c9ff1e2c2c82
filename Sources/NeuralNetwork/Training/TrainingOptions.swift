/// How a ``Trainer`` trains.
public struct TrainingOptions: Sendable {
  /// The most passes over the training examples.
  public var epochs: Int
  /// Examples a step.
  public var batchSize: Int
  /// The most steps an epoch; nil for as many as there are batches.
  public var stepsPerEpoch: Int?
  /// Whether each epoch takes the examples in a new random order.
  public var shuffles: Bool
  /// When to stop early; nil for never. Needs validation examples.
  public var earlyStopping: EarlyStopping?
  /// What is done with gradients before they are used.
  public var gradientClipping: GradientClipping?
  /// How the learning rate changes from step to step; nil to leave it to the optimizer.
  public var schedule: (any LearningRateSchedule)?
  /// Where the order of examples and dropout come from.
  public var seed: UInt64
  /// Where to save checkpoints; nil for nowhere.
  public var checkpoint: CheckpointPolicy?
  /// What is shown while training.
  public var progress: TrainingProgress
  /// A Boolean value that indicates whether Ctrl-C (SIGINT) ends the training after the present step, with
  /// ``TrainingEnd/interrupted``: for commands, not for servers. Cancelling the surrounding task ends it
  /// everywhere, with a `CancellationError`.
  public var stopsOnInterrupt: Bool

  /// - Parameters: as the properties of the same names.
  public init(
    epochs: Int, batchSize: Int = 32, stepsPerEpoch: Int? = nil, shuffles: Bool = true,
    earlyStopping: EarlyStopping? = nil, gradientClipping: GradientClipping? = nil,
    schedule: (any LearningRateSchedule)? = nil, seed: UInt64 = 0,
    checkpoint: CheckpointPolicy? = nil, progress: TrainingProgress = .none,
    stopsOnInterrupt: Bool = false
  ) {
    self.epochs = epochs
    self.batchSize = batchSize
    self.stepsPerEpoch = stepsPerEpoch
    self.shuffles = shuffles
    self.earlyStopping = earlyStopping
    self.gradientClipping = gradientClipping
    self.schedule = schedule
    self.seed = seed
    self.checkpoint = checkpoint
    self.progress = progress
    self.stopsOnInterrupt = stopsOnInterrupt
  }
}

/// Stops training when the validation loss no longer falls, and gives back the best weights.
public struct EarlyStopping: Sendable {
  /// After how many epochs without a new best loss training stops.
  public var patience: Int
  /// By how much a loss must be lower to count as a new best.
  public var minimumImprovement: Double

  /// - Parameters: as the properties of the same names.
  public init(patience: Int, minimumImprovement: Double = 0) {
    self.patience = patience
    self.minimumImprovement = minimumImprovement
  }
}

/// A limit on gradients.
public enum GradientClipping: Sendable {
  /// Scales all gradients together so that their common norm is at most the limit.
  case norm(Double)
  /// Limits each element.
  case value(Double)
}

/// Where and how often a trainer saves its state.
public struct CheckpointPolicy: Sendable {
  /// The file, which is replaced each time.
  public var path: String
  /// Epochs from one checkpoint to the next. One is also saved when training is interrupted.
  public var everyEpochs: Int

  /// - Parameters: as the properties of the same names.
  public init(path: String, everyEpochs: Int = 1) {
    self.path = path
    self.everyEpochs = everyEpochs
  }
}
