/// A model of series and a model of their sums, whose forecasts are reconciled.
struct FittedReconciliation: FittedForecaster {
  /// The model of the series.
  let series: any FittedForecaster
  /// The model of the sums.
  let sums: any FittedForecaster
  /// The history of the sums, which ends where that of the series does or later.
  let panel: Panel
  /// The weight of the forecasts of the sums, from 0 to 1.
  let weight: Double

  var name: String { Self.name(of: series.name) }

  func demand(from history: Panel, horizon: Int) throws -> Forecast {
    let panel = try panel.sums(until: history)
    return try SumGroups(of: history, in: panel).reconciled(
      FallbackForecaster(model: series).forecast(from: history, horizon: horizon),
      with: FallbackForecaster(model: sums).forecast(from: panel, horizon: horizon),
      weight: weight)
  }

  /// Returns the name of the model in tables.
  static func name(of series: String) -> String { series + " with sums" }
}
