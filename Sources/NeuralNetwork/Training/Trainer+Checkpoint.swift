extension Trainer {
  /// Goes back to where a checkpoint was saved: ``fit(_:validation:afterEpoch:loss:)`` goes on from
  /// there, and ends in the same weights, bit for bit, as if the run had not been interrupted.
  ///
  /// The model, the optimizer and the examples must be those of the interrupted run. Either all is
  /// restored, or the trainer stays as it is.
  ///
  /// - Throws: `SafetensorsError` or ``WeightsError`` if the file is no checkpoint of such a model,
  ///   ``OptimizerStateError`` if the optimizer is another, ``TrainingError`` if options differ on
  ///   which the order of examples depends.
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
    let tensors = (checkpoint.groups[Group.optimizer] ?? [:]).sorted { $0.key < $1.key }
    try resumed.optimizer.restore(
      OptimizerState(
        step: checkpoint.state.optimizerStep,
        tensors: tensors.map { (name: $0.key, value: $0.value) }),
      for: resumed.current)
    resumed.state = checkpoint.state.training
    self = resumed
  }

  /// Saves where the run stands, if the options say where to.
  func saveCheckpoint() throws {
    guard let policy = options.checkpoint else { return }
    let optimizerState = optimizer.state
    var checkpoint = Checkpoint<Model.Scalar, SavedState>(
      state: SavedState(
        training: state, optimizerStep: optimizerState.step, options: SavedOptions(options)))
    checkpoint.store(current, in: Group.model)
    if let best { checkpoint.store(best, in: Group.best) }
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
  static let optimizer = "optimizer"
}

/// What a checkpoint saves beside tensors.
private struct SavedState: Codable, Sendable {
  let training: TrainingState
  let optimizerStep: Int
  let options: SavedOptions
}

/// The options on which the order of the examples depends.
private struct SavedOptions: Codable, Sendable {
  let seed: UInt64
  let batchSize: Int
  let stepsPerEpoch: Int?
  let shuffles: Bool

  init(_ options: TrainingOptions) {
    seed = options.seed
    batchSize = options.batchSize
    stepsPerEpoch = options.stepsPerEpoch
    shuffles = options.shuffles
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
  }
}
