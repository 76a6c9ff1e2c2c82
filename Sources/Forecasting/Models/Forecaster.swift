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

  /// Forecasts the `horizon` steps that follow the calendar of `history`, for each of its series.
  ///
  /// A horizon below 1 stops the program.
  ///
  /// - Throws: A `ForecastError` where a series has not enough history.
  func forecast(from history: Panel, horizon: Int) throws -> Forecast
}
