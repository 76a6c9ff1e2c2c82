extension Trainer {
  /// What an epoch begins with, to return to if the epoch spoils the weights.
  struct Snapshot {
    fileprivate let model: Model
    fileprivate let optimizer: Method
    fileprivate let state: TrainingState

    init(_ trainer: Trainer) {
      model = trainer.current
      optimizer = trainer.optimizer
      state = trainer.state
    }
  }

  /// Returns to the start of an epoch.
  mutating func restore(_ snapshot: Snapshot) {
    current = snapshot.model
    optimizer = snapshot.optimizer
    state = snapshot.state
  }

  /// The name of the first parameter, or of the first tensor that the optimizer keeps, with an infinite
  /// or NaN element; nil if there is none.
  var nonFiniteParameter: String? {
    current.parameters.first { !$0.value.isFinite }?.name
      ?? optimizer.state.tensors.first { !$0.value.isFinite }?.name
  }

  /// Throws if the steps so far have spoiled the weights: a finite gradient and a large learning rate
  /// overflow, which the next step's loss would show, but there may be none.
  func checkWeights() throws(TrainingError) {
    guard let parameter = nonFiniteParameter else { return }
    throw .weightsDiverged(
      epoch: state.epoch + 1, step: state.step, parameter: parameter,
      learningRate: optimizer.learningRate)
  }

  /// Throws if epochs cannot be judged by their validation losses.
  func check(validationLoss: Double?) throws(TrainingError) {
    guard let validationLoss, !validationLoss.isFinite else { return }
    throw .validationDiverged(
      epoch: state.epoch + 1, loss: validationLoss, learningRate: optimizer.learningRate)
  }
}
