/// The forecast of a season.
public struct SeasonResults: Sendable {
  /// The season.
  public let season: Season
  /// The place of the season relative to the history.
  public let span: SeasonSpan
  /// The levels of the interval of each sum.
  public let intervalLevels: ClosedRange<Double>
  /// The history that the forecast was made from.
  public let history: Panel
  /// The name of the model of the series.
  public let model: String
  /// The forecast of the steps of the season, for each series, as means.
  public let forecast: Forecast
  /// The forecast of the sum of all series at each step, with quantiles at the interval's levels.
  public let total: Forecast
  /// The levels: the total, each column of categories, and the series.
  public internal(set) var levels: [SeasonLevel]
  /// The ids of the series without an observed value in the window of a model, which are left out.
  public let leftOut: [String]

  /// The row of the sum of all series.
  public var totalRow: SeasonRow { levels[0].rows[0] }
  /// The rows of the series, in the order of the history.
  public var seriesRows: [SeasonRow] { levels[levels.count - 1].rows }
  /// The levels of categories.
  public var categoryLevels: ArraySlice<SeasonLevel> { levels[1..<levels.count - 1] }

  /// Returns the series whose sales rise most over those of the last steps, the largest rise first: the
  /// items to stock up.
  ///
  /// - Parameter count: The largest number of rows.
  public func largestRises(_ count: Int) -> [SeasonRow] {
    let rising = seriesRows.enumerated().filter { $0.element.rise > 0 }
    return rising.sorted { ($1.element.rise, $0.offset) < ($0.element.rise, $1.offset) }
      .prefix(count).map(\.element)
  }
}
