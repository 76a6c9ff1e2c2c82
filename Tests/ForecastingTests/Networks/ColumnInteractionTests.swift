import Forecasting
import Foundation
import NeuralNetwork
import SalesTestSupport
import Testing
import TestSupport

/// Networks that see the interactions of columns.
@Suite struct ColumnInteractionTests {
  private static let (days, horizon) = (140, 10)

  /// Twenty-four series over 140 days, two of each of twelve stores. A promotion triples the sales of
  /// half of the stores, and takes two thirds of the sales of the others.
  private static let (history, actual): (Panel, [Double]) = {
    var generator = Xoshiro256(seed: 5)
    var (promotions, actual): ([Double], [Double]) = ([], [])
    let series = (0..<24).map { index in
      let level = Double(10 + 7 * (index % 5))
      let values = (0..<days + horizon).map { day in
        let promotion = Double.random(in: 0..<1, using: &generator) < 0.3 ? 1.0 : 0
        promotions.append(promotion)
        let effect = promotion == 0 ? 1 : index / 2 * 5 % 12 < 6 ? 3 : 1.0 / 3
        return level * effect * Double.random(in: 0.9..<1.1, using: &generator)
      }
      actual += values.suffix(horizon)
      return Series(id: "s\(index)", values: Array(values.prefix(days)))
    }
    let events = (0..<days + horizon).map { $0 % 9 == 4 ? "fair" : nil }
    let visits = (0..<24 * days).map { Double($0 % 13) }
    let panel = Panel(
      calendar: RegularCalendar(start: date(2024, 1, 3), count: days), series: series
    )
    .adding(level: "store", (0..<24).map { "store \($0 / 2)" })
    .adding(past: "visits", .numbers(visits))
    .adding(known: "promotion", .numbers(promotions), futureSteps: horizon)
    .adding(shared: "event", .categories(events), futureSteps: horizon)
    return (panel, actual)
  }()

  private static let features = FeatureSet(
    static: [StaticColumn("store")], past: [Column(.past("visits"))],
    known: [
      Column(.known("promotion")), Column(.known("event")),
      CalendarFeature(.dayOfWeek, as: .oneHot),
    ],
    window: [.seasonBefore(seasonLength: 7), .seasonalProfile(seasonLength: 7), .horizonPlace])

  private static func forecaster<Architecture: ForecastArchitecture>(
    _ architecture: Architecture, interactions: Int, head: any ForecastHead = PointHead(.squared),
    features: FeatureSet = features, epochs: Int = 1, stepsPerEpoch: Int = 3, networks: Int = 1,
    seed: UInt64 = 0
  ) -> NetworkForecaster<Architecture> {
    var windows = WindowSpecification(horizon: horizon, inputLength: 14, features: features)
    windows.interactionSize = interactions
    return NetworkForecaster(
      windows: windows, architecture: architecture, head: head,
      training: .init(
        epochs: epochs, stepsPerEpoch: stepsPerEpoch, batchSize: 32, learningRate: 0.005,
        ensembleSize: networks, seed: seed))
  }

  /// Returns the mean absolute error of the steps after the history, relative to the mean.
  private static func error(
    of architecture: some ForecastArchitecture, interactions: Int, seed: UInt64
  ) throws -> Double {
    let model = try forecaster(
      architecture, interactions: interactions, epochs: 4, stepsPerEpoch: 75, seed: seed
    ).fit(history)
    let forecast = try model.forecast(from: history, horizon: horizon)
    let errors = zip(forecast.values, actual).map { abs($0 - $1) }
    return errors.reduce(0, +) / actual.reduce(0, +)
  }

  @Test(arguments: [0, 1, 2] as [UInt64])
  func aPromotionWhoseEffectDependsOnTheStoreIsLearnedSooner(seed: UInt64) throws {
    let without = try Self.error(
      of: MLPArchitecture(hiddenSize: 12), interactions: 0, seed: seed)
    let with = try Self.error(of: MLPArchitecture(hiddenSize: 12), interactions: 8, seed: seed)
    #expect(with < 0.7 * without, "\(with), \(without)")
  }

