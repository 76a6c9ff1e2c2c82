import Forecasting

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
