/// Several fitted models whose forecasts are averaged, with weights for each series.
struct FittedCombination: FittedForecaster {
  /// The models; at least one.
  let members: [any FittedForecaster]
  /// Their weights.
  let weights: CombinationWeights

  var name: String { Self.name }

  /// The name in tables.
  static let name = "Combination"

  func demand(from history: Panel, horizon: Int) throws -> Forecast {
    try weights.combined(
      members.map { try FallbackForecaster(model: $0).forecast(from: history, horizon: horizon) })
  }
}
