import NeuralNetwork

/// A reconciliation of forecasts of series with forecasts of their sums, so that they add up.
///
/// ```swift
/// let sums = try SeriesSums(of: history, groupings: [[], ["state"]])
/// let reconciliation = Reconciliation(sums, .minimumTrace(.structural(sums)))
/// let coherent = try reconciliation(forecast, sums: forecastOfSums)
/// ```
///
/// The map is linear, except for ``keepsNonnegative`` and the proportions of ``Method/topDown(_:)``.
/// Sample paths that are reconciled one by one give the quantiles of every level.
public struct Reconciliation: Sendable {
  /// The forecasts that the reconciled ones follow.
  public enum Method: Sendable {
    /// The series stay as they are, and sums are added up.
    case bottomUp
    /// The sums in a range, in which each series occurs once, stay as they are, and series are
    /// multiplied to fit them (Gross & Sohl 1990): top-down for the sum of all series, and middle-out
    /// for a level below it.
    case topDown(Range<Int>)
    /// All forecasts move, those with large errors most (Wickramasuriya et al. 2019).
    case minimumTrace(ErrorCovariance)
  }

  /// The sums.
  public let sums: SeriesSums
  /// A Boolean value that indicates whether negative series become 0 before they are added up (Di Fonzo
  /// & Girolimetto 2023).
  public var keepsNonnegative = false
  private let kind: Kind

  private enum Kind {
    case bottomUp
    case topDown(Range<Int>)
    case minimumTrace(MinimumTrace)
  }

  /// Creates a reconciliation. Stops the program if the sums of a top-down reconciliation don't contain
  /// each series once, or if a covariance has another number of rows than there are forecasts.
  public init(_ sums: SeriesSums, _ method: Method, keepsNonnegative: Bool = false) {
    self.sums = sums
    self.keepsNonnegative = keepsNonnegative
    switch method {
    case .bottomUp: kind = .bottomUp
    case .topDown(let range):
      let members = range.flatMap { sums.members[$0] }
      guard members.sorted() == Array(0..<sums.seriesCount) else {
        fatalError(
          "Reconciliation: expected each of \(sums.seriesCount) series once in the sums \(range), got "
            + "\(members.count) members")
      }
      kind = .topDown(range)
    case .minimumTrace(let covariance): kind = .minimumTrace(MinimumTrace(sums, covariance))
    }
  }

  /// Returns values of the series that fit those of the sums.
  ///
  /// - Parameters:
  ///   - series: The values of the series, row-major [N, C].
  ///   - values: The values of the sums, row-major [A, C].
  ///   - width: The number of columns, C: steps, or steps of several sample paths.
  /// - Returns: The reconciled values of the series, [N, C]. ``SeriesSums/sums(of:width:)`` adds them
  ///   up.
  public func reconciled(series: [Double], sums values: [Double], width: Int) -> [Double] {
    guard series.count == sums.seriesCount * width, values.count == sums.count * width else {
      fatalError(
        "Reconciliation: expected values of \(sums.seriesCount) series and \(sums.count) sums with "
          + "\(width) columns, got \(series.count) and \(values.count)")
    }
    let columns = parallelMap(width) { column in
      reconciled(
        series: stride(from: column, to: series.count, by: width).map { series[$0] },
        sums: stride(from: column, to: values.count, by: width).map { values[$0] })
    }
    return (0..<sums.seriesCount).flatMap { row in columns.map { $0[row] } }
  }

  private func reconciled(series: [Double], sums values: [Double]) -> [Double] {
    let result =
      switch kind {
      case .bottomUp: series
      case .topDown(let range): multiplied(series, toFit: values, in: range)
      case .minimumTrace(let minimumTrace): minimumTrace.reconciled(sums: values, series: series)
      }
    return keepsNonnegative ? result.map { max($0, 0) } : result
  }

  private func multiplied(
    _ series: [Double], toFit values: [Double], in range: Range<Int>
  ) -> [Double] {
    var result = series
    for sum in range {
      let members = sums.members[sum]
      let total = members.reduce(0) { $0 + series[$1] }
      for member in members {
        result[member] =
          total == 0 ? values[sum] / Double(members.count) : series[member] * values[sum] / total
      }
    }
    return result
  }

  /// Returns coherent forecasts of the series and of the sums, without quantiles.
  ///
  /// - Parameters:
  ///   - forecast: The forecast of the series, in their order.
  ///   - forecastOfSums: The forecast of the sums for the same steps, in their order. Stops the program
  ///     otherwise.
  public func callAsFunction(
    _ forecast: Forecast, sums forecastOfSums: Forecast
  ) throws(ForecastError) -> (series: Forecast, sums: Forecast) {
    guard forecast.calendar == forecastOfSums.calendar else {
      fatalError(
        "Reconciliation: expected forecasts of the same steps, got \(forecast.horizon) from "
          + "\(forecast.calendar.start) and \(forecastOfSums.horizon) from "
          + "\(forecastOfSums.calendar.start)")
    }
    let width = forecast.horizon
    let values = reconciled(series: forecast.values, sums: forecastOfSums.values, width: width)
    return (
      try Forecast(
        ids: forecast.ids, calendar: forecast.calendar, values: values,
        fallbacks: forecast.fallbacks),
      try Forecast(
        ids: forecastOfSums.ids, calendar: forecast.calendar,
        values: sums.sums(of: values, width: width))
    )
  }
}
