/// Scores as a table: a row for each model, window, series, or the like.
public struct EvaluationTable: Sendable {
  private let header: [String]
  private let rows: [(keys: [String], scores: Scores)]
  private let metrics: [Metric]

  /// Creates a table.
  ///
  /// - Parameters:
  ///   - header: The names of the columns before the scores.
  ///   - rows: For each row, the texts of these columns, and the scores.
  ///   - metrics: The metrics, or nil for all for which one of the scores has a value.
  init(
    _ header: [String], _ rows: [(keys: [String], scores: Scores)], metrics: [Metric]? = nil
  ) {
    self.header = header
    self.rows = rows
    self.metrics = metrics ?? Metric.all(for: rows.map(\.scores), detail: .file)
  }

  /// Creates a table of the scores of models over all series and at each level of a hierarchy.
  ///
  /// - Parameter models: The models, with their scores. Stops the program if one has none.
  public init(levelsOf models: [ModelForecast]) {
    let rows = models.flatMap { model in
      guard let evaluation = model.evaluation else {
        fatalError("EvaluationTable: expected scores of \(model.name.debugDescription), got none")
      }
      return [(keys: [model.name, "overall"], scores: evaluation.overall)]
        + evaluation.levels.map { (keys: [model.name, $0.name], scores: $0.scores) }
    }
    self.init(["model", "level"], rows)
  }

  /// Returns the table as CSV according to RFC 4180, with LF line ends: the columns before the
  /// scores, the number of scored steps, and a column for each metric.
  ///
  /// A field is empty if its metric is undefined. Ratios aren't percentages. Numbers have as many
  /// digits as it takes to read the same number back.
  public func csv() -> String {
    var text = (header + ["steps"] + metrics.map(\.name)).map(csvField).joined(separator: ",")
    text += "\n"
    for row in rows {
      let values = metrics.map { $0.value(of: row.scores)?.plainDecimal ?? "" }
      text += (row.keys.map(csvField) + ["\(row.scores.count)"] + values).joined(separator: ",")
      text += "\n"
    }
    return text
  }
}
