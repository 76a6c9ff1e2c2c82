import Forecasting

/// The trials of a study as a table: a row for each trial.
public struct TrialTable: Sendable {
  private let study: StudyResults

  /// Creates a table.
  public init(_ study: StudyResults) { self.study = study }

  /// Returns the table as CSV by RFC 4180, with LF line ends: the number and the state of each trial, its
  /// values, its score at each rung, the time of its evaluations in seconds, and its error.
  ///
  /// A field is empty if there is no value. Numbers have as many digits as it takes to read the same number
  /// back.
  public func csv() -> String {
    let names = study.space.dimensions.map(\.name)
    let scores = study.resources.indices.map { "score-\($0 + 1)" }
    var rows = [["trial", "state"] + names + scores + ["seconds", "error"]]
    for trial in study.trials {
      let (state, error) = trial.texts
      rows.append(
        ["\(trial.number)", state] + names.map { trial.values[$0]?.field ?? "" }
          + study.resources.indices.map { trial.scores[$0]?.plainDecimal ?? "" }
          + [trial.seconds.plainDecimal, error])
    }
    return rows.map { $0.map(csvField).joined(separator: ",") + "\n" }.joined()
  }
}

extension Trial {
  fileprivate var texts: (state: String, error: String) {
    switch state {
    case .stopped: ("stopped", "")
    case .complete: ("complete", "")
    case .failed(let error): ("failed", error)
    }
  }
}

extension ParameterValue {
  /// The value as a field of a table.
  fileprivate var field: String {
    switch self {
    case .category(let name): name
    case .number(let number): Int(exactly: number).map(String.init) ?? number.plainDecimal
    }
  }
}
