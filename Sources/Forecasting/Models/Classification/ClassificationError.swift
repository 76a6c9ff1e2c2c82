/// An error that explains why the events of a panel can't be classified.
public enum ClassificationError: Error, Equatable {
  /// The event happens in all windows of training, or in none of them.
  case oneClass(event: String, happens: Bool, windowCount: Int)
  /// No window has an outcome that is known, out of `windowCount`.
  case nothingKnown(event: String, windowCount: Int)
  /// The panel is too short to hold out the validation.
  case noValidation(stepCount: Int, needed: Int)
  /// No window to evaluate starts on or after the first day after the training.
  case nothingHeldOut(trainedUntil: CalendarDate, end: CalendarDate, horizon: Int)
  /// The event is a function, which can't be written to a file.
  case customEvent(String)
}

extension ClassificationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .oneClass(let event, let happens, let count):
      "the event \(event.debugDescription) happens in \(happens ? "all" : "none") of "
        + "\(count.counted("window")) of training, so there is nothing to tell apart; train on "
        + "a longer history, or use another horizon or event"
    case .nothingKnown(let event, let count):
      "it isn't known of any of \(count.counted("window")) whether the event "
        + "\(event.debugDescription) happens, because of gaps, stock-outs, or closed days; fill the "
        + "gaps, or shorten the horizon"
    case .noValidation(let count, let needed):
      "the panel has \(count.counted("step")), but the validation needs at least \(needed); use fewer "
        + "validation steps, or a longer history"
    case .nothingHeldOut(let trained, let end, let horizon):
      "the classifier was trained until \(trained), and the panel ends before \(end), so no window "
        + "of \(horizon.counted("step")) is left to evaluate; train it on an earlier part, such as "
        + "panel.dropping(last:)"
    case .customEvent(let name):
      "the event \(name.debugDescription) is a function, which can't be written to a file; use a "
        + "column of the panel instead"
    }
  }
}
