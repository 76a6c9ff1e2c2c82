import NeuralNetwork

/// A trained ``LSTMForecaster``.
public struct FittedLSTMForecaster: FittedForecaster {
  public let name = "LSTM"
  /// What was trained.
  public let configuration: LSTMForecasterConfiguration
  /// Whether the panel had no negative value, so that forecasts have none.
  public let isNonnegative: Bool
  /// Why training ended; nil for a model file that does not say.
  ///
  /// A model whose training was interrupted has seen fewer windows than it was configured for.
  public let trainingEnd: TrainingEnd?
  package let network: ForecastNetwork

  package init(
    configuration: LSTMForecasterConfiguration, network: ForecastNetwork, isNonnegative: Bool,
    trainingEnd: TrainingEnd?
  ) {
    self.configuration = configuration
    self.network = network
    self.isNonnegative = isNonnegative
    self.trainingEnd = trainingEnd
  }

  /// Forecasts from the last `inputLength` steps of each series.
  ///
  /// - Throws: `ForecastError` where the horizon is longer than the one trained for, a series has no
  ///   observed value in its window, or a forecast is far outside of what its history supports;
  ///   `CancellationError` if the surrounding task is cancelled.
  public func forecast(from history: Panel, horizon: Int) throws -> Forecast {
    let calendar = history.calendar(ofNext: horizon)
    guard horizon <= configuration.horizon else {
      throw ForecastError.horizonTooLong(horizon, trainedFor: configuration.horizon)
    }
    for series in history.allSeries { try check(series, end: history.calendar.count) }
    let windows = ForecastWindows.latest(of: history, configuration.layout)
    let numbers = Array(0..<windows.count)
    var values: [Float] = []
    var scales: [Float] = []
    values.reserveCapacity(windows.count * horizon)
    for first in stride(from: 0, to: windows.count, by: Self.batchSize) {
      try Task.checkCancellation()
      let part = numbers[first..<min(first + Self.batchSize, windows.count)]
      let batch = windows.batch(part)
      values.append(contentsOf: forecast(batch, horizon: horizon))
      scales.append(contentsOf: batch.scales)
    }
    let forecast = try Forecast(ids: history.ids, calendar: calendar, values: values)
    try forecast.checkRange(history, scales: scales)
    return forecast
  }

  /// Windows at a time: enough to keep the processor busy, few enough to bound memory.
  private static let batchSize = 512

  private func forecast(_ batch: WindowBatch, horizon: Int) -> [Float] {
    var pass = ForwardPass.inference
    let scales = Tensor(shape: [batch.scales.count, 1], scalars: batch.scales)
    let values = network.forward(batch, &pass).slice(axis: 1, 0..<horizon) * scales
    return (isNonnegative ? values.relu() : values).scalars
  }

  private func check(_ series: Series, end: Int) throws(ForecastError) {
    let window = series.window((end - configuration.inputLength)..<end)
    guard window.states.contains(.observed) else { throw .nothingObserved(id: series.id) }
  }
}
