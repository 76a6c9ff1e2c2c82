import Forecasting
import NeuralNetwork
import TestSupport
import Testing

/// Networks with heads for counts, trained on a process that is known.
@Suite struct HeadTrainingTests {
  static let heads: [any ForecastHead] = [
    TweedieHead(), TweedieHead(levels: [0.1, 0.9]), PoissonHead(levels: [0.1, 0.9]),
    NegativeBinomialHead(levels: [0.1, 0.9]),
  ]

  /// The sum of the forecasts is that of the means of the process, and a model file gives the same forecasts.
  @Test(arguments: heads.indices)
  func forecastMeansWithTheRightSum(place: Int) throws {
    let head = Self.heads[place]
    let panel = Self.panel()
    let forecaster = LSTMForecaster(
      windows: .init(
        horizon: 7, inputLength: 28, features: .automatic(for: .day, seasonLength: 7)),
      architecture: .init(hiddenSize: 8, layerCount: 1, decoder: .direct, dropout: 0), head: head,
      training: .init(epochs: 2, stepsPerEpoch: 25, batchSize: 32, learningRate: 0.01, seed: 4))
    let model = try forecaster.fit(panel)
    let forecast = try model.forecast(from: panel, horizon: 7)
    let expected = (0..<Self.count).flatMap { series in
      (0..<7).map { Self.mean(series, day: Self.length + $0) }
    }
    let ratio = forecast.values.reduce(0, +) / expected.reduce(0, +)
    #expect((ratio - 1).magnitude < 0.06, "\(ratio)")
    #expect(forecast.values.allSatisfy { $0 >= 0 })
    #expect(forecast.quantiles?.levels == (head.quantileLevels.isEmpty ? nil : [0.1, 0.9]))

    let directory = try TemporaryDirectory()
    let path = directory.path("model.safetensors")
    try model.write(to: path)
    let read = try FittedNetworkForecaster<LSTMArchitecture>(contentsOf: path)
    #expect(try read.forecast(from: panel, horizon: 7) == forecast)
  }

  private static let count = 160
  private static let length = 126

  /// The mean of the process: sales of a size of its own for each series, with a weekly season and a closed
  /// day.
  private static func mean(_ series: Int, day: Int) -> Double {
    let season = [0.5, 1, 0, 1.5, 1, 2, 1][day % 7]
    return season * 0.2 * Double(1 + series % 8)
  }

  private static func panel() -> Panel {
    var generator = Xoshiro256(seed: 9)
    let series = (0..<count).map { series in
      Series(
        id: "s\(series + 100)",
        values: (0..<length).map { day in
          NegativeBinomialDistribution(mean: mean(series, day: day), dispersion: 0.5)
            .sample(using: &generator)
        })
    }
    let start = CalendarDate(year: 2024, month: 1, day: 3)!
    return Panel(calendar: RegularCalendar(start: start, count: length), series: series)
  }
}
