/// The scores of several models on the same days, a row for each.
public struct Scoreboard: Sendable, Equatable {
  /// One model's row.
  public struct Row: Sendable, Equatable {
    public let model: String
    public let scores: Scores
  }

  /// The rows, in the order they are to be shown.
  public private(set) var rows: [Row] = []

  public init() {}

  /// Adds a model's overall scores.
  public mutating func add(_ model: String, _ evaluation: Evaluation) {
    rows.append(Row(model: model, scores: evaluation.overall))
  }

  /// The names of the columns of scores.
  public static let columns = ["MAE", "RMSE", "WAPE", "MASE", "RMSSE", "sMAPE", "Bias"]

  /// The cells of a row as text, in the order of `columns`; what is undefined is a dash.
  public static func cells(of scores: Scores) -> [String] {
    [
      text(scores.mae, 3), text(scores.rmse, 3), percentage(scores.wape), text(scores.mase, 4),
      text(scores.rmsse, 4), percentage(scores.smape), text(scores.bias, 3),
    ]
  }

  private static func text(_ value: Double?, _ decimals: Int) -> String {
    value.map { $0.fixed(decimals, leastDigits: 2) } ?? "–"
  }

  private static func percentage(_ value: Double?) -> String {
    value.map { ($0 * 100).fixed(2, leastDigits: 2) + " %" } ?? "–"
  }
}

extension Scoreboard: CustomStringConvertible {
  /// An aligned table for a terminal, without a line break at its end.
  public var description: String {
    let table =
      [["Model"] + Self.columns] + rows.map { [$0.model] + Self.cells(of: $0.scores) }
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
