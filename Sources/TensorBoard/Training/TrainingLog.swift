public import NeuralNetwork

/// A log of a training that TensorBoard shows while it runs.
///
/// ```swift
/// var trainer = Trainer(
///   model: network, optimizer: Adam(learningRate: 0.01), options: TrainingOptions(epochs: 20))
/// trainer.observer = try TrainingLog(directory: directory + "/runs/a")
/// try trainer.fit(training, validation: validation) { model, batch, pass in
///   meanSquaredError(model.forward(batch.inputs, &pass), batch.targets)
/// }
/// ```
///
/// The log contains:
/// - the mean training loss, the validation loss, and the learning rate of each epoch, by epoch
///   (`loss/training`, `loss/validation`, `learning_rate`);
/// - the loss, the learning rate, and the norm of the gradients before clipping of each step, by step
///   (`step/…`);
/// - histograms of each parameter after an epoch (`weights/NAME`), and of its gradient in the epoch's
///   last step, before clipping (`gradients/NAME`);
/// - a text about the model: its parameters, the optimizer, and the options (`model`).
///
/// An ``EventFileError`` while the log is written ends the training.
public final class TrainingLog: TrainingObserver {
  /// The writer of the event file, to which more can be added.
  public let writer: EventFileWriter
  private let stepInterval: Int
  private let histogramInterval: Int?

  /// Creates a log in a directory, which is created if it does not exist.
  ///
  /// Stops the program if an interval is less than 1.
  ///
  /// - Parameters:
  ///   - directory: The directory, which is a run in TensorBoard.
  ///   - stepInterval: The number of steps between the points of the curves by step.
  ///   - histogramInterval: The number of epochs between histograms; nil for none.
  /// - Throws: An ``EventFileError`` if the file can't be created.
  public init(
    directory: String, stepInterval: Int = 1, histogramInterval: Int? = 1
  ) throws(EventFileError) {
    guard stepInterval >= 1, histogramInterval ?? 1 >= 1 else {
      fatalError(
        "TrainingLog: expected intervals of at least 1, got \(stepInterval) and "
          + "\(histogramInterval ?? 1)")
    }
    self.stepInterval = stepInterval
    self.histogramInterval = histogramInterval
    writer = try EventFileWriter(directory: directory)
  }

  public func begin(
    _ model: some Module, _ optimizer: some Optimizer, _ options: TrainingOptions
  ) throws {
    try writer.addText("model", ModelText(model, optimizer, options).markdown)
  }

  public func record(_ step: StepRecord) throws {
    guard step.step % stepInterval == 0 else { return }
    try writer.addScalars(
      [
        "step/loss": step.loss, "step/learning_rate": step.learningRate,
        "step/gradient_norm": step.gradientNorm,
      ], step: step.step)
  }

  public func record<Model: Module>(
    _ epoch: EpochRecord, _ model: Model, _ gradients: Gradients<Model.Scalar>
  ) throws {
    try writer.addScalars(
      ["loss/training": epoch.loss, "learning_rate": epoch.learningRate], step: epoch.epoch)
    if let loss = epoch.validationLoss {
      try writer.addScalar("loss/validation", loss, step: epoch.epoch)
    }
    guard let histogramInterval, epoch.epoch % histogramInterval == 0 else { return }
    for (name, value) in model.parameters {
      try writer.addHistogram("weights/" + name, value, step: epoch.epoch)
    }
    for (name, value) in zip(gradients.names, gradients.values) {
      try writer.addHistogram("gradients/" + name, value, step: epoch.epoch)
    }
  }
}
