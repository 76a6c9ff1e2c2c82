internal import RealModule

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The progress reports that a ``Trainer`` writes to standard error.
public enum TrainingProgress: Sendable {
  /// No reports.
  case none
  /// One line per epoch.
  case lines
  /// A progress bar that is redrawn in place, for terminals.
  case bar
  /// A progress bar if standard error is a terminal, and lines otherwise.
  case automatic

  /// The style, with `automatic` resolved.
  var resolved: TrainingProgress {
    guard case .automatic = self else { return self }
    return isatty(STDERR_FILENO) == 1 ? .bar : .lines
  }
}

/// A display of a run's progress.
struct ProgressDisplay {
  private let style: TrainingProgress
  private let totalSteps: Int
  private let epochs: Int
  private let firstStep: Int
  private let start = ContinuousClock.now
  private var lastDrawn: ContinuousClock.Instant?

  /// Creates a display.
  ///
  /// - Parameter firstStep: The number of steps that an earlier run completed.
  init(_ style: TrainingProgress, epochs: Int, stepsPerEpoch: Int, firstStep: Int) {
    self.style = style.resolved
    self.epochs = epochs
    totalSteps = epochs * stepsPerEpoch
    self.firstStep = firstStep
  }

  /// Redraws the bar after a step, at most ten times a second.
  mutating func stepped(to step: Int, epoch: Int, loss: Double) {
    guard case .bar = style else { return }
    let now = ContinuousClock.now
    if let lastDrawn, now - lastDrawn < .milliseconds(100) { return }
    lastDrawn = now
    show(
      "\r\u{1B}[K" + bar(step) + " epoch \(epoch)/\(epochs)  loss \(Self.format(loss))  "
        + times(step))
  }

  /// Writes the permanent line of an epoch.
  mutating func finished(_ record: EpochRecord, step: Int) {
    if case .none = style { return }
    var line = "epoch \(record.epoch)/\(epochs)  loss \(Self.format(record.loss))"
    if let loss = record.validationLoss { line += "  validation \(Self.format(loss))" }
    let prefix = if case .bar = style { "\r\u{1B}[K" } else { "" }
    show("\(prefix)\(line)  \(times(step))\n")
    lastDrawn = nil
  }

  private func bar(_ step: Int) -> String {
    let width = 24
    let filled = totalSteps == 0 ? width : width * step / totalSteps
    return "[" + String(repeating: "━", count: filled)
      + String(repeating: " ", count: width - filled) + "]"
  }

  /// Returns the elapsed time and an estimate of the remaining time, as text.
  private func times(_ step: Int) -> String {
    let passed = (ContinuousClock.now - start) / .seconds(1)
    let done = step - firstStep
    guard done > 0 else { return Self.clock(passed) }
    let left = passed / Double(done) * Double(totalSteps - step)
    return "\(Self.clock(passed)), \(Self.clock(left)) left"
  }

  /// Returns a number with four significant digits.
  static func format(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return "\(value)" }
    let digits = 3 - Int(Double.log10(abs(value)).rounded(.down))
    // Powers with a positive exponent are exact.
    let power = Double.pow(10, abs(digits))
    return "\(digits < 0 ? (value / power).rounded() * power : (value * power).rounded() / power)"
  }

  /// Returns a time as minutes and seconds: 1:05.
  static func clock(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    let rest = whole % 60
    return "\(whole / 60):\(rest < 10 ? "0" : "")\(rest)"
  }

  private func show(_ text: String) {
    var text = text
    // A failure to write the display must not end the training.
    _ = text.withUTF8 { write(STDERR_FILENO, $0.baseAddress, $0.count) }
  }
}
