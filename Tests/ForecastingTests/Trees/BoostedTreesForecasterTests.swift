import Forecasting
import NeuralNetwork
import SalesTestSupport
import TestSupport
import Testing

@Suite struct BoostedTreesForecasterTests {
  private static let shop = PromotedShop(seed: 3)

  private func forecast(
    _ panel: Panel, _ forecaster: BoostedTreesForecaster = PromotedShop.forecaster()
  ) throws -> Forecast {
    try forecaster.fit(panel).forecast(from: panel, horizon: PromotedShop.horizon)
  }

  /// The effects of promotions differ by category, and the forecasts know them.
  @Test func learnsWhatPromotionsDo() throws {
    let error = Self.shop.error(of: try forecast(Self.shop.panel()))
    #expect(error < 0.06, "\(error)")
    let naive = SeasonalNaiveForecaster(seasonLength: 7)
    let panel = Self.shop.panel()
    let withoutPromotions = try naive.fit(panel).forecast(
      from: panel, horizon: PromotedShop.horizon)
    #expect(Self.shop.error(of: withoutPromotions) > 4 * error)
  }

  /// Values below 0 make the effects additive.
  @Test func learnsFromNegativeValues() throws {
    let panel = Self.shop.panel(plus: -200)
    let found = try forecast(panel)
    let error = Self.shop.error(of: found, plus: -200)
    #expect(error < 0.12, "\(error)")
    #expect(found.values.contains { $0 < 0 })
  }

  @Test func scalesWithTheData() throws {
    let base = try forecast(Self.shop.panel()).values
    let scaled = try forecast(Self.shop.panel(times: 1_024)).values
    for (base, scaled) in zip(base, scaled) {
      #expect(abs(scaled / 1_024 - base) <= 0.02 * base, "\(scaled / 1_024), not \(base)")
    }
  }

  @Test func anyNumberOfThreadsGivesTheSameForecast() throws {
    let before = Parallelism.threadCount
    defer { Parallelism.threadCount = before }
    let forecasts = try [1, 2].map { threads in
      Parallelism.threadCount = threads
      return try forecast(Self.shop.panel(), PromotedShop.forecaster(treeCount: 10)).values
    }
    #expect(forecasts[0] == forecasts[1])
    let other = try forecast(Self.shop.panel(), PromotedShop.forecaster(treeCount: 10, seed: 1))
    #expect(other.values != forecasts[0])
  }

  /// A shorter forecast is the start of a longer one, and a forecast of some series is that of all.
  @Test func forecastsStepsAndSeriesOnTheirOwn() throws {
    let panel = Self.shop.panel()
    let model = try PromotedShop.forecaster(treeCount: 10).fit(panel)
    let all = try model.forecast(from: panel, horizon: PromotedShop.horizon)
    let short = try model.forecast(from: panel, horizon: 3)
    let starts = stride(from: 0, to: all.values.count, by: PromotedShop.horizon)
    #expect(short.values == starts.flatMap { all.values[$0..<$0 + 3] })
    let some = try model.forecast(from: panel.selecting([7, 2]), horizon: PromotedShop.horizon)
    #expect(some.values == all.selecting([7, 2]).values)
  }

  /// Categories that the training part lacks are unknown, and those of other panels are matched by name.
  @Test func matchesCategoriesByName() throws {
    let panel = Self.shop.panel()
    let model = try PromotedShop.forecaster(treeCount: 10).fit(panel)
    let expected = try model.forecast(from: panel.selecting([1]), horizon: 5)
    func renamed(_ category: String) -> Panel {
      var shop = Self.shop
      shop.categories = Array(repeating: category, count: PromotedShop.productCount)
      return shop.panel().selecting([1])
    }
    #expect(try model.forecast(from: renamed("cups"), horizon: 5) == expected)
    #expect(try model.forecast(from: renamed("hats"), horizon: 5) != expected)
  }

  /// Zeros, constants, gaps, launches, ends, and columns with missing cells give finite forecasts.
  @Test(arguments: [1, 2, 3] as [UInt64]) func survivesHostilePanels(seed: UInt64) throws {
    let panel = RandomShop(seed: seed).panel
    let forecast = try BoostedTreesForecaster(horizon: 9).fit(panel).forecast(
      from: panel, horizon: 9)
    #expect(forecast.values.allSatisfy { $0.isFinite })
  }

  @Test func forecastsConstantsAndZeros() throws {
    let values = [0.0, 7].map { Array(repeating: $0, count: 90) }
    let panel = Panel(
      calendar: RegularCalendar(start: date(2024, 1, 1), count: 90),
      series: values.enumerated().map { Series(id: "\($0)", values: $1) })
    let forecast = try BoostedTreesForecaster(horizon: 5).fit(panel).forecast(
      from: panel, horizon: 5)
    #expect(forecast.values[..<5].allSatisfy { $0 >= 0 && $0 < 0.1 })
    #expect(forecast.values[5...].allSatisfy { abs($0 - 7) < 0.1 })
  }

  /// A product of which three days are known sells as much as on these days.
  @Test func forecastsLaunches() throws {
    let model = try PromotedShop.forecaster().fit(Self.shop.panel())
    let launched = Self.shop.panel(lastDays: 3)
    let forecast = try model.forecast(from: launched, horizon: PromotedShop.horizon)
    #expect(Self.shop.error(of: forecast) < 0.5, "\(Self.shop.error(of: forecast))")
  }

  @Test func refusesWhatItCannotForecast() throws {
    let panel = Self.shop.panel()
    let model = try PromotedShop.forecaster(treeCount: 1).fit(panel)
    #expect(throws: ForecastError.horizonTooLong(15, trainedFor: 14)) {
      try model.forecast(from: panel, horizon: 15)
    }
    let weeks = Panel(
      calendar: RegularCalendar(start: date(2024, 1, 1), count: 50, frequency: .week()),
      series: [Series(id: "a", values: Array(repeating: 1, count: 50))])
    #expect {
      try model.forecast(from: weeks, horizon: 1)
    } throws: {
      if case ForecastError.otherFrequency? = $0 as? ForecastError { true } else { false }
    }
    let short = Panel(
      calendar: RegularCalendar(start: date(2024, 1, 1), count: 14),
      series: [Series(id: "a", values: Array(repeating: 1, count: 14))])
    #expect(throws: ForecastError.noWindow(longest: 14, needed: 15)) {
      try PromotedShop.forecaster().fit(short)
    }
  }

  @Test func numbersOutOfRangeStop() async {
    let rows = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = BoostedTreesForecaster(windows: WindowSpecification(horizon: 3), maximumRowCount: 0)
    }
    expectStopped(
      rows, "BoostedTreesForecaster: a number is out of its range: maximumRowCount is 0")
  }

  @Test func cancellationEndsTheFit() async {
    let panel = Self.shop.panel()
    let task = Task {
      withUnsafeCurrentTask { $0?.cancel() }
      return try PromotedShop.forecaster().fit(panel)
    }
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
