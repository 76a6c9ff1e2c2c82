/// The forecast of the sum of a season, for all series together, a category, or a single series.
public struct SeasonRow: Sendable, Hashable {
  /// The id of the series, the name of the category, or `Total`.
  public let id: String
  /// The expected sum, in units of the target.
  public let forecast: Double
  /// The interval of the sum at the levels of the run.
  public let interval: ClosedRange<Double>
  /// The sum of the season of last year, or nil if it wasn't recorded.
  public let lastYear: Double?
  /// The sum over the last steps before the forecast, as many as the season has.
  public let recent: Double
  /// The actual sum, or nil if it is unknown.
  public internal(set) var actual: Double?

  /// The expected growth over last year, such as 0.08 for 8 %, or nil if nothing was sold last year.
  public var growth: Double? { growth(of: forecast) }

  /// The interval of the growth, or nil if nothing was sold last year.
  public var growthInterval: ClosedRange<Double>? {
    guard let low = growth(of: interval.lowerBound), let high = growth(of: interval.upperBound)
    else {
      return nil
    }
    return low...high
  }

  /// The actual growth over last year, or nil if it is unknown.
  public var actualGrowth: Double? { actual.flatMap(growth(of:)) }

  /// The expected sum beyond that of the last steps.
  public var rise: Double { forecast - recent }

  private func growth(of sum: Double) -> Double? {
    lastYear.flatMap { $0 > 0 ? sum / $0 - 1 : nil }
  }
}
