internal import RealModule
import TimeSeries

/// The elasticities of a model's forecasts: the percentage by which the forecast sum changes if all prices
/// rise by one percent.
///
/// They show what the model learned about prices, and can be compared with ``PriceElasticities``.
public struct PriceResponse: Sendable {
  /// The ids of the series.
  public let ids: [String]
  /// The elasticity of each series, or nil where a forecast is 0.
  public let elasticities: [Double?]
  /// The elasticity of the sum of all series, or nil if it is 0.
  public let ofTotal: Double?

  /// Forecasts with prices that are lower and higher than planned.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - column: The name of the column with the price of a unit, which is known ahead.
  ///   - panel: The sales with the plan.
  ///   - horizon: The number of steps to forecast.
  ///   - change: The change of the price, up and down, as a share of it.
  /// - Throws: A `CovariateError` if there is no such column of numbers, a ``ScenarioError`` if a price
  ///   isn't positive, and errors of the model.
  public init(
    of model: any FittedForecaster, to column: String, from panel: Panel, horizon: Int,
    change: Double = 0.05
  ) throws {
    guard change > 0, change < 1 else {
      fatalError("PriceResponse: expected a change above 0 and below 1, got \(change)")
    }
    let prices = try panel.futureNumbers(of: column, horizon)
    if let place = prices.firstIndex(where: { $0 <= 0 }) {
      throw ScenarioError.priceNotPositive(column: column, id: panel.ids[place / horizon])
    }
    let forecaster = FallbackForecaster(model: model)
    func sums(_ factor: Double) throws -> [Double] {
      let forecast = try forecaster.forecast(
        from: panel.mappingFuture(of: column) { $0.map { $0 * factor } }, horizon: horizon)
      return forecast.ids.indices.map { forecast.values(at: $0).reduce(0, +) }
    }
    let (low, high) = (try sums(1 - change), try sums(1 + change))
    let step = Double.log((1 + change) / (1 - change))
    func elasticity(_ low: Double, _ high: Double) -> Double? {
      low > 0 && high > 0 ? .log(high / low) / step : nil
    }
    ids = panel.ids
    elasticities = zip(low, high).map(elasticity)
    ofTotal = elasticity(low.reduce(0, +), high.reduce(0, +))
  }
}
