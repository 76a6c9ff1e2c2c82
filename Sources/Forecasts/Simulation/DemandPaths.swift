import Tensor

/// Equally likely courses of the sales of all N series over H steps, S of them.
///
/// Unlike those of ``ForecastPaths``, paths of different series are coupled: the first path of one series
/// belongs to the first path of all others, so paths can be added over series and over steps.
public struct DemandPaths: Sendable {
  private let forecast: Forecast
  /// The values of each path, S × `[N, H]`.
  private let values: [[Float]]

  init(_ forecast: Forecast, values: [[Float]]) {
    (self.forecast, self.values) = (forecast, values)
  }

  /// The number of paths, S.
  public var count: Int { values.count }

  /// The ids of the series, [N].
  public var ids: [String] { forecast.ids }

  /// The calendar of the H steps.
  public var calendar: RegularCalendar { forecast.calendar }

  /// Returns the H values of a path of a series. Stops the program if an index is out of its range.
  public func values(of series: Int, path: Int) -> [Double] {
    guard ids.indices.contains(series), (0..<count).contains(path) else {
      fatalError(
        "DemandPaths.values: expected a series in 0..<\(ids.count) and a path in 0..<\(count), got "
          + "\(series) and \(path)")
    }
    let first = series * forecast.horizon
    return values[path][first..<first + forecast.horizon].map(Double.init)
  }

  /// Returns the forecast of the series with the quantiles of the paths.
  ///
  /// - Parameter quantileLevels: The levels, ascending between 0 and 1.
  public func forecast(quantileLevels: [Double]) throws(ForecastError) -> Forecast {
    try forecast(
      ofSums: ids.indices.map { [$0] }, ids: ids, quantileLevels: quantileLevels)
  }

  /// Returns the forecast of sums of the series, which are added up, with the quantiles of the paths' sums.
  ///
  /// - Parameters:
  ///   - aggregation: The sums, from the panel that the forecast is of.
  ///   - quantileLevels: The levels, ascending between 0 and 1.
  public func forecast(
    of aggregation: Aggregation, quantileLevels: [Double]
  ) throws(ForecastError) -> Forecast {
    try forecast(
      ofSums: aggregation.members, ids: aggregation.panel.ids, quantileLevels: quantileLevels)
  }

  /// Returns the forecasts of the levels of a hierarchy, and last of the series, whose quantiles fit
  /// together: they are those of the same paths.
  ///
  /// - Parameters:
  ///   - groupings: For each level, the static columns of categories that the members of a sum share, or
  ///     none for the sum of all series; see ``Hierarchy``.
  ///   - panel: The panel that the forecast is of.
  ///   - quantileLevels: The levels of the quantiles, ascending between 0 and 1.
  /// - Throws: `CovariateError` if a column doesn't exist or contains numbers.
  public func levels(
    _ groupings: [[String]], of panel: Panel, quantileLevels: [Double]
  ) throws -> [LevelForecasts.Level] {
    try groupings.map { grouping in
      LevelForecasts.Level(
        name: Hierarchy.name(of: grouping),
        forecast: try forecast(
          of: panel.aggregated(by: grouping), quantileLevels: quantileLevels))
    } + [
      LevelForecasts.Level(
        name: Hierarchy.seriesLevel, forecast: try forecast(quantileLevels: quantileLevels))
    ]
  }

  private func forecast(
    ofSums members: [[Int]], ids: [String], quantileLevels: [Double]
  ) throws(ForecastError) -> Forecast {
    let horizon = forecast.horizon
    let rows = parallelMap(members.count) { row -> (means: [Double], quantiles: [Double]) in
      let cells = members[row].map { $0 * horizon }
      var (means, quantiles) = ([Double](), [Double]())
      for step in 0..<horizon {
        means.append(cells.reduce(0) { $0 + forecast.values[$1 + step] })
        let sums = values.map { path in cells.reduce(0) { $0 + Double(path[$1 + step]) } }
        quantiles += sums.sorted().sampleQuantiles(quantileLevels)
      }
      return (means, quantiles)
    }
    return try Forecast(
      ids: ids, calendar: calendar, values: rows.flatMap(\.means),
      quantiles: Quantiles(levels: quantileLevels, values: rows.flatMap(\.quantiles)))
  }
}
