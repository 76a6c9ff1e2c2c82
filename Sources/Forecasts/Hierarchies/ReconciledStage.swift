/// The base forecasts of all levels from one origin, and the errors of earlier ones.
struct ReconciledStage {
  /// The sums of all levels but that of the series.
  let sums: SeriesSums
  /// The sums of each level.
  let levels: [Range<Int>]
  /// The base forecasts of each level, and last of the series.
  let forecasts: [Forecast]
  /// The histories that they were made from.
  let histories: [Panel]
  /// Errors of earlier forecasts, [n][T], sums before series, or none.
  let errors: [[Double]]
  /// The closed days among the T steps of the errors.
  let closedErrors: [Bool]

  /// Returns the reconciled forecasts of each level, and last of the series.
  ///
  /// A series that is no longer on sale stays 0, and sums don't contain it. Nothing is sold on closed
  /// days. Negative forecasts become 0 if the history has no negative value.
  ///
  /// - Parameters:
  ///   - method: The method.
  ///   - middle: The place of the level from which a middle-out reconciliation starts, among the nested
  ///     ones.
  ///   - quantileLevels: The levels of the quantiles, or none.
  func reconciled(
    by method: ReconciliationMethod, middle: Int, quantileLevels: [Double]
  ) throws(ForecastError) -> [Forecast] {
    let history = histories.last!
    let onSale = history.onSale
    let kept = sums.selecting(onSale)
    let rows = Array(0..<sums.count) + onSale.map { sums.count + $0 }
    let horizon = forecasts[0].horizon
    let base = forecasts.flatMap(\.values)
    let ofSums = Array(base[..<(sums.count * horizon)])
    let ofSeries = onSale.flatMap { forecasts.last!.values(at: $0) }
    let errors = rows.flatMap { self.errors.isEmpty ? [] : self.errors[$0] }
    let reconciliation = Reconciliation(
      kept, self.method(method, of: kept, onSale, errors, middle: middle),
      keepsNonnegative: history.eachSeries.allSatisfy(\.isNeverNegative))
    let values = reconciliation.allReconciled(series: ofSeries, sums: ofSums, width: horizon)
    var quantiles: [Double] = []
    if !quantileLevels.isEmpty {
      quantiles = self.quantiles(
        reconciliation, series: ofSeries, sums: ofSums, spreadErrors(rows), levels: quantileLevels)
    }
    return try forecasts.indices.map { place throws(ForecastError) in
      let isSeries = place == levels.count
      let range = isSeries ? kept.count..<rows.count : levels[place]
      let forecast = forecasts[place]
      let width = horizon * quantileLevels.count
      let found = try Forecast(
        ids: isSeries ? onSale.map { forecast.ids[$0] } : forecast.ids, calendar: forecast.calendar,
        values: Array(values[range.lowerBound * horizon..<range.upperBound * horizon]),
        quantiles: quantiles.isEmpty
          ? nil
          : Quantiles(
            levels: quantileLevels,
            values: Array(quantiles[range.lowerBound * width..<range.upperBound * width])))
      return (isSeries ? found.spread(over: forecast.ids, at: onSale) : found)
        .withoutSales(closedBy: histories[place])
    }
  }

  /// Returns the errors of rows, spread as the quantiles of a few windows must be, [rows, T].
  private func spreadErrors(_ rows: [Int]) -> [Double] {
    let horizon = forecasts[0].horizon
    let windows = stride(from: 0, to: closedErrors.count, by: horizon).map { first in
      (first..<first + horizon).filter { !closedErrors[$0] }
    }
    let spread = ErrorSpread(
      errors, levels: levels + [sums.count..<sums.count + sums.seriesCount], windows: windows)
    return rows.flatMap { spread.applied(to: errors[$0]) }
  }

  private func method(
    _ method: ReconciliationMethod, of sums: SeriesSums, _ onSale: [Int], _ errors: [Double],
    middle: Int
  ) -> Reconciliation.Method {
    let nested = self.sums.nestedLevels(levels)
    func history() -> [Double] { histories.last!.selecting(onSale).observedValues() }
    switch method {
    case .bottomUp: return .bottomUp
    case .topDown:
      return .topDown(.ofForecasts(nested[0], through: Array(nested.dropFirst())))
    case .averageProportions:
      return .topDown(.averageProportions(nested[0], of: sums, history: history()))
    case .proportionsOfAverages:
      return .topDown(.proportionsOfAverages(nested[0], of: sums, history: history()))
    case .middleOut:
      return .topDown(.ofForecasts(nested[middle], through: Array(nested.dropFirst(middle + 1))))
    case .ols: return .minimumTrace(.identity(sums))
    case .wlsStructural: return .minimumTrace(.structural(sums))
    case .wlsVariance: return .minimumTrace(.variances(errors, count: closedErrors.count))
    case .mintShrinkage: return .minimumTrace(.shrinkage(errors, count: closedErrors.count))
    }
  }

  /// Returns quantiles of all rows, [rows, H, Q], from errors of open days alone. Those of closed days are
  /// 0.
  private func quantiles(
    _ reconciliation: Reconciliation, series: [Double], sums: [Double], _ errors: [Double],
    levels: [Double]
  ) -> [Double] {
    let history = histories.last!
    let calendar = forecasts[0].calendar
    let open = (0..<calendar.count).filter { !history.closing.isClosed($0, of: calendar) }
    let steps = closedErrors.indices.filter { !closedErrors[$0] }
    let rowCount = reconciliation.sums.count + reconciliation.sums.seriesCount
    guard !open.isEmpty, steps.count >= open.count else {
      return Array(repeating: 0, count: rowCount * calendar.count * levels.count)
    }
    let paths = CoherentPaths(
      reconciliation, series: series.columns(open, of: calendar.count),
      sums: sums.columns(open, of: calendar.count), horizon: open.count,
      errors: errors.columns(steps, of: closedErrors.count))
    let found = paths.quantiles(levels).values
    let lowest = reconciliation.keepsNonnegative ? 0 : -Double.infinity
    var result = [Double](repeating: 0, count: rowCount * calendar.count * levels.count)
    for row in 0..<rowCount {
      for (place, step) in open.enumerated() {
        for level in levels.indices {
          result[(row * calendar.count + step) * levels.count + level] =
            max(found[(row * open.count + place) * levels.count + level], lowest)
        }
      }
    }
    return result
  }
}

extension [Double] {
  /// Returns some columns of a row-major matrix of a width.
  fileprivate func columns(_ columns: [Int], of width: Int) -> [Double] {
    guard columns.count < width else { return self }
    return stride(from: 0, to: count, by: width).flatMap { first in
      columns.map { self[first + $0] }
    }
  }
}
