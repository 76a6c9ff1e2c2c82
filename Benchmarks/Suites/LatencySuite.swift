import Forecasting
import NeuralNetwork
import ReferenceKernels

extension Suites {
  /// A forecast for one series, as a server computes it for a request: from a panel of two years to
  /// the values of the next four weeks.
  static var latency: [Case] {
    let forecaster = LSTMForecaster(
      windows: .init(horizon: 28, inputLength: 56), head: PointHead(.huber(delta: 1)),
      training: .init(epochs: 1, stepsPerEpoch: 5))
    let dayCount = 730
    return [
      Case(
        suite: "latency",
        name: "one series of \(dayCount), T56 K28 D16 H\(forecaster.architecture.hiddenSize)"
      ) {
        let history = RandomSales.panel(seriesCount: 1, dayCount: dayCount)
        return try ForecastWork(forecaster.fit(history), history)
      }
    ]
  }
}

private struct ForecastWork: Workload {
  private let model: FittedLSTMForecaster
  private let history: Panel
  private let window: NetworkBatch
  private let reference: ReferenceForecastNetwork

  init(_ model: FittedLSTMForecaster, _ history: Panel) throws {
    self.model = model
    self.history = history
    window = try model.latestWindows(of: history).batch([0])
    reference = ReferenceForecastNetwork(model.network.members[0].network, model.architecture)
  }

  func run() throws { keep(try forecast()) }

  func results() throws -> [(name: String, value: Tensor<Float>)] {
    [("forecast", Tensor(try forecast().values.map { Float($0) }))]
  }

  /// Returns the forecast of the same window from the network in plain Swift.
  func referenceResults() -> [[Float]] {
    let values = Reference.multiply(
      reference.forecasts(window), window.targets.scales.scalars)
    return [model.isNonnegative ? Reference.relu(values) : values]
  }

  func metrics(of timing: Timing) -> [Metric] {
    // A mean of several calls would hide slow calls.
    guard timing.callsPerSample == 1 else { return [] }
    let slow = timing.times.quantile(0.99)
    return [Metric(name: "p99_s", value: slow, text: "p99 \(slow.seconds)")]
  }

  private func forecast() throws -> Forecast {
    try model.forecast(from: history, horizon: model.layout.horizon)
  }
}
