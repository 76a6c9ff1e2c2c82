/// The options of a ``Trainer``.
public struct TrainingOptions: Sendable {
  /// The maximum number of passes over the training examples.
  public var epochs: Int
  /// The number of examples in a step.
  public var batchSize: Int
  /// The maximum number of steps in an epoch; nil for as many steps as there are batches.
  public var stepsPerEpoch: Int?
  /// The time that training takes; nil for as long as its steps take.
  ///
  /// Each epoch has an equal share of the time, in which it makes as many steps as it can, and at
  /// least one. The schedule follows the time as if epochs had ``stepsPerEpoch`` steps. The weights
  /// then depend on the speed of the machine, so that two runs differ.
  public var timeLimit: Duration?
  /// A Boolean value that indicates whether each epoch uses the examples in a new random order.
  public var shuffles: Bool
  /// The condition for early stopping; nil for none. It needs validation examples.
  public var earlyStopping: EarlyStopping?
  /// The average of weights that is evaluated and returned; nil for the latest weights.
  public var averaging: WeightAveraging?
  /// The limit on gradients; nil for none.
  public var gradientClipping: GradientClipping?
  /// The schedule of the learning rate over the steps; nil to keep the optimizer's rate.
  public var schedule: (any LearningRateSchedule)?
  /// The seed of the order of examples and of dropout.
  public var seed: UInt64
  /// The file and the interval of checkpoints; nil to save none.
  public var checkpoint: CheckpointPolicy?
  /// The progress reports during training.
  public var progress: TrainingProgress
  /// A Boolean value that indicates whether Ctrl-C (SIGINT) ends the training after the current
  /// step, with ``TrainingEnd/interrupted``.
  ///
  /// Use it in commands, not in servers. Whatever its value, canceling the surrounding task also
  /// ends the training, with a `CancellationError`.
  public var stopsOnInterrupt: Bool

  /// Creates options. Each parameter sets the property of the same name.
  public init(
    epochs: Int, batchSize: Int = 32, stepsPerEpoch: Int? = nil, timeLimit: Duration? = nil,
    shuffles: Bool = true, earlyStopping: EarlyStopping? = nil,
    averaging: WeightAveraging? = nil, gradientClipping: GradientClipping? = nil,
    schedule: (any LearningRateSchedule)? = nil, seed: UInt64 = 0,
    checkpoint: CheckpointPolicy? = nil, progress: TrainingProgress = .none,
    stopsOnInterrupt: Bool = false
  ) {
    self.epochs = epochs
    self.batchSize = batchSize
    self.stepsPerEpoch = stepsPerEpoch
    self.timeLimit = timeLimit
    self.shuffles = shuffles
    self.earlyStopping = earlyStopping
    self.averaging = averaging
    self.gradientClipping = gradientClipping
    self.schedule = schedule
    self.seed = seed
    self.checkpoint = checkpoint
    self.progress = progress
    self.stopsOnInterrupt = stopsOnInterrupt
  }
}

/// A condition that stops training when the validation loss no longer decreases. The trainer then
/// returns the best weights.
public struct EarlyStopping: Sendable {
  /// The number of epochs without a new best loss after which training stops.
  public var patience: Int
  /// The amount by which a loss must be lower to count as a new best loss.
  public var minimumImprovement: Double

  /// Creates a condition. Each parameter sets the property of the same name.
  public init(patience: Int, minimumImprovement: Double = 0) {
    self.patience = patience
    self.minimumImprovement = minimumImprovement
  }
}

/// A limit on gradients.
public enum GradientClipping: Sendable {
  /// A limit on the norm of all gradients together. One factor scales all of them.
  case norm(Double)
  /// A limit on the absolute value of each element.
  case value(Double)
}

/// The file and the interval at which a trainer saves its state.
public struct CheckpointPolicy: Sendable {
  /// The path of the file, which each checkpoint replaces.
  public var path: String
  /// The number of epochs between checkpoints. An interruption also saves a checkpoint.
  public var everyEpochs: Int

  /// Creates a policy. Each parameter sets the property of the same name.
  public init(path: String, everyEpochs: Int = 1) {
    self.path = path
    self.everyEpochs = everyEpochs
  }
}
