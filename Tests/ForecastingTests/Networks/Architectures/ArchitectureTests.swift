import Forecasting
import NeuralNetwork
import SalesTestSupport
import Testing
import TestSupport

/// Tests of the properties that all architectures of the package share.
@Suite struct ArchitectureTests {
  private static let names = KnownTypes.builtIn.architectures.map { $0.name }

  private static func architecture(_ name: String) throws -> any ForecastArchitecture {
    try #require(KnownTypes.builtIn.architecture(named: name)).init()
  }

  private static func small(_ name: String, layerCount: Int = 1) throws
    -> any ForecastArchitecture
  {
    var architecture = try architecture(name)
    architecture.hiddenSize = 9
    architecture.layerCount = layerCount
    return architecture
  }

  /// A forecaster that trains in a moment.
  private static func forecaster(
    _ architecture: some ForecastArchitecture, epochs: Int = 1, stepsPerEpoch: Int = 3
  ) -> any Forecaster {
    NetworkForecaster(
      windows: .init(horizon: 5, inputLength: 13, features: features), architecture: architecture,
      head: PointHead(.squared),
      training: .init(
        epochs: epochs, stepsPerEpoch: stepsPerEpoch, batchSize: 8, learningRate: 0.01))
  }

  private static let features = FeatureSet(
    known: [Column(.known("promotion"))],
    window: [.seasonalProfile(seasonLength: 7), .horizonPlace])

  /// Four series over 240 days, which sell three times as much on days of a promotion.
  ///
  /// - Parameter planned: The promotions of the five days after the end.
  private static func panel(planned: [Double] = [0, 0, 1, 0, 1]) -> Panel {
    let promotion: [Double] = (0..<240).map { $0 * $0 * $0 % 307 < 80 ? 1 : 0 }
    return Panel(
      calendar: RegularCalendar(start: date(2024, 1, 3), count: 240),
      series: (0..<4).map { index in
        Series(
          id: "s\(index)",
          values: (0..<240).map { day in
            let usual = Double((index + 1) * (10 + (day + index) % 3))
            return usual * (1 + 2 * promotion[day])
          })
      }
    ).adding(shared: "promotion", .numbers(promotion + planned), futureSteps: 5)
  }

  /// Networks without channels of series, and with two of them.
  private static let extents = [0, 2].map { statics in
    NetworkExtents(
      inputLength: 11, horizon: 5, historyChannelCount: 4, futureChannelCount: 6,
      staticChannelCount: statics, outputCount: 3)
  }

  @Test(arguments: names, [1, 3]) func countsItsWeights(name: String, layerCount: Int) throws {
    let architecture = try Self.small(name, layerCount: layerCount)
    #expect(architecture.fault == nil)
    for extents in Self.extents {
      let weights = Self.network(of: architecture, extents).stateTensors
      #expect(
        weights.reduce(0) { $0 + $1.value.elementCount } == architecture.weightCount(extents))
      #expect(Set(weights.map(\.name)).count == weights.count)
    }
  }

  @Test(arguments: names) func untrainedItForecastsWhatWindowsStartFrom(name: String) throws {
    let architecture = try Self.architecture(name)
    #expect(architecture.fault == nil)
    for extents in Self.extents {
      let inputs = NetworkInputs(
        history: .random([7, 11, 4]), future: .random([7, 5, 6]),
        statics: .random([7, extents.staticChannelCount]))
      var pass = ForwardPass.inference
      let outputs = Self.network(of: architecture, extents).forward(inputs, &pass)
      #expect(outputs.shape == [7, 5, 3])
      #expect(outputs.scalars.allSatisfy { $0 == 0 })
    }
  }

  @Test(arguments: names) func saysWhichSizeIsOutOfRange(name: String) throws {
    for size in [0, 1 << 15] {
      var architecture = try Self.architecture(name)
      architecture.hiddenSize = size
      #expect(architecture.fault == "hiddenSize is \(size)")
    }
    for count in [0, 65] {
      var architecture = try Self.architecture(name)
      architecture.layerCount = count
      #expect(architecture.fault == "layerCount is \(count)")
    }
  }

  @Test(arguments: names) func givesTheSameBitsOnAnyNumberOfThreads(name: String) throws {
    let before = Parallelism.threadCount
    defer { Parallelism.threadCount = before }
    let values = try [1, 2, 3].map { threads in
      Parallelism.threadCount = threads
      return try Self.forecaster(Self.small(name)).fit(Self.panel())
        .forecast(from: Self.panel(), horizon: 5).values
    }
    #expect(values[0] == values[1])
    #expect(values[0] == values[2])
  }

  @Test(arguments: names) func aFileNamesTheArchitecture(name: String) throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("model")
    let model = try #require(
      Self.forecaster(Self.small(name)).fit(Self.panel()) as? any FittedNetwork)
    #expect(model.name == name)
    try model.write(to: path)
    let read = try KnownTypes.builtIn.network(contentsOf: path)
    #expect(type(of: read) == type(of: model))
    #expect(read.encoding == model.encoding)
    #expect(read.trainedUntil == model.trainedUntil)
    #expect(
      try read.forecast(from: Self.panel(), horizon: 5)
        == model.forecast(from: Self.panel(), horizon: 5))
    var types = KnownTypes.builtIn
    types.architectures.removeAll { $0.name == name }
    #expect(throws: WeightsError.self) { try types.network(contentsOf: path) }
  }

  /// Promotions treble sales, whatever series and day.
  @Test(arguments: names) func learnsWhatPromotionsDo(name: String) throws {
    var architecture = try Self.architecture(name)
    architecture.hiddenSize = 24
    let model = try Self.forecaster(architecture, epochs: 4, stepsPerEpoch: 120).fit(Self.panel())
    let forecast = try model.forecast(from: Self.panel(), horizon: 5)
    for series in 0..<4 {
      let values = Array(forecast.values(at: series))
      let usual = (values[0] + values[1] + values[3]) / 3
      #expect((values[2] + values[4]) / 2 > 1.5 * usual, "\(values)")
    }
  }

  private static func network(
    of architecture: some ForecastArchitecture, _ extents: NetworkExtents
  ) -> any ForecastNetwork {
    var generator = Xoshiro256(seed: 3)
    return architecture.network(extents, using: &generator)
  }
}
