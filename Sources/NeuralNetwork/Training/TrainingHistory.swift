/// The results of one epoch.
public struct EpochRecord: Sendable, Codable, Equatable {
  /// The number of the epoch, from 1.
  public let epoch: Int
  /// The mean training loss over the epoch's examples, each evaluated before its step.
  public let loss: Double
  /// The mean loss over the validation examples after the epoch; nil if there are none.
  public let validationLoss: Double?
  /// The learning rate of the epoch's last step.
  public let learningRate: Double
}

/// The reason why training ended.
public enum TrainingEnd: String, Sendable, Codable {
  /// All epochs are done.
  case completed
  /// The validation loss stopped decreasing.
  case stoppedEarly
  /// A callback stopped the training.
  case stoppedByCallback
  /// Ctrl-C ended the training.
  case interrupted
}

/// The results of a training run.
public struct TrainingHistory: Sendable {
  /// The record of every epoch since the start, including the epochs before a resumption.
  public let epochs: [EpochRecord]
  /// The epoch whose weights the model has, counted from 1; nil if no epoch is complete.
  public let bestEpoch: Int?
  /// The reason why training ended.
  public let end: TrainingEnd
}

/// A callback's decision about the rest of the training.
public enum TrainingDecision: Sendable {
  case `continue`
  case stop
}

/// An error that ends training.
///
/// The trainer keeps the weights of the last good step or those at the start of the epoch. The last
/// checkpoint does not change.
public enum TrainingError: Error, Equatable, CustomStringConvertible {
  /// There are no training examples.
  case noExamples
  /// The loss is infinite or NaN.
  case diverged(epoch: Int, step: Int, loss: Double, learningRate: Double)
  /// The gradient of a parameter has an infinite or NaN element, or the norm of all gradients
  /// overflows.
  case gradientDiverged(epoch: Int, step: Int, parameter: String, learningRate: Double)
  /// A parameter or its optimizer state has an infinite or NaN element after an update.
  case weightsDiverged(epoch: Int, step: Int, parameter: String, learningRate: Double)
  /// The validation loss is infinite or NaN after an epoch.
  case validationDiverged(epoch: Int, loss: Double, learningRate: Double)
  /// The checkpoint is from a run with another value of an option.
  case optionDiffers(name: String, saved: String, now: String)

  public var description: String {
    switch self {
    case .noExamples:
      "there are no training examples"
    case .diverged(let epoch, let step, let loss, let learningRate):
      "the loss became \(loss) in epoch \(epoch), step \(step): lower the learning rate "
        + "(\(learningRate)), clip the gradients, or look for infinite values in the examples"
    case .gradientDiverged(let epoch, let step, let parameter, let learningRate):
      "the gradient of \(parameter) is not finite in epoch \(epoch), step \(step), but the loss is: "
        + "look for a derivative that is infinite or undefined in the loss, such as that of a logarithm "
        + "at 0, or lower the learning rate (\(learningRate))"
    case .weightsDiverged(let epoch, let step, let parameter, let learningRate):
      "\(parameter) is not finite after epoch \(epoch), step \(step): lower the learning rate "
        + "(\(learningRate)), or clip the gradients"
    case .validationDiverged(let epoch, let loss, let learningRate):
      "the validation loss is \(loss) after epoch \(epoch): look for infinite values in the validation "
        + "examples, or lower the learning rate (\(learningRate))"
    case .optionDiffers(let name, let saved, let now):
      "the checkpoint was saved with \(name) \(saved), but the option is now \(now): resume with the "
        + "same value"
    }
  }
}