  @Test func eachColumnHasVectorsOfItsOwn() throws {
    let model = try Self.forecaster(MLPArchitecture(hiddenSize: 6), interactions: 4)
      .fit(Self.history)
    let found = model.network.parameters.filter { $0.name.hasPrefix("interactions.") }
    #expect(
      found.map(\.name) == [
        "interactions.0.weight", "interactions.1.weight", "interactions.numbers.weight",
      ])
    // The event with 1 category, the store with 12, and the promotion and seven days of the week. The
    // visits are only known in the past.
    #expect(found.map(\.value.shape) == [[2, 4], [13, 4], [8, 4]])
    for table in found.prefix(2) {
      #expect(table.value[0].scalars.allSatisfy { $0 == 0 })
      #expect(table.value[1].scalars.contains { $0 != 0 })
    }
    #expect(model.encoding.interactionSize == 4)
  }

  @Test(arguments: KnownTypes.builtIn.architectures.map { $0.name })
  func aFileHoldsTheInteractions(name: String) throws {
    func check<Architecture: ForecastArchitecture>(_ small: Architecture) throws {
      var architecture = small
      architecture.hiddenSize = 7
      architecture.layerCount = 1
      let directory = try TemporaryDirectory()
      let path = directory.path("model")
      let model = try Self.forecaster(architecture, interactions: 3, networks: 2)
        .fit(Self.history)
      try model.write(to: path)
      let read = try FittedNetworkForecaster<Architecture>(contentsOf: path)
      #expect(read.encoding == model.encoding)
      let forecast = try model.forecast(from: Self.history, horizon: Self.horizon)
      #expect(try read.forecast(from: Self.history, horizon: Self.horizon) == forecast)
    }
    let type = try #require(KnownTypes.builtIn.architecture(named: name))
    try check(type.init())
  }

  @Test func resultsAreTheSameBitsAtAnyNumberOfThreads() throws {
    let before = Parallelism.threadCount
    defer { Parallelism.threadCount = before }
    for architecture in [LSTMArchitecture(hiddenSize: 7), DeepARArchitecture(hiddenSize: 7)]
      as [any ForecastArchitecture]
    {
      func values(_ architecture: some ForecastArchitecture) throws -> [[Double]] {
        try [1, 2].map { threads in
          Parallelism.threadCount = threads
          return try Self.forecaster(architecture, interactions: 5, head: GaussianHead())
            .fit(Self.history).forecast(from: Self.history, horizon: Self.horizon).values
        }
      }
      let found = try values(architecture)
      #expect(found[0] == found[1])
    }
  }

  @Test func withoutNumbersOrCategoriesItStillForecasts() throws {
    for features in [
      FeatureSet(window: [.horizonPlace]),
      FeatureSet(static: [StaticColumn("store")], window: [.horizonPlace]),
      FeatureSet(known: [Column(.known("promotion"))], window: [.horizonPlace]),
    ] {
      let directory = try TemporaryDirectory()
      let model = try Self.forecaster(
        TCNArchitecture(hiddenSize: 5, layerCount: 1), interactions: 2, features: features
      ).fit(Self.history)
      try model.write(to: directory.path("model"))
      let read = try FittedNetworkForecaster<TCNArchitecture>(
        contentsOf: directory.path("model"))
      let forecast = try read.forecast(from: Self.history, horizon: Self.horizon)
      #expect(forecast.values.allSatisfy { $0.isFinite })
    }
  }

  @Test func withoutInteractionsNothingOfThemIsStored() throws {
    let model = try Self.forecaster(MLPArchitecture(hiddenSize: 6), interactions: 0)
      .fit(Self.history)
    #expect(!model.network.parameters.contains { $0.name.hasPrefix("interactions") })
    let text = String(decoding: try JSONEncoder().encode(model.encoding), as: UTF8.self)
    #expect(!text.contains("interactionSize"))
    let read = try JSONDecoder().decode(InputEncoding.self, from: Data(text.utf8))
    #expect(read == model.encoding)
    #expect(read.interactionSize == 0)
  }

  @Test func aFileWithAnImpossibleSizeIsRejected() throws {
    let model = try Self.forecaster(MLPArchitecture(hiddenSize: 6), interactions: 4)
      .fit(Self.history)
    let text = String(decoding: try JSONEncoder().encode(model.encoding), as: UTF8.self)
    for size in ["-1", "4097"] {
      let other = text.replacingOccurrences(
        of: "\"interactionSize\":4", with: "\"interactionSize\":\(size)")
      #expect(throws: DecodingError.self) {
        try JSONDecoder().decode(InputEncoding.self, from: Data(other.utf8))
      }
    }
  }
}
