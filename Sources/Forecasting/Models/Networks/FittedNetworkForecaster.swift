import NeuralNetwork

/// A trained ``NetworkForecaster``.
///
/// It contains all that it learned from the training part: weights, scales, and categories. A panel
/// to forecast needs only the columns that its features are computed from.
public struct FittedNetworkForecaster<Architecture: ForecastArchitecture>: SavableForecaster {
  public var name: String { Architecture.name }
  public var lookback: Int? { layout.inputLength }
  /// The lengths and the features of its windows.
  public let layout: WindowLayout
  /// The architecture of the network, and its sizes.
  public let architecture: Architecture
  /// The interpretation of the network's outputs.
  public let head: any ForecastHead
  /// The configuration of the training.
  public let training: NetworkTraining
  /// The encoding of columns as the input of the network.
  public let encoding: InputEncoding
  /// A Boolean value that indicates whether the training part had no negative value, so that
  /// forecasts have none.
  public let isNonnegative: Bool
  /// The reason why training ended, or nil if the model file doesn't state it.
  ///
  /// A model whose training was interrupted has seen fewer windows than configured.
  public let trainingEnd: TrainingEnd?
  /// The frequency of the panel that it was trained on, or nil for a model file of an earlier
  /// version.
  public let frequency: Frequency?
  /// The meaning of the values that it was trained on, such as units, or nil if it isn't known.
  public let target: String?
  /// The first day after the panel that it was trained on, or nil if it isn't known.
  public let trainedUntil: CalendarDate?
  package let network: NetworkEnsemble<Architecture.Network>

  package init(
    layout: WindowLayout, architecture: Architecture, head: any ForecastHead,
    training: NetworkTraining, encoding: InputEncoding, isNonnegative: Bool,
    trainingEnd: TrainingEnd?, frequency: Frequency?, target: String?,
    trainedUntil: CalendarDate?, network: NetworkEnsemble<Architecture.Network>
  ) {
    self.layout = layout
    self.architecture = architecture
    self.head = head
    self.training = training
    self.encoding = encoding
    self.isNonnegative = isNonnegative
    self.trainingEnd = trainingEnd
    self.frequency = frequency
    self.target = target
    self.trainedUntil = trainedUntil
    self.network = network
  }

  /// Forecasts from the last ``WindowLayout/inputLength`` steps of each series.
  ///
  /// - Throws: `ForecastError` if the panel has another frequency or target than the training
  ///   panel, if the horizon is longer than the one trained for, if a series has no observed value
  ///   in its window, or if a forecast is far outside what its history supports; `CovariateError`
  ///   and `HolidayError` if the panel lacks the input of a feature; `CancellationError` if the
  ///   surrounding task is canceled.
  public func demand(from history: Panel, horizon: Int) throws -> Forecast {
    let calendar = history.calendar(ofNext: horizon)
    try check(history, horizon: horizon)
    let windows = try latestWindows(of: history)
    let numbers = Array(0..<windows.count)
    var values: [Double] = []
    var quantiles: [Double] = []
    var scales: [Float] = []
    values.reserveCapacity(windows.count * horizon)
    for first in stride(from: 0, to: windows.count, by: Self.batchSize) {
      try Task.checkCancellation()
      let batch = windows.batch(numbers[first..<min(first + Self.batchSize, windows.count)])
      let prediction = network.prediction(for: batch, head)
      values += self.numbers(of: prediction.mean, horizon)
      if let ofBatch = prediction.quantiles { quantiles += self.numbers(of: ofBatch, horizon) }
      scales += batch.targets.scales.scalars
    }
    let levels = head.quantileLevels
    let forecast = try Forecast(
      ids: history.ids, calendar: calendar, values: values,
      quantiles: levels.isEmpty ? nil : Quantiles(levels: levels, values: quantiles))
    try forecast.checkRange(history, scales: scales)
    return forecast
  }

  /// Returns the window of each series whose history ends with the panel.
  package func latestWindows(of history: Panel) throws -> NetworkWindows {
    NetworkWindows(
      try .latest(
        of: history, layout.features, inputLength: layout.inputLength, horizon: layout.horizon),
      layout, encoding)
  }

  /// The number of windows in a batch, large enough to keep the processor busy and small enough to
  /// limit memory.
  private static var batchSize: Int { 512 }

  /// Returns the numbers of the first steps, clamped to at least 0 if the training part had no
  /// negative values.
  private func numbers(of steps: Tensor<Float>, _ horizon: Int) -> [Double] {
    let first = steps.slice(axis: 1, 0..<horizon)
    return (isNonnegative ? first.relu() : first).scalars.map(\.shortestDecimal)
  }

  /// Checks that a panel has the frequency that the model was trained on, and its season length.
  ///
  /// Weeks may start on another day. A model that was saved without its frequency isn't checked.
  ///
  /// - Parameters:
  ///   - frequency: The frequency of the panel.
  ///   - seasonLength: The requested season length, or nil for the model's.
  /// - Throws: `ForecastError.otherFrequency` or `ForecastError.otherSeason`.
  public func check(
    _ frequency: Frequency, seasonLength: Int? = nil
  ) throws(ForecastError) {
    if let trained = self.frequency, trained.unit != frequency.unit {
      throw .otherFrequency(frequency, trainedFor: trained, seasonLength: layout.seasonLength)
    }
    if let seasonLength, seasonLength != layout.seasonLength {
      throw .otherSeason(seasonLength, trainedFor: layout.seasonLength)
    }
  }

  private func check(_ history: Panel, horizon: Int) throws(ForecastError) {
    try check(history.calendar.frequency)
    if let target, let found = history.target, found != target {
      throw .otherTarget(found, trainedFor: target)
    }
    guard horizon <= layout.horizon else {
      throw .horizonTooLong(horizon, trainedFor: layout.horizon)
    }
    let end = history.calendar.count
    for series in history.eachSeries {
      guard series.isObserved(within: lookback, before: end) else {
        throw .nothingObserved(id: series.id)
      }
    }
  }
}
