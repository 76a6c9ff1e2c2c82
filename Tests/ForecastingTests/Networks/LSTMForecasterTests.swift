import Forecasting
import Foundation
import NeuralNetwork
import Testing

@Suite struct LSTMForecasterTests {
  typealias Decoder = LSTMArchitecture.Decoder

  /// A network that trains in a moment.
  static func small(
    decoder: Decoder = .direct, features: FeatureSet? = nil, base: WindowBase? = nil,
    epochs: Int = 1, seed: UInt64 = 5
  ) -> LSTMForecaster {
    LSTMForecaster(
      windows: .init(horizon: 5, inputLength: 14, features: features, base: base),
      architecture: .init(hiddenSize: 6, layerCount: 2, decoder: decoder, dropout: 0.1),
      training: .init(epochs: epochs, stepsPerEpoch: 3, batchSize: 8, seed: seed))
  }

  /// Three series with a weekly season and a trend, over `count` days.
  static func panel(count: Int = 60, seed: UInt64 = 2) -> Panel {
    var generator = Xoshiro256(seed: seed)
    let noise = Tensor<Float>.uniform([3, count], using: &generator)
    let series = (0..<3).map { index in
      Series(
        id: "s\(index)",
        values: (0..<count).map { day in
          let season: Double = day % 7 < 5 ? 3 : 1
          return Double(index * index * 10 + 1) * (season + Double(noise[at: index, day])) + Double(
            day) / 9
        })
    }
    return Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 3)!, count: count),
      series: series)
  }

  @Test(arguments: Decoder.allCases)
  func forecastsTheStepsAfterTheHistory(decoder: Decoder) throws {
    let panel = Self.panel()
    let model = try Self.small(decoder: decoder).fit(panel)
    let forecast = try model.forecast(from: panel, horizon: 4)
    #expect(forecast.ids == ["s0", "s1", "s2"])
    #expect(forecast.calendar.start == panel.calendar.end)
    #expect(forecast.horizon == 4)
    // A shorter horizon is the beginning of a longer one.
    let longer = try model.forecast(from: panel, horizon: 5)
    #expect(Array(longer.values(at: 1).prefix(4)) == Array(forecast.values(at: 1)))
  }

  @Test(arguments: Decoder.allCases)
  func sameSeedGivesTheSameBitsOnAnyNumberOfThreads(decoder: Decoder) throws {
    let before = Parallelism.threadCount
    defer { Parallelism.threadCount = before }
    let panel = Self.panel()
    let values = try [1, 2, 3].map { threads in
      Parallelism.threadCount = threads
      let model = try Self.small(decoder: decoder, epochs: 2).fit(panel)
      return try model.forecast(from: panel, horizon: 5).values
    }
    #expect(values[0] == values[1])
    #expect(values[0] == values[2])
    let other = Self.small(decoder: decoder, epochs: 2, seed: 6)
    #expect(
      try other.fit(panel).forecast(from: panel, horizon: 5).values != values[0])
  }

  /// The learning rate decays over the steps that are made, not over those that more windows would
  /// make.
  @Test func fewWindowsHaveAWholeSchedule() throws {
    let panel = Self.panel(count: 30)
    let values = try [nil, 4, 1_000].map { steps in
      let forecaster = LSTMForecaster(
        windows: .init(horizon: 5, inputLength: 14), architecture: .init(hiddenSize: 4),
        training: .init(epochs: 3, stepsPerEpoch: steps, batchSize: 16))
      let (windows, _) = try forecaster.examples(of: panel)
      // Batches of 16 windows in an epoch.
      #expect((windows.count + 15) / 16 == 4)
      return try forecaster.fit(panel).forecast(from: panel, horizon: 5).values
    }
    #expect(values[0] == values[1])
    #expect(values[0] == values[2])
  }

  @Test(arguments: Decoder.allCases)
  func forecastsScaleWithTheUnit(decoder: Decoder) throws {
    // In other units, by a power of two, everything is the same to the last bit.
    let panel = Self.panel()
    let scaled = Panel(
      calendar: panel.calendar,
      series: panel.allSeries.map { series in
        Series(id: series.id, values: series.values.map { $0 * 1024 })
      })
    let forecaster = Self.small(decoder: decoder)
    let forecast = try forecaster.fit(panel).forecast(from: panel, horizon: 5)
    let ofScaled = try forecaster.fit(scaled).forecast(from: scaled, horizon: 5)
    #expect(ofScaled.values.map { Float($0) } == forecast.values.map { Float($0) * 1024 })
  }

  @Test func negativeForecastsComeFromNegativeSalesOnly() throws {
    let falling = Panel(
      calendar: RegularCalendar(start: CalendarDate(dayNumber: 19_000), count: 40),
      series: [Series(id: "a", values: (0..<40).map { Double($0 % 7 == 0 ? 50 : 0) })])
    let model = try Self.small(epochs: 20).fit(falling)
    #expect(model.isNonnegative)
    #expect(try model.forecast(from: falling, horizon: 5).values.allSatisfy { $0 >= 0 })
    let mirrored = Panel(
      calendar: falling.calendar,
      series: [Series(id: "a", values: falling.series(at: 0).values.map { -$0 })])
    #expect(try !Self.small().fit(mirrored).isNonnegative)
  }

  @Test(arguments: Decoder.allCases)
  func fileGivesTheSameForecasts(decoder: Decoder) throws {
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let panel = Self.panel()
    let model = try Self.small(decoder: decoder).fit(panel)
    try model.write(to: path)
    let read = try FittedLSTMForecaster(contentsOf: path)
    #expect(read.architecture == model.architecture)
    #expect(read.training == model.training)
    #expect(read.encoding == model.encoding)
    #expect(read.isNonnegative == model.isNonnegative)
    #expect(
      try read.forecast(from: panel, horizon: 5) == model.forecast(from: panel, horizon: 5))
  }

  @Test func aModelKnowsItsSteps() throws {
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let daily = Self.panel()
    try Self.small().fit(daily).write(to: path)
    let model = try FittedLSTMForecaster(contentsOf: path)
    #expect(model.frequency == .day)
    let months = Panel(
      calendar: RegularCalendar(
        start: CalendarDate(year: 2019, month: 1, day: 1)!, count: 60, frequency: .month),
      series: daily.allSeries)
    let fault = ForecastError.otherFrequency(.month, trainedFor: .day, seasonLength: 7)
    #expect(throws: fault) { try model.forecast(from: months, horizon: 4) }
    #expect(
      fault.description
        == "the model was trained on steps of a day, with a season of 7 days, but the data have steps "
        + "of a month; use or train a model for such steps")
    #expect(throws: ForecastError.otherSeason(12, trainedFor: 7)) {
      try model.check(.day, seasonLength: 12)
    }
    try model.check(.day, seasonLength: 7)
  }

  @Test func weeksMayStartOnAnotherDay() throws {
    let series = Self.panel().allSeries
    func weeks(_ weekday: Weekday) -> Panel {
      let frequency = Frequency.week(startingOn: weekday)
      let start = frequency.start(of: CalendarDate(year: 2023, month: 2, day: 6)!)
      return Panel(
        calendar: RegularCalendar(start: start, count: 60, frequency: frequency), series: series)
    }
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Self.small().fit(weeks(.saturday)).write(to: path)
    let model = try FittedLSTMForecaster(contentsOf: path)
    #expect(model.frequency == .week(startingOn: .saturday))
    _ = try model.forecast(from: weeks(.monday), horizon: 2)
  }

  /// The metadata are those that the package wrote when all decoders were LSTMs.
  @Test func fileOfBeforeThereWasAChoiceOfDecodersIsRead() throws {
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let panel = Self.panel()
    let model = try Self.small(
      decoder: .recurrent, features: .automatic(for: .day, seasonLength: 7), base: .seasonalMeans
    ).fit(panel)
    let configuration = """
      {"configuration":{"batchSize":8,"dropout":0.1,"epochs":1,"hiddenSize":6,\
      "horizon":5,"huberDelta":1,"inputLength":14,"layerCount":2,\
      "learningRate":0.002,"seasonLength":7,"seed":5,"stepsPerEpoch":3},\
      "isNonnegative":true}
      """
    try model.network.saveWeights(
      to: path,
      metadata: [
        ModelFileKey.kind: "lstm-forecaster", ModelFileKey.version: "1",
        ModelFileKey.configuration: configuration,
      ])
    let read = try FittedLSTMForecaster(contentsOf: path)
    #expect(read.architecture == model.architecture)
    #expect(read.training == model.training)
    #expect(read.encoding == model.encoding)
    // What the file does not say is not checked.
    #expect(read.frequency == nil && read.target == nil)
    #expect(
      try read.forecast(from: panel, horizon: 5) == model.forecast(from: panel, horizon: 5))
  }

  @Test(arguments: Decoder.allCases)
  func fileWithTheWeightsOfTheOtherDecoderIsRefused(decoder: Decoder) throws {
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let model = try Self.small(decoder: decoder).fit(Self.panel())
    try model.write(to: path)
    let other: Decoder = decoder == .direct ? .recurrent : .direct
    var metadata = try SafetensorsFile(path: path).metadata
    metadata[ModelFileKey.configuration]?.replace(decoder.rawValue, with: other.rawValue)
    try model.network.saveWeights(to: path, metadata: metadata)
    #expect(
      throws: WeightsError(
        file: path,
        fault: .invalidConfiguration(reason: "its numbers are not those of the weights"))
    ) { try FittedLSTMForecaster(contentsOf: path) }
  }

  @Test func fileOfAnotherKindIsRefused() throws {
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    var generator = Xoshiro256(seed: 1)
    try Dense<Float>(inputSize: 2, outputSize: 3, using: &generator).saveWeights(to: path)
    #expect(throws: WeightsError.self) { try FittedLSTMForecaster(contentsOf: path) }
    try "unique_id,ds,y\n".write(toFile: path, atomically: true, encoding: .utf8)
    #expect(throws: SafetensorsError.self) { try FittedLSTMForecaster(contentsOf: path) }
  }

  @Test func theDecoderIsDirectUnlessToldOtherwise() {
    #expect(LSTMArchitecture().decoder == .direct)
  }

  @Test func whatCannotBeForecastIsAnErrorThatNamesIt() throws {
    let model = try Self.small().fit(Self.panel())
    #expect(throws: ForecastError.horizonTooLong(6, trainedFor: 5)) {
      try model.forecast(from: Self.panel(), horizon: 6)
    }
    // A training window has seven steps of history, half of its length, and five to come.
    #expect(throws: ForecastError.noWindow(longest: 11, needed: 12)) {
      try Self.small().fit(Self.panel(count: 11))
    }
    let silent = Panel(
      calendar: RegularCalendar(start: CalendarDate(dayNumber: 19_000), count: 30),
      series: [Series(id: "s", values: Array(repeating: nil, count: 30))])
    #expect(throws: ForecastError.nothingObserved(id: "s")) {
      try Self.small().fit(silent)
    }
    #expect(throws: ForecastError.nothingObserved(id: "s")) {
      try model.forecast(from: silent, horizon: 5)
    }
  }

  #if !DEBUG
    /// The main job of the package: all seeds beat the seasonal naive forecast by far on the shop's
    /// own data. `foresight forecast Examples/data/online-retail-daily.csv` prints the figures.
    @Test(arguments: [0, 1] as [UInt64], Decoder.allCases)
    func beatsTheSeasonalNaiveForecast(seed: UInt64, decoder: Decoder) throws {
      let table = #filePath.replacing(
        "Tests/ForecastingTests/Networks/LSTMForecasterTests.swift",
        with: "Examples/data/online-retail-daily.csv")
      let holdOut = try HoldOut(LongTableReader().read(table).panel, horizon: 28)
      let naive = holdOut.evaluate(
        try SeasonalNaiveForecaster().forecast(from: holdOut.history, horizon: 28)
      ).overall
      let model = try LSTMForecaster(
        windows: .init(horizon: 28), architecture: .init(hiddenSize: 64, decoder: decoder),
        training: .init(seed: seed)
      ).fit(holdOut.history)
      let scores = holdOut.evaluate(
        try model.forecast(from: holdOut.history, horizon: 28)
      ).overall
      #expect(scores.mase! < 0.8 * naive.mase!)
      #expect(scores.wape! < 0.8 * naive.wape!)
    }
  #endif
}
