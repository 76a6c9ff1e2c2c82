/// An observer of a training, such as a log.
///
/// A ``Trainer`` calls its functions on the thread that trains. What they do does not change the
/// results. An error that they throw ends the training, and the trainer keeps the weights of the last
/// step. Each function does nothing by default.
public protocol TrainingObserver: Sendable {
  /// Receives the model, the optimizer, and the options before the first step.
  func begin(
    _ model: some Module, _ optimizer: some Optimizer, _ options: TrainingOptions
  ) throws

  /// Receives the results of a step.
  func record(_ step: StepRecord) throws

  /// Receives the results of an epoch.
  ///
  /// - Parameters:
  ///   - epoch: The results.
  ///   - model: The model after the epoch.
  ///   - gradients: The gradients of the epoch's last step before they were clipped, or none if a
  ///     resumed training made no step in the epoch.
  func record<Model: Module>(
    _ epoch: EpochRecord, _ model: Model, _ gradients: Gradients<Model.Scalar>
  ) throws
}

extension TrainingObserver {
  public func begin(
    _ model: some Module, _ optimizer: some Optimizer, _ options: TrainingOptions
  ) throws {}

  public func record(_ step: StepRecord) throws {}

  public func record<Model: Module>(
    _ epoch: EpochRecord, _ model: Model, _ gradients: Gradients<Model.Scalar>
  ) throws {}
}

/// The results of one step of training.
public struct StepRecord: Sendable, Equatable {
  /// The number of the step since the start of the training, from 1.
  public let step: Int
  /// The number of its epoch, from 1.
  public let epoch: Int
  /// The mean loss over the batch, before the step.
  public let loss: Double
  /// The learning rate of the step.
  public let learningRate: Double
  /// The Euclidean norm of all gradients together, before they were clipped.
  public let gradientNorm: Double
}
