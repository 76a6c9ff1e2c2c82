import Forecasting

/// The results of `foresight simulate`.
struct SimulationResults {
  /// The name of the model of the forecasts.
  let model: String
  /// The forecasts of all levels, with quantiles.
  let levels: [LevelForecasts.Level]
  /// The scores, or nil if the sales end before the forecasts do.
  let evaluation: Evaluation?
}

/// The levels of a simulation and the scores of their quantiles, as lines to print.
struct SimulationReport: CustomStringConvertible {
  private let results: SimulationResults
  private let pastCount: Int
  private let paths: Int

  init(_ results: SimulationResults, pastCount: Int, paths: Int) {
    (self.results, self.pastCount, self.paths) = (results, pastCount, paths)
  }

  var description: String {
    let levels = results.levels.map { "\($0.name) (\($0.forecast.ids.count))" }
    let basis =
      "\(results.model): \(paths.counted("path")) of all series, from the errors of "
      + "\(pastCount.counted("past window"))\nlevels: \(levels.joined(separator: ", "))"
    guard let evaluation = results.evaluation else { return basis }
    let notes = evaluation.notes.map { "\n\n\($0)" }.joined()
    return "\(basis)\n\n\(table(of: evaluation))\(notes)"
  }

  /// A table with the scores of each level, and the share of values within each central interval.
  private func table(of evaluation: Evaluation) -> TextTable {
    let coverages = evaluation.overall.coverages
    let loss = Metric.weightedScaledPinball
    let rows = evaluation.levels.map { level in
      [level.name, loss.text(of: level.scores)]
        + coverages.map { nominal in
          level.scores.coverage(of: nominal).map { ($0 * 100).fixed(1) + " %" } ?? "–"
        }
    }
    return TextTable(
      [["Level", loss.name] + coverages.map { "Within \(($0 * 100).fixed(0)) %" }] + rows
        + [["Mean", loss.text(of: evaluation.overall)] + coverages.map { _ in "" }])
  }
}

/// The results of `foresight simulate` as JSON.
struct SimulationSummary: Encodable {
  let model: String
  let steps: StepExtent
  let levels: [Level]
  /// The scores by metric, or nil if the sales end before the forecasts do.
  let scores: [String: Double]?

  struct Level: Encodable {
    let level: String
    /// The number of sums, or of series.
    let count: Int
    let scores: [String: Double]?
  }

  init(_ results: SimulationResults) {
    model = results.model
    steps = StepExtent(results.levels[0].forecast.calendar)
    levels = results.levels.map { level in
      Level(
        level: level.name, count: level.forecast.ids.count,
        scores: results.evaluation?.levels.first { $0.name == level.name }?.scores.byName)
    }
    scores = results.evaluation?.overall.byName
  }
}
