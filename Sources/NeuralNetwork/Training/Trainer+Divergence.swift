extension Trainer {
  /// The state at the start of an epoch, to which the trainer returns if the weights diverge.
  struct Snapshot {
    fileprivate let model: Model
    fileprivate let average: WeightAverage<Model>?
    fileprivate let optimizer: Method
    fileprivate let state: TrainingState

    init(_ trainer: Trainer) {
      model = trainer.current
      average = trainer.average
      optimizer = trainer.optimizer
      state = trainer.state
    }
  }

  /// Restores the state at the start of an epoch.
  mutating func restore(_ snapshot: Snapshot) {
    current = snapshot.model
    average = snapshot.average
    optimizer = snapshot.optimizer
    state = snapshot.state
  }

  /// The name of the first parameter, or of the first tensor of the optimizer's state, that has an
  /// infinite or NaN element; nil if there is none.
  var nonFiniteParameter: String? {
    current.parameters.first { !$0.value.isFinite }?.name
      ?? optimizer.state.tensors.first { !$0.value.isFinite }?.name
  }

  /// Throws an error if the steps so far have corrupted the weights.
  ///
  /// With a finite gradient and a large learning rate, an update can overflow. The loss of the next
  /// step would reveal this, but there may be no next step.
  func checkWeights() throws(TrainingError) {
    guard let parameter = nonFiniteParameter else { return }
    throw .weightsDiverged(
      epoch: state.epoch + 1, step: state.step, parameter: parameter,
      learningRate: optimizer.learningRate)
  }

  /// Throws an error if the validation loss is not finite, since it cannot rank epochs.
  func check(validationLoss: Double?) throws(TrainingError) {
    guard let validationLoss, !validationLoss.isFinite else { return }
    throw .validationDiverged(
      epoch: state.epoch + 1, loss: validationLoss, learningRate: optimizer.learningRate)
  }
}
