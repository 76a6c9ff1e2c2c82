import NeuralNetwork

/// A reconciliation of forecasts of series with forecasts of their sums, so that they add up.
///
/// ```swift
/// let sums = try SeriesSums(of: history, groupings: [[], ["state"]])
/// let reconciliation = Reconciliation(sums, .minimumTrace(.structural(sums)))
/// let coherent = try reconciliation(forecast, sums: forecastOfSums)
/// ```
///
/// The map is linear, except for ``keepsNonnegative`` and shares of forecasts
/// (``TopDownShares/ofForecasts(_:through:)``). ``CoherentPaths`` are reconciled one by one, and give the
/// quantiles of every level.
public struct Reconciliation: Sendable {
  /// The forecasts that the reconciled ones follow.
  public enum Method: Sendable {
    /// The series stay as they are, and sums are added up.
    case bottomUp
    /// Some sums, in which each series occurs once, stay as they are and are divided among their
    /// series: top-down for the sum of all series, and middle-out for a level below it.
    case topDown(TopDownShares)
    /// All forecasts move, those with large errors most (Wickramasuriya et al. 2019).
    case minimumTrace(ErrorCovariance)
  }

  /// The sums.
  public let sums: SeriesSums
  /// A Boolean value that indicates whether negative series become 0 before they are added up (Di Fonzo
  /// & Girolimetto 2023).
  ///
  /// The forecasts then add up, but aren't the closest nonnegative ones, as those of a quadratic program
  /// would be (Wickramasuriya, Turlach & Hyndman 2020). Sums are higher by what was removed.
  public var keepsNonnegative = false
  private let kind: Kind

  private enum Kind {
    case bottomUp
    case topDown(TopDown)
    case minimumTrace(MinimumTrace)
  }

  /// Creates a reconciliation. Stops the program if the sums of a top-down reconciliation don't contain
  /// each series once, or if a covariance has another number of rows than there are forecasts.
  public init(_ sums: SeriesSums, _ method: Method, keepsNonnegative: Bool = false) {
    self.sums = sums
    self.keepsNonnegative = keepsNonnegative
    switch method {
    case .bottomUp: kind = .bottomUp
    case .topDown(let shares): kind = .topDown(TopDown(sums, shares))
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
    let result =
      switch kind {
      case .bottomUp: series
      case .topDown(let topDown):
        Self.eachColumn(series, values, width) { topDown.reconciled(sums: $1, series: $0) }
      case .minimumTrace(let minimumTrace):
        minimumTrace.reconciled(sums: values, series: series, width: width)
      }
    return keepsNonnegative ? result.map { max($0, 0) } : result
  }

  /// A Boolean value that indicates whether a reconciled sum of forecasts is the sum of the reconciled
  /// forecasts, unless ``keepsNonnegative`` changes them.
  var isLinear: Bool {
    switch kind {
    case .bottomUp, .minimumTrace: true
    case .topDown(let topDown): topDown.isLinear
    }
  }

  private static func eachColumn(
    _ series: [Double], _ values: [Double], _ width: Int,
    _ reconciled: @Sendable (_ series: [Double], _ sums: [Double]) -> [Double]
  ) -> [Double] {
    let columns = parallelMap(width) { column in
      reconciled(series.column(column, of: width), values.column(column, of: width))
    }
    return series.indices.map { columns[$0 % width][$0 / width] }
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

extension [Double] {
  /// Returns a column of a row-major matrix of a width.
  func column(_ column: Int, of width: Int) -> [Double] {
    stride(from: column, to: count, by: width).map { self[$0] }
  }
}
