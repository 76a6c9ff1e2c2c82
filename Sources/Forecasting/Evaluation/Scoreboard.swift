/// The scores of several models on the same steps, one row for each model.
public struct Scoreboard: Sendable, Equatable {
  /// The row of one model.
  public struct Row: Sendable, Equatable {
    public let model: String
    public let scores: Scores
  }

  /// The rows, in display order.
  public private(set) var rows: [Row] = []

  public init() {}

  /// Adds a model's overall scores.
  public mutating func add(_ model: String, _ evaluation: Evaluation) {
    rows.append(Row(model: model, scores: evaluation.overall))
  }
}

extension Scoreboard: CustomStringConvertible {
  /// An aligned table for a terminal, without a newline at its end.
  public var description: String {
    let metrics = Metric.all
    let table =
      [["Model"] + metrics.map(\.name)]
      + rows.map { row in [row.model] + metrics.map { $0.text(of: row.scores) } }
    let widths = table[0].indices.map { column in table.map { $0[column].count }.max()! }
    let lines = table.map { row in
      row.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return column == 0 ? row[column] + padding : padding + row[column]
      }.joined(separator: "  ")
    }
    return lines.joined(separator: "\n")
  }
}
