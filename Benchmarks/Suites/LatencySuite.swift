import Forecasting
import NeuralNetwork
import ReferenceKernels

extension Suites {
  /// One forecast for one series, as a server makes it for a request: from a panel of two years to the
  /// values of the next four weeks.
  static var latency: [Case] {
    let configuration = LSTMForecasterConfiguration(horizon: 28, epochs: 1, stepsPerEpoch: 5)
    let dayCount = 730
    return [
      Case(
        suite: "latency",
        name: "one series of \(dayCount), T\(configuration.inputLength) "
          + "K\(configuration.horizon) D\(WindowLayout.historyFeatureCount) "
          + "H\(configuration.hiddenSize)"
      ) {
        let history = RandomSales.panel(seriesCount: 1, dayCount: dayCount)
        return ForecastWork(try LSTMForecaster(configuration).fit(history), history)
      }
    ]
  }
}

private struct ForecastWork: Workload {
  private let model: FittedLSTMForecaster
  private let history: Panel
  private let reference: ReferenceForecastNetwork

  init(_ model: FittedLSTMForecaster, _ history: Panel) {
    self.model = model
    self.history = history
    reference = ReferenceForecastNetwork(model.network, model.configuration)
  }

  func run() throws { keep(try forecast()) }

  func results() throws -> [(name: String, value: Tensor<Float>)] {
    [("forecast", Tensor(try forecast().values.map { Float($0) }))]
  }

  /// The same windows through the network in plain Swift.
  func referenceResults() -> [[Float]] {
    let batch = ForecastWindows.latest(of: history, model.configuration.layout).batch([0])
    let values = Reference.multiply(reference.forecasts(batch), batch.scales)
    return [model.isNonnegative ? Reference.relu(values) : values]
  }

  func metrics(of timing: Timing) -> [Metric] {
    // A mean of several calls would hide the slow ones.
    guard timing.callsPerSample == 1 else { return [] }
    let slow = timing.times.quantile(0.99)
    return [Metric(name: "p99_s", value: slow, text: "p99 \(slow.seconds)")]
  }

  private func forecast() throws -> Forecast {
    try model.forecast(from: history, horizon: model.configuration.horizon)
  }
}
