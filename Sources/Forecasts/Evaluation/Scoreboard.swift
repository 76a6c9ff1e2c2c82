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
    add(model, evaluation.overall)
  }

  /// Adds the scores of a model.
  public mutating func add(_ model: String, _ scores: Scores) {
    rows.append(Row(model: model, scores: scores))
  }
}

extension Scoreboard: CustomStringConvertible {
  /// An aligned table for a terminal, without a newline at its end.
  public var description: String {
    let metrics = Metric.all(for: rows.map(\.scores), detail: .summary)
    return TextTable(
      [["Model"] + metrics.map(\.name)]
        + rows.map { row in [row.model] + metrics.map { $0.text(of: row.scores) } }
    ).description
  }
}
