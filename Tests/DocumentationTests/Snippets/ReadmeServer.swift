// begin
import Forecasting

/// Trains a model, and prints its score on four held-out weeks.
func train(on path: String) throws -> FittedLSTMForecaster {
  let sales = try LongTableReader().read(path).panel
  let holdOut = try HoldOut(sales, horizon: 28)
  let model = try LSTMForecaster(horizon: 28).fit(holdOut.history)
  let forecast = try model.forecast(from: holdOut.history, horizon: 28)
  print(holdOut.evaluate(forecast).overall.mase ?? .nan)
  return model
}

/// Returns forecasts of the next four weeks as CSV, for a request whose body is a table of sales.
func respond(to body: [UInt8], with model: FittedLSTMForecaster) throws -> String {
  let sales = try LongTableReader().read(MemoryByteSource(body, name: "request")).panel
  let forecast = try model.forecast(from: sales, horizon: 28)
  return ForecastTable([.init(name: model.name, forecast: forecast)]).csv()
}
// end
