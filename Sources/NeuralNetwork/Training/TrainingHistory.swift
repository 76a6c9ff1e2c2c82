/// What one epoch came to.
public struct EpochRecord: Sendable, Codable, Equatable {
  /// Counted from 1.
  public let epoch: Int
  /// The mean training loss over the epoch's examples, each taken before its step.
  public let loss: Double
  /// The mean loss over the validation examples after the epoch; nil without any.
  public let validationLoss: Double?
  /// The learning rate of the epoch's last step.
  public let learningRate: Double
}

/// Why training ended.
public enum TrainingEnd: String, Sendable, Codable {
  /// All epochs are done.
  case completed
  /// The validation loss no longer fell.
  case stoppedEarly
  /// A callback asked for it.
  case stoppedByCallback
  /// Ctrl-C, or the task was cancelled.
  case interrupted
}

/// What a training run came to.
public struct TrainingHistory: Sendable {
  /// One record an epoch, of all epochs since the beginning, those before a resumption included.
  public let epochs: [EpochRecord]
  /// The epoch whose weights the model has now, counted from 1; nil if not one is complete.
  public let bestEpoch: Int?
  /// Why training ended.
  public let end: TrainingEnd
}

/// What a callback wants.
public enum TrainingDecision: Sendable {
  case goOn, stop
}

/// Why training cannot go on.
public enum TrainingError: Error, Equatable, CustomStringConvertible {
  /// There are no training examples.
  case noExamples
  /// The loss is infinite or NaN.
  case diverged(epoch: Int, step: Int, loss: Double, learningRate: Double)
  /// A run cannot go on from a checkpoint of a run with another value of an option.
  case optionDiffers(name: String, saved: String, now: String)

  public var description: String {
    switch self {
    case .noExamples:
      "there are no training examples"
    case .diverged(let epoch, let step, let loss, let learningRate):
      "the loss became \(loss) in epoch \(epoch), step \(step): lower the learning rate "
        + "(\(learningRate)), clip the gradients, or look for infinite values in the examples"
    case .optionDiffers(let name, let saved, let now):
      "the checkpoint was saved with \(name) \(saved), but the option is \(now) now: resume with the "
        + "same value"
    }
  }
}
