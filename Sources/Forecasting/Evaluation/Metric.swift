/// A measure of the errors of a forecast: its name, definition, direction, formula, and format.
///
/// Tables, pages, and files show ``all`` metrics, in this order.
public struct Metric: Sendable {
  /// The direction in which values are better.
  public enum Direction: Sendable {
    /// Lower values are better.
    case lower
    /// Values nearer to 0 are better.
    case nearerToZero
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

  let format: Format
  private let formula: @Sendable (Scores) -> Double?
  private let words: @Sendable (_ unit: String, _ season: String) -> String

  init(
    _ name: String, _ format: Format, direction: Direction = .lower,
    formula: @escaping @Sendable (Scores) -> Double?,
    words: @escaping @Sendable (_ unit: String, _ season: String) -> String
  ) {
    self.name = name
    self.direction = direction
    self.format = format
    self.formula = formula
    self.words = words
  }

  /// Returns the value of the metric, or nil if it is undefined.
  public func value(of scores: Scores) -> Double? { formula(scores) }

  /// Returns the formatted value, or a dash if it is undefined.
  public func text(of scores: Scores) -> String {
    guard let value = value(of: scores) else { return "–" }
    switch format {
    case .number(let decimals): return value.fixed(decimals, leastDigits: 2)
    case .percentage: return (value * 100).fixed(2, leastDigits: 2) + " %"
    }
  }

  /// Returns the indices of the best scores, which are none if there is nothing to compare.
  public func best(of scores: [Scores]) -> Set<Int> {
    let costs = scores.map { value(of: $0).map { direction == .lower ? $0 : abs($0) } }
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
  /// All metrics, in the order in which they are shown.
  public static let all: [Metric] = [.mae, .rmse, .wape, .mase, .rmsse, .smape, .bias]

  /// The metric for ``Scores/mae``.
  public static let mae = Metric("MAE", .number(decimals: 3), formula: { $0.mae }) { unit, _ in
    "mean absolute error, in \(unit)"
  }

  /// The metric for ``Scores/rmse``.
  public static let rmse = Metric("RMSE", .number(decimals: 3), formula: { $0.rmse }) { unit, _ in
    "root mean squared error, in \(unit)"
  }

  /// The metric for ``Scores/wape``.
  public static let wape = Metric("WAPE", .percentage, formula: { $0.wape }) { _, _ in
    "sum of absolute errors over the sum of actual values"
  }

  /// The metric for ``Scores/mase``.
  public static let mase = Metric("MASE", .number(decimals: 4), formula: { $0.mase }) { _, season in
    "mean absolute error over that of the seasonal naive forecast in the history, a season being "
      + "\(season); the mean of all series"
  }

  /// The metric for ``Scores/rmsse``.
  public static let rmsse = Metric("RMSSE", .number(decimals: 4), formula: { $0.rmsse }) { _, _ in
    "the same with squared errors, and a root"
  }

  /// The metric for ``Scores/smape``.
  public static let smape = Metric("sMAPE", .percentage, formula: { $0.smape }) { _, _ in
    "mean of |error| / (|forecast| + |actual|)"
  }

  /// The metric for ``Scores/bias``.
  public static let bias = Metric(
    "Bias", .number(decimals: 3), direction: .nearerToZero, formula: { $0.bias }
  ) { unit, _ in
    "mean of forecast − actual, in \(unit)"
  }
}
