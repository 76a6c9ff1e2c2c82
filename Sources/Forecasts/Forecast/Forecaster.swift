import NeuralNetwork

/// A forecasting method, configured but not yet fitted.
///
/// Fitting returns another type, which can forecast. An unfitted forecaster has no function that
/// returns a forecast.
public protocol Forecaster: Sendable {
  /// The type of the fitted forecaster.
  associatedtype Fitted: FittedForecaster

  /// Fits the forecaster to all of the panel.
  ///
  /// - Throws: A `ForecastError`, or an error of the model, if it can't learn from the panel.
  func fit(_ panel: Panel) throws -> Fitted

  /// Returns the number of last steps of the history of which at least one must be observed, for a
  /// model that is fitted to the panel, or nil for all steps.
  func lookback(for panel: Panel) -> Int?

  /// Returns the forecaster with a limit on the time of its training, or nil if that time doesn't depend
  /// on a limit.
  func limited(to time: Duration) -> Self?
}

extension Forecaster {
  public func lookback(for panel: Panel) -> Int? { nil }
  public func limited(to time: Duration) -> Self? { nil }

  /// Returns the forecaster fitted to a panel without the zeros of closed steps, which forecasts don't see
  /// either.
  package func fitted(to panel: Panel) throws -> Fitted { try fit(panel.leavingOutClosedZeros()) }
}

/// A fitted forecasting method.
///
/// It contains what it learned, but no history. A forecast starts where the panel passed to it
/// ends, which may be the panel that it was fitted to, a later version of it, or another shop's
/// panel.
public protocol FittedForecaster: Sendable {
  /// The name of the model in tables and pages, such as `Seasonal naive`.
  var name: String { get }

  /// The number of last steps of the history of which at least one must be observed, or nil for all
  /// steps.
  var lookback: Int? { get }

  /// The reason why training ended, or nil if the model isn't trained or doesn't know.
  var trainingEnd: TrainingEnd? { get }

  /// The number of separately trained models whose mean the forecasts are: 1 unless the model is an
  /// ensemble.
  var memberCount: Int { get }

  /// Forecasts the demand in the `horizon` steps that follow the calendar of `history`, for each of
  /// its series, as if the shop were always open and all series were on sale.
  ///
  /// Don't call this function directly; call ``forecast(from:horizon:)``. Stops the program if the
  /// horizon is less than 1.
  ///
  /// - Throws: A `ForecastError` if a series doesn't have enough history.
  func demand(from history: Panel, horizon: Int) throws -> Forecast
}

extension FittedForecaster {
  public var lookback: Int? { nil }
  public var trainingEnd: TrainingEnd? { nil }
  public var memberCount: Int { 1 }

  /// Forecasts the `horizon` steps that follow the calendar of `history`, for each of its series.
  ///
  /// The forecast is 0 at steps when the shop or a series is closed (see ``Panel/closing`` and
  /// ``Panel/closingValues``), and the model does not see zeros at such steps. It is also 0 for
  /// series that are no longer on sale (see ``Panel/isOnSale(_:)``), for which the model isn't
  /// called. Stops the program if the horizon is less than 1.
  ///
  /// - Throws: A `ForecastError` if a series doesn't have enough history.
  public func forecast(from history: Panel, horizon: Int) throws -> Forecast {
    let onSale = history.onSale
    guard !onSale.isEmpty else {
      return try Forecast(
        ids: history.ids, calendar: history.calendar(ofNext: horizon),
        values: Array(repeating: 0, count: history.seriesCount * horizon))
    }
    let isAll = onSale.count == history.seriesCount
    let demand = try demand(
      from: (isAll ? history : history.selecting(onSale)).leavingOutClosedZeros(), horizon: horizon)
    return (isAll ? demand : demand.spread(over: history.ids, at: onSale))
      .withoutSales(closedBy: history)
  }
}

extension Forecast {
  /// Returns the forecast with 0 where the shop or a series of a panel with the same series is closed, and for
  /// series that are no longer on sale. The forecast starts where the panel ends.
  package func withoutSales(closedBy history: Panel) -> Forecast {
    let end = history.calendar.count
    let steps = ClosedSteps(of: history, over: end..<end + horizon)
    let closed = ids.indices.map(steps.marks)
    let ended = ids.indices.map { !history.isOnSale($0) }
    return zeroed { series, step in ended[series] || closed[series][step] }
  }
}

/// A model that can be saved to a file.
public protocol SavableForecaster: FittedForecaster {
  /// Writes the model to a safetensors file.
  ///
  /// - Throws: `SafetensorsError` if the file can't be written.
  func write(to path: String) throws
}
