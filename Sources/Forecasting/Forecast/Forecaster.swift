import NeuralNetwork

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

  /// Returns the number of steps before the end of history of which at least one must be observed, for a
  /// model that is fitted to the panel; nil for all steps.
  func lookback(for panel: Panel) -> Int?
}

extension Forecaster {
  public func lookback(for panel: Panel) -> Int? { nil }
}

/// A way to forecast that has learnt what it needs.
///
/// It carries what was learnt, and no history: a forecast begins where the panel that it is asked
/// with ends, be that the panel it was fitted to, the same some weeks later, or another shop's.
public protocol FittedForecaster: Sendable {
  /// What tables and pages call the model, such as `Seasonal naive`.
  var name: String { get }

  /// The number of steps before the end of history of which at least one must be observed; nil for all.
  var lookback: Int? { get }

  /// The reason why training ended; nil for a model that is not trained, or that does not know.
  var trainingEnd: TrainingEnd? { get }

  /// Forecasts the demand of the `horizon` steps that follow the calendar of `history`, for each of its
  /// series, as if the shop were always open and all series on sale.
  ///
  /// Callers ask for ``forecast(from:horizon:)``. A horizon below 1 stops the program.
  ///
  /// - Throws: A `ForecastError` where a series does not have enough history.
  func demand(from history: Panel, horizon: Int) throws -> Forecast
}

extension FittedForecaster {
  public var lookback: Int? { nil }
  public var trainingEnd: TrainingEnd? { nil }

  /// Forecasts the `horizon` steps that follow the calendar of `history`, for each of its series.
  ///
  /// The forecast is 0 on days on which the shop is closed, by ``Panel/closing``, and for series that are
  /// not on sale any more, by ``Panel/isOnSale(_:)``; of these, the model is not asked. A horizon below 1
  /// stops the program.
  ///
  /// - Throws: A `ForecastError` where a series does not have enough history.
  public func forecast(from history: Panel, horizon: Int) throws -> Forecast {
    let onSale = history.onSale
    guard !onSale.isEmpty else {
      return try Forecast(
        ids: history.ids, calendar: history.calendar(ofNext: horizon),
        values: Array(repeating: 0, count: history.seriesCount * horizon))
    }
    let isAll = onSale.count == history.seriesCount
    let demand = try demand(from: isAll ? history : history.selecting(onSale), horizon: horizon)
    return (isAll ? demand : demand.spread(over: history.ids, at: onSale))
      .withoutSales(closedBy: history)
  }
}

extension Forecast {
  /// Returns the forecast with 0 where the shop of a panel of the same series is closed, or a series is not on
  /// sale any more.
  func withoutSales(closedBy history: Panel) -> Forecast {
    let closed = (0..<horizon).map { history.closing.isClosed($0, of: calendar) }
    let ended = ids.indices.map { !history.isOnSale($0) }
    return zeroed { series, step in ended[series] || closed[step] }
  }
}

/// A model that can be saved as a file.
public protocol SavableForecaster: FittedForecaster {
  /// Saves the model as a safetensors file.
  ///
  /// - Throws: `SafetensorsError` if the file cannot be written.
  func write(to path: String) throws
}
