import Forecasting
import NeuralNetwork
import SalesTestSupport
import Testing
import TestSupport

@Suite struct NetworkEnsembleTests {
  private static func forecaster(_ ensembleSize: Int, seed: UInt64 = 3) -> LSTMForecaster {
    LSTMForecaster(
      windows: .init(horizon: 3, inputLength: 10), architecture: .init(hiddenSize: 5),
      head: PointHead(.squared),
      training: .init(
        epochs: 1, stepsPerEpoch: 6, batchSize: 8, learningRate: 0.02, ensembleSize: ensembleSize,
        seed: seed))
  }

  private static let panel = Panel(
    calendar: RegularCalendar(start: date(2024, 1, 3), count: 40),
    series: (0..<4).map { index in
      Series(
        id: "s\(index)",
        values: (0..<40).map { day in
          let season = (3 + index) * (day % 7)
          return Double(20 + season + day * day % 11)
        })
    })

  /// The first network is that of the training's seed, the second that of a seed of its own.
  @Test func theForecastIsTheMeanOfTheNetworks() throws {
    let both = try Self.forecaster(2).fit(Self.panel)
    #expect(both.network.members.count == 2)
    let seeds: [UInt64] = [3, 3 &+ 0x9E37_79B9_7F4A_7C15]
    let single = try seeds.map {
      try Self.forecaster(1, seed: $0).fit(Self.panel).forecast(from: Self.panel, horizon: 3)
    }
    #expect(single[0].values != single[1].values)
    let mean = try both.forecast(from: Self.panel, horizon: 3).values
    for (place, value) in mean.enumerated() {
      let expected = (single[0].values[place] + single[1].values[place]) / 2
      #expect(abs(value - expected) <= 1e-5 * max(1, expected))
    }
  }

  /// A millisecond is enough for a step of each epoch. In a second there is time for more networks than
  /// one; their training alone takes milliseconds.
  @Test func aTimeLimitSetsTheNumberOfNetworks() throws {
    let single = try #require(Self.forecaster(1).limited(to: .milliseconds(1))).fit(Self.panel)
    #expect(single.network.members.count == 1)
    let clock = ContinuousClock()
    let start = clock.now
    let several = try #require(Self.forecaster(2).limited(to: .seconds(1))).fit(Self.panel)
    #expect(clock.now - start >= .milliseconds(900))
    #expect((3...20).contains(several.network.members.count))
    let directory = try TemporaryDirectory()
    try several.write(to: directory.path("model"))
    let read = try FittedLSTMForecaster(contentsOf: directory.path("model"))
    #expect(read.training == several.training && read.training.timeLimit == .seconds(1))
    #expect(
      try read.forecast(from: Self.panel, horizon: 3)
        == several.forecast(from: Self.panel, horizon: 3))
  }

  @Test func aFileHoldsAllNetworks() throws {
    let directory = try TemporaryDirectory()
    let model = try Self.forecaster(3).fit(Self.panel)
    try model.write(to: directory.path("model"))
    let read = try FittedLSTMForecaster(contentsOf: directory.path("model"))
    #expect(read.memberCount == 3)
    #expect(read.training.ensembleSize == 3)
    #expect(
      try read.forecast(from: Self.panel, horizon: 3)
        == model.forecast(from: Self.panel, horizon: 3))
  }
}
