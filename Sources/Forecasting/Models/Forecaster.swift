/// A way to forecast, configured and not yet fitted.
///
/// Fitting returns another type, which can forecast; nothing unfitted can be asked for a forecast.
public protocol Forecaster: Sendable {
  /// What fitting gives.
  associatedtype Fitted: FittedForecaster

  /// Fits to the panel, all of which is known at the time.
  ///
  /// - Throws: A `ForecastError`, or an error of the model's own, where the panel cannot be learnt
  ///   from.
  func fit(_ panel: Panel) throws -> Fitted
}

/// A way to forecast that has learnt what it needs.
///
/// It carries what was learnt, and no history: a forecast begins where the panel that it is asked
/// with ends, be that the panel it was fitted to, the same some weeks later, or another shop's.
public protocol FittedForecaster: Sendable {
  /// What tables and pages call the model, such as `Seasonal naive`.
  var name: String { get }

  /// Forecasts the demand of the `horizon` steps that follow the calendar of `history`, for each of its
  /// series, as if the shop were always open and all series on sale.
  ///
  /// Callers ask for ``forecast(from:horizon:)``. A horizon below 1 stops the program.
  ///
  /// - Throws: A `ForecastError` where a series does not have enough history.
  func demand(from history: Panel, horizon: Int) throws -> Forecast
}

extension FittedForecaster {
  /// Forecasts the `horizon` steps that follow the calendar of `history`, for each of its series.
  ///
  /// The forecast is 0 on days on which the shop is closed, by ``Panel/closing``, and for series that are
  /// not on sale any more, by ``Panel/isOnSale(_:)``; of these, the model is not asked. A horizon below 1
  /// stops the program.
  ///
  /// - Throws: A `ForecastError` where a series does not have enough history.
  public func forecast(from history: Panel, horizon: Int) throws -> Forecast {
    let calendar = history.calendar(ofNext: horizon)
    let onSale = history.onSale
    let isAll = onSale.count == history.seriesCount
    var values = [Double](repeating: 0, count: history.seriesCount * horizon)
    if !onSale.isEmpty {
      let demand = try demand(
        from: isAll ? history : history.selecting(onSale), horizon: horizon)
      for (place, index) in onSale.enumerated() {
        let first = index * horizon
        values.replaceSubrange(first..<first + horizon, with: demand.values(at: place))
      }
    }
    let forecast = try Forecast(ids: history.ids, calendar: calendar, values: values)
    return forecast.withoutSales(closedBy: history)
  }
}

extension Forecast {
  /// The forecast with 0 where the shop of a panel of the same series is closed, or a series is not on
  /// sale any more.
  func withoutSales(closedBy history: Panel) -> Forecast {
    let closed = (0..<horizon).filter { history.closing.isClosed($0, of: calendar) }
    let ended = ids.indices.filter { !history.isOnSale($0) }
    guard !closed.isEmpty || !ended.isEmpty else { return self }
    var values = values
    for index in ids.indices {
      for step in closed { values[index * horizon + step] = 0 }
    }
    for index in ended {
      for step in 0..<horizon { values[index * horizon + step] = 0 }
    }
    return Forecast(unchecked: ids, calendar: calendar, values: values)
  }
}
