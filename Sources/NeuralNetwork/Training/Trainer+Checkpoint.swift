extension Trainer {
  /// Restores the state that a checkpoint saved.
  ///
  /// ``fit(_:validation:afterEpoch:loss:)`` continues from there and ends with the same weights,
  /// bit for bit, as a run without interruption. The model, the optimizer, and the examples must be
  /// those of the interrupted run. If an error is thrown, the trainer does not change.
  ///
  /// - Throws: A `SafetensorsError` or a ``WeightsError`` if the file is not a checkpoint of such a
  ///   model, an ``OptimizerStateError`` if the optimizer differs, or a ``TrainingError`` if an
  ///   option that determines the weights of the rest of the run differs.
  public mutating func resume(from path: String) throws {
    let checkpoint = try Checkpoint<Model.Scalar, SavedState>(path: path)
    try checkpoint.state.options.check(against: options)
    var resumed = self
    try checkpoint.restore(&resumed.current, from: Group.model)
    resumed.best = nil
    if checkpoint.groups[Group.best] != nil {
      var best = resumed.current
      try checkpoint.restore(&best, from: Group.best)
      resumed.best = best
    }
    resumed.average = nil
    if let count = checkpoint.state.averageCount {
      var average = resumed.current
      try checkpoint.restore(&average, from: Group.average)
      resumed.average = WeightAverage(average, count: count)
    }
    let tensors = (checkpoint.groups[Group.optimizer] ?? [:]).sorted { $0.key < $1.key }
    try resumed.optimizer.restore(
      OptimizerState(
        step: checkpoint.state.optimizerStep,
        tensors: tensors.map { (name: $0.key, value: $0.value) }),
      for: resumed.current)
    resumed.state = checkpoint.state.training
    self = resumed
  }

  /// Saves the state of the run, if the options have a checkpoint policy.
  func saveCheckpoint() throws {
    guard let policy = options.checkpoint else { return }
    let optimizerState = optimizer.state
    var checkpoint = Checkpoint<Model.Scalar, SavedState>(
      state: SavedState(
        training: state, optimizerStep: optimizerState.step, averageCount: average?.count,
        options: SavedOptions(options)))
    checkpoint.store(current, in: Group.model)
    if let best { checkpoint.store(best, in: Group.best) }
    if let average { checkpoint.store(average.model, in: Group.average) }
    checkpoint.groups[Group.optimizer] = Dictionary(
      optimizerState.tensors.map { ($0.name, $0.value) }
    ) { first, _ in first }
    try checkpoint.write(to: policy.path)
  }
}

/// The groups of a checkpoint's tensors.
private enum Group {
  static let model = "model"
  static let best = "best"
  static let average = "average"
  static let optimizer = "optimizer"
}

/// The state that a checkpoint saves in addition to the tensors.
private struct SavedState: Codable, Sendable {
  let training: TrainingState
  let optimizerStep: Int
  /// The number of models in the average, or nil for none.
  let averageCount: Int?
  let options: SavedOptions
}

/// The options that determine the weights of the rest of the run.
private struct SavedOptions: Codable, Sendable {
  let seed: UInt64
  let batchSize: Int
  let stepsPerEpoch: Int?
  let shuffles: Bool
  /// The description of the averaging, or nil for none.
  let averaging: String?

  init(_ options: TrainingOptions) {
    seed = options.seed
    batchSize = options.batchSize
    stepsPerEpoch = options.stepsPerEpoch
    shuffles = options.shuffles
    averaging = options.averaging.map { "\($0)" }
  }

  func check(against options: TrainingOptions) throws(TrainingError) {
    let now = SavedOptions(options)
    func check<Value: Equatable>(
      _ name: String, _ saved: Value, _ now: Value
    ) throws(TrainingError) {
      if saved != now { throw .optionDiffers(name: name, saved: "\(saved)", now: "\(now)") }
    }
    try check("seed", seed, now.seed)
    try check("batchSize", batchSize, now.batchSize)
    try check("stepsPerEpoch", stepsPerEpoch ?? 0, now.stepsPerEpoch ?? 0)
    try check("shuffles", shuffles, now.shuffles)
    try check("averaging", averaging ?? "nil", now.averaging ?? "nil")
  }
}
