import NeuralNetwork

/// A trained ``NetworkForecaster``.
///
/// It contains all that it learned from the training part: weights, scales, and categories. A panel
/// to forecast needs only the columns that its features are computed from.
///
/// The properties of its ``specification``, such as `layout`, are also properties of the model.
@dynamicMemberLookup
public struct FittedNetworkForecaster<Architecture: ForecastArchitecture>: SavableForecaster {
  /// Everything about the network but its weights.
  public let specification: NetworkSpecification<Architecture>
  package let network: NetworkEnsemble<Architecture.Network>

  package init(
    _ specification: NetworkSpecification<Architecture>,
    network: NetworkEnsemble<Architecture.Network>
  ) {
    self.specification = specification
    self.network = network
  }

  /// Returns a property of the specification.
  public subscript<Value>(
    dynamicMember property: KeyPath<NetworkSpecification<Architecture>, Value>
  ) -> Value { specification[keyPath: property] }

  public var name: String { Architecture.name }
  public var lookback: Int? { specification.layout.inputLength }
  public var trainingEnd: TrainingEnd? { specification.trainingEnd }
  public var memberCount: Int { network.members.count }

  /// Forecasts from the last ``WindowLayout/inputLength`` steps of each series.
  ///
  /// - Throws: `ForecastError` if the panel has another frequency or target than the training
  ///   panel, if the horizon is longer than the one trained for, if a series has no observed value
  ///   in its window, or if a forecast is far outside what its history supports; `CovariateError`
  ///   and `HolidayError` if the panel lacks the input of a feature; `CancellationError` if the
  ///   surrounding task is canceled.
  public func demand(from history: Panel, horizon: Int) throws -> Forecast {
    let calendar = history.calendar(ofNext: horizon)
    try trainingPanel.check(history, horizon: horizon)
    let windows = try latestWindows(of: history)
    let sampling = PathSampling(stepCount: horizon, range: feedbackRange(after: history, calendar))
    var values: [Double] = []
    var quantiles: [Double] = []
    var scales: [Float] = []
    var ranks: PathRanks?
    values.reserveCapacity(windows.count * horizon)
    try forEachBatch(of: windows) { ids, batch in
      scales += batch.targets.scales.scalars
      if let paths = sampled(batch, ids, calendar, sampling) {
        values += paths.means
        if let levels {
          quantiles += paths.paths.quantiles(levels: levels).values
          let ofBatch = paths.paths.ranks
          if ranks?.append(ofBatch) == nil { ranks = ofBatch }
        }
        return
      }
      let prediction = network.prediction(for: batch, specification.head, sampling.range)
      values += self.numbers(of: prediction.mean, horizon)
      if let ofBatch = prediction.quantiles { quantiles += self.numbers(of: ofBatch, horizon) }
    }
    let forecast = try Forecast(
      ids: history.ids, calendar: calendar, values: values,
      quantiles: levels.map { Quantiles(levels: $0, values: quantiles) }
    ).with(ranks)
    try forecast.checkRange(history, scales: scales)
    return forecast
  }

  /// The levels of the quantiles, or nil if the head has none.
  private var levels: [Double]? {
    specification.head.quantileLevels.isEmpty ? nil : specification.head.quantileLevels
  }

  /// Calls `body` with the windows of a few series at a time, and with the ids of the series.
  func forEachBatch(
    of windows: NetworkWindows, _ body: (_ ids: [String], NetworkBatch) throws -> Void
  ) throws {
    let numbers = Array(0..<windows.count)
    let ids = windows.windows.table.panel.ids
    for first in stride(from: 0, to: windows.count, by: Self.batchSize) {
      try Task.checkCancellation()
      let places = first..<min(first + Self.batchSize, windows.count)
      try body(Array(ids[places]), windows.batch(numbers[places]))
    }
  }

  /// Returns the window of each series whose history ends with the panel.
  package func latestWindows(of history: Panel) throws -> NetworkWindows {
    let layout = specification.layout
    return NetworkWindows(
      try .latest(
        of: history, layout.features, inputLength: layout.inputLength, horizon: layout.horizon),
      layout, specification.encoding)
  }

  /// The number of windows in a batch, large enough to keep the processor busy and small enough to
  /// limit memory.
  private static var batchSize: Int { 512 }

  /// Returns the numbers of the first steps, clamped to at least 0 if the training part had no
  /// negative values.
  private func numbers(of steps: Tensor<Float>, _ horizon: Int) -> [Double] {
    let first = steps.slice(axis: 1, 0..<horizon)
    return (specification.isNonnegative ? first.relu() : first).scalars.map(\.shortestDecimal)
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
    try trainingPanel.check(frequency, seasonLength: seasonLength)
  }

  /// The panel that the network was trained on.
  var trainingPanel: TrainingPanel {
    TrainingPanel(
      frequency: specification.frequency, target: specification.target,
      layout: specification.layout)
  }
}
