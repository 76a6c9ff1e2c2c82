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
  /// Ctrl-C ended it.
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

/// An error that ends training.
///
/// The trainer keeps the weights of the last good step, or those that the epoch began with, and the last
/// checkpoint stays as it is.
public enum TrainingError: Error, Equatable, CustomStringConvertible {
  /// There are no training examples.
  case noExamples
  /// The loss is infinite or NaN.
  case diverged(epoch: Int, step: Int, loss: Double, learningRate: Double)
  /// The gradient of a parameter has an infinite or NaN element, or the norm of all gradients overflows.
  case gradientDiverged(epoch: Int, step: Int, parameter: String, learningRate: Double)
  /// A parameter, or what the optimizer remembers of it, has an infinite or NaN element after an update.
  case weightsDiverged(epoch: Int, step: Int, parameter: String, learningRate: Double)
  /// The loss over the validation examples is infinite or NaN after an epoch.
  case validationDiverged(epoch: Int, loss: Double, learningRate: Double)
  /// A run cannot be resumed from a checkpoint of a run with another value of an option.
  case optionDiffers(name: String, saved: String, now: String)

  public var description: String {
    switch self {
    case .noExamples:
      "there are no training examples"
    case .diverged(let epoch, let step, let loss, let learningRate):
      "the loss became \(loss) in epoch \(epoch), step \(step): lower the learning rate "
        + "(\(learningRate)), clip the gradients, or look for infinite values in the examples"
    case .gradientDiverged(let epoch, let step, let parameter, let learningRate):
      "the gradient of \(parameter) is not finite in epoch \(epoch), step \(step), though the loss is: "
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
