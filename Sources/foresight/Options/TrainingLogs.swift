import Forecasting
import Foundation
import Synchronization
import TensorBoard

/// The logs of a run's trainings in the directory that `--tensorboard` names: `run-1/final/lstm`, or
/// `run-2/…` if there are logs of an earlier run.
///
/// The directory of a run is created when its first training begins.
final class TrainingLogs: Sendable {
  private let directory: String
  private let run = Mutex<String?>(nil)

  /// Checks that logs can be written.
  ///
  /// - Throws: An `EventFileError` if not.
  init(in directory: String) throws(EventFileError) {
    self.directory = directory
    try EventDirectory.check(directory)
  }

  /// Returns a function that creates the log of a training.
  ///
  /// - Parameter folder: A function that returns the name of a training among those of the same
  ///   network, such as `final`.
  func observation(
    _ folder: @escaping @Sendable (NetworkFit) -> String = { "until-\($0.lastStep)" }
  ) -> NetworkObservation {
    { fit in
      let network =
        fit.architecture.lowercased() + (fit.member > 0 ? "-member-\(fit.member + 1)" : "")
      let name = [folder(fit), network].map(Self.fileName).joined(separator: "/")
      let log = try TrainingLog(
        directory: EventDirectory.makeNew("\(try self.runDirectory())/\(name)"))
      try log.writer.addText(
        "network",
        "\(MarkdownTable(["", ""], fit.settings.map { [$0.name, $0.value] }))")
      return log
    }
  }

  /// Returns a function that creates the logs of a run, whose trainings are named by their purpose:
  /// `evaluation` (on all but the held-out steps), `final` (on all steps), and `weights` or `calibration`
  /// (on earlier steps, for the weights of the combination or for quantiles).
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - panel: The panel of the run.
  ///   - prefix: A prefix of all names.
  func observation(
    of run: ForecastRun, on panel: Panel, prefix: String = ""
  ) -> NetworkObservation {
    let calendar = panel.calendar
    let last = calendar.label(at: calendar.count - 1)
    let lastOfHistory = calendar.label(at: max(calendar.count - 1 - run.horizon, 0))
    let earlier = run.quantileLevels.isEmpty ? "weights" : "calibration"
    return observation { fit in
      switch fit.lastStep {
      case last: prefix + "final"
      case lastOfHistory: prefix + "evaluation"
      default: prefix + earlier
      }
    }
  }

  /// Returns the directory of the run, which no earlier run has.
  private func runDirectory() throws(EventFileError) -> String {
    try run.withLock { (run: inout String?) throws(EventFileError) in
      if let run { return run }
      let new = try EventDirectory.makeNew(directory + "/run", isNumbered: true)
      run = new
      return new
    }
  }

  /// Returns a text with hyphens in place of the characters that are special in paths.
  private static func fileName(_ text: String) -> String {
    String(text.map { $0.isLetter || $0.isNumber || $0 == "." ? $0 : "-" })
  }
}

extension NetworkFit {
  /// The label of the last step that the network is trained on.
  var lastStep: String { calendar.label(at: calendar.count - 1) }
}
