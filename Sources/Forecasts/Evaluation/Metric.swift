/// A measure of the errors of a forecast: its name, definition, direction, formula, and format.
///
/// Tables, pages, and files show the metrics of ``all(for:detail:)``, in this order.
public struct Metric: Sendable {
  /// The direction in which values are better.
  public enum Direction: Sendable, Equatable {
    /// Lower values are better.
    case lower
    /// Values nearer to a number are better.
    case nearer(to: Double)
  }

  /// The kinds of tables, by the number of metrics that they show.
  public enum Detail: Int, Sendable, Comparable {
    /// A table on a terminal, with the main metrics.
    case summary
    /// A table on a page.
    case page
    /// A file, with all metrics.
    case file

    public static func < (left: Detail, right: Detail) -> Bool { left.rawValue < right.rawValue }
  }

  /// The format of values.
  enum Format: Sendable {
    /// A number with the given number of decimals.
    case number(decimals: Int)
    /// A percentage with two decimals.
    case percentage
  }

  /// The name in tables, such as `MASE`.
  public let name: String
  /// The direction in which values are better.
  public let direction: Direction
  /// The smallest table that shows the metric.
  public let detail: Detail

  let format: Format
  private let formula: @Sendable (Scores) -> Double?
  private let words: @Sendable (_ unit: String, _ season: String) -> String

  init(
    _ name: String, _ format: Format, direction: Direction = .lower, detail: Detail = .summary,
    formula: @escaping @Sendable (Scores) -> Double?,
    words: @escaping @Sendable (_ unit: String, _ season: String) -> String
  ) {
    self.name = name
    self.direction = direction
    self.detail = detail
    self.format = format
    self.formula = formula
    self.words = words
  }

  /// Returns the value of the metric, or nil if it is undefined.
  public func value(of scores: Scores) -> Double? { formula(scores) }

  /// Returns a number that is lower for better scores: the value, or its distance from the best
  /// value. It is nil if the metric is undefined.
  public func cost(of scores: Scores) -> Double? {
    value(of: scores).map { value in
      switch direction {
      case .lower: value
      case .nearer(let best): abs(value - best)
      }
    }
  }

  /// Returns the formatted value, or a dash if it is undefined.
  public func text(of scores: Scores) -> String { value(of: scores).map(text) ?? "–" }

  /// Returns the format of a value or of a difference between two values.
  public func text(_ value: Double) -> String {
    switch format {
    case .number(let decimals): value.fixed(decimals, leastDigits: 2)
    case .percentage: (value * 100).fixed(2, leastDigits: 2) + " %"
    }
  }

  /// Returns the indices of the best scores, which are none if there is nothing to compare.
  public func best(of scores: [Scores]) -> Set<Int> {
    let costs = scores.map(cost)
    guard scores.count > 1, let least = costs.compactMap({ $0 }).min() else { return [] }
    return Set(costs.indices.filter { costs[$0] == least })
  }

  /// Returns the definition in words.
  ///
  /// - Parameters:
  ///   - unit: The unit of the target, such as `units`.
  ///   - season: The season of the scaled errors, such as `7 days`.
  public func definition(unit: String, season: String) -> String { words(unit, season) }
}

extension Metric {
  /// Returns the metrics for a table of scores, in display order: ``points``, followed by those of
  /// ``quantiles(for:)`` and ``weighted`` for which at least one of the scores has a value.
  ///
  /// - Parameters:
  ///   - scores: The scores of the table.
  ///   - detail: The kind of the table.
  public static func all(for scores: [Scores], detail: Detail) -> [Metric] {
    let more = (quantiles(for: scores) + weighted).filter { metric in
      scores.contains { metric.value(of: $0) != nil }
    }
    return (points + more).filter { $0.detail <= detail }
  }

  /// Returns the metric that models with these scores are ranked by: ``rmsse``, or ``rmse`` if no
  /// series has a scale. A mean minimizes both.
  public static func ranking(_ scores: [Scores]) -> Metric {
    scores.contains { $0.rmsse != nil } ? .rmsse : .rmse
  }
}
