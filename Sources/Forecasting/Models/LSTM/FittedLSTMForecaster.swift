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
  /// The steps of the panel that it was trained on; nil if the model was saved before models knew it.
  public let frequency: Frequency?
  /// What the values were that it was trained on, such as units; nil where that is not known.
  public let target: String?
  package let network: ForecastNetwork

  package init(
    configuration: LSTMForecasterConfiguration, network: ForecastNetwork, isNonnegative: Bool,
    trainingEnd: TrainingEnd?, frequency: Frequency?, target: String?
  ) {
    self.configuration = configuration
    self.network = network
    self.isNonnegative = isNonnegative
    self.trainingEnd = trainingEnd
    self.frequency = frequency
    self.target = target
  }

  /// Forecasts from the last `inputLength` steps of each series.
  ///
  /// - Throws: `ForecastError` where the panel has other steps or another target than the one that the
  ///   model was trained on, the horizon is longer than the one trained for, a series has no observed
  ///   value in its window, or a forecast is far outside of what its history supports;
  ///   `CancellationError` if the surrounding task is cancelled.
  public func demand(from history: Panel, horizon: Int) throws -> Forecast {
    let calendar = history.calendar(ofNext: horizon)
    try check(history.calendar.frequency)
    if let target, let found = history.target, found != target {
      throw ForecastError.otherTarget(found, trainedFor: target)
    }
    guard horizon <= configuration.horizon else {
      throw ForecastError.horizonTooLong(horizon, trainedFor: configuration.horizon)
    }
    for series in history.eachSeries { try check(series, end: history.calendar.count) }
    let windows = ForecastWindows.latest(of: history, configuration.layout)
    let numbers = Array(0..<windows.count)
    var values: [Double] = []
    var scales: [Float] = []
    values.reserveCapacity(windows.count * horizon)
    for first in stride(from: 0, to: windows.count, by: Self.batchSize) {
      try Task.checkCancellation()
      let part = numbers[first..<min(first + Self.batchSize, windows.count)]
      let batch = windows.batch(part)
      values.append(contentsOf: forecast(batch, horizon: horizon).map(\.shortestDecimal))
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

  /// Checks that a panel has steps such as the model was trained on, and its season.
  ///
  /// Weeks may start on another day. A model that was saved without its steps is not checked.
  ///
  /// - Parameter seasonLength: A season that is asked for; nil for the model's.
  /// - Throws: `ForecastError.otherFrequency` or `ForecastError.otherSeason`.
  public func check(
    _ frequency: Frequency, seasonLength: Int? = nil
  ) throws(ForecastError) {
    if let trained = self.frequency, trained.unit != frequency.unit {
      throw .otherFrequency(
        frequency, trainedFor: trained, seasonLength: configuration.seasonLength)
    }
    if let seasonLength, seasonLength != configuration.seasonLength {
      throw .otherSeason(seasonLength, trainedFor: configuration.seasonLength)
    }
  }

  private func check(_ series: Series, end: Int) throws(ForecastError) {
    let window = series.window((end - configuration.inputLength)..<end)
    guard window.states.contains(.observed) else { throw .nothingObserved(id: series.id) }
  }
}
