import Forecasting
import Foundation
import NeuralNetwork
import Testing

/// A network that has diverged gives no forecasts, and one that has not always does.
@Suite struct DivergedForecasterTests {
  typealias Decoder = LSTMArchitecture.Decoder

  private func forecaster(
    learningRate: Double, decoder: Decoder = .direct, steps: Int = 1
  ) -> LSTMForecaster {
    LSTMForecaster(
      windows: .init(horizon: 5, inputLength: 14),
      architecture: .init(hiddenSize: 6, decoder: decoder),
      training: .init(
        epochs: 1, stepsPerEpoch: steps, batchSize: 8, learningRate: learningRate, seed: 5))
  }

  private func panel(_ series: [[Double]]) -> Panel {
    Panel(
      calendar: RegularCalendar(
        start: CalendarDate(year: 2024, month: 1, day: 3)!, count: series[0].count),
      series: series.enumerated().map { Series(id: "s\($0)", values: $1) })
  }

  @Test(arguments: Decoder.allCases, [1e30, 1e8, 1e4, 100])
  func aHugeLearningRateIsAnError(decoder: Decoder, learningRate: Double) {
    let forecaster = forecaster(learningRate: learningRate, decoder: decoder)
    let error = #expect(throws: (any Error).self) {
      try forecaster.fit(LSTMForecasterTests.panel())
    }
    #expect("\(String(describing: error))".contains("learning rate"))
    #expect(error is ForecastError || error is TrainingError)
  }

  @Test func savedNetworksThatHaveDivergedForecastNothing() throws {
    let panel = LSTMForecasterTests.panel()
    let model = try forecaster(learningRate: 0.002).fit(panel)
    var network = model.network
    network.forEachParameter { name, value in
      if name.hasPrefix("output") { value = value + 1e6 }
    }
    var specification = model.specification
    specification.isNonnegative = false
    let diverged = FittedLSTMForecaster(specification, network: network)
    let error = #expect(throws: ForecastError.self) {
      try diverged.forecast(from: panel, horizon: 5)
    }
    guard case .outOfRange("s0", _, let value, let largest) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(value > 1000 * largest && largest < 20)
  }

  /// Growth, new series, single large orders, closed shops and tiny units are no divergence.
  @Test(arguments: Decoder.allCases)
  func legitimateForecastsPass(decoder: Decoder) throws {
    let days = 60
    let panel = panel([
      (0..<days).map { exp(Double($0) / 5) },  // doubles every 3.5 days
      (0..<days).map { $0 < days - 3 ? 0 : 1e6 },  // new, and large
      (0..<days).map { $0 == 30 ? 5000 : 0 },  // one order
      (0..<days).map { $0 % 20 == 3 ? 800 : 0.001 },  // intermittent
      (0..<days).map { _ in 1e-6 }, (0..<days).map { _ in 3e7 },  // constant
      (0..<days).map { $0 < 40 ? 1e5 : 1 },  // a decline
      (0..<days).map { $0 == 0 ? 1e-3 : 0 },
    ])
    let model = try forecaster(learningRate: 0.01, decoder: decoder, steps: 40).fit(panel)
    let forecast = try model.forecast(from: panel, horizon: 5)
    #expect(forecast.ids.count == panel.seriesCount)
    // Series that have yet to sell anything.
    let quiet = self.panel([[Double](repeating: 0, count: 60)])
    #expect(try model.forecast(from: quiet, horizon: 5).values.allSatisfy { $0 < 1000 })
  }

  @Test func theEndOfTrainingIsPartOfTheModel() throws {
    let panel = LSTMForecasterTests.panel()
    let model = try forecaster(learningRate: 0.002).fit(panel)
    #expect(model.trainingEnd == .completed)
    let path = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try model.write(to: path)
    #expect(try FittedLSTMForecaster(contentsOf: path).trainingEnd == .completed)
  }

  @Test func aCancelledTaskGivesNoForecaster() async {
    let run = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try forecaster(learningRate: 0.002, steps: 1000).fit(LSTMForecasterTests.panel())
    }
    await #expect(throws: CancellationError.self) { try await run.value }
  }

  @Test func aCancelledTaskGivesNoForecast() async throws {
    let panel = LSTMForecasterTests.panel()
    let model = try forecaster(learningRate: 0.002).fit(panel)
    let run = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try model.forecast(from: panel, horizon: 5)
    }
    await #expect(throws: CancellationError.self) { try await run.value }
  }
}
