import Forecasting
import Tensor
import TestSupport
import Testing

/// What all local models have in common.
@Suite struct LocalForecasterTests {
  /// A model that forecasts the sum of the values that it was given, and one more with each step.
  struct Recorder: LocalForecaster {
    let name = "Recorder"
    let quantileLevels: [Double]
    let shortest: Int
    var fallback: any LocalForecaster { DriftForecaster(quantileLevels: quantileLevels) }

    func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast? {
      guard history.values.count >= shortest else { return nil }
      let sum = history.values.reduce(0, +)
      return SeriesForecast(
        mean: (0..<horizon).map { sum + Double($0) },
        deviation: (0..<horizon).map { Double($0 + 1) })
    }
  }

  static func recorder(_ levels: [Double] = [], shortest: Int = 0) -> Recorder {
    Recorder(quantileLevels: levels, shortest: shortest)
  }

  @Test func missingValuesAreInterpolated() throws {
    let panel = BaselineSeries.panel([[nil, 3, nil, nil, 9, 4, nil, 2]])
    let forecast = try Self.recorder().forecast(from: panel, horizon: 2)
    #expect(forecast.values == [33, 34])
  }

  /// A series that ended before the calendar is forecast from its own end on.
  @Test func stepsWithoutAValueAtTheEndAreForecastToo() throws {
    let calendar = RegularCalendar(
      start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 11)
    let panel = Panel(
      calendar: calendar,
      series: [
        Series(id: "ended", start: 2, values: [1, 2, 3]),
        Series(id: "gaps", values: [1, 2, 3, 4, 5, 6, 7, 8, 9, nil, nil]),
      ])
    let forecast = try Self.recorder([0.5]).forecast(from: panel, horizon: 2)
    #expect(forecast.values == [12, 13, 47, 48])
    let drift = try DriftForecaster().forecast(from: panel, horizon: 2)
    #expect(drift.values == [10, 11, 12, 13])
    let theta = try ThetaForecaster().forecast(from: panel, horizon: 2)
    let whole = try ThetaForecaster().forecast(
      from: BaselineSeries.panel([[1, 2, 3, 4, 5, 6, 7, 8, 9]]), horizon: 4)
    #expect(Array(theta.values(at: 1)) == Array(whole.values.suffix(2)))
  }

  /// A sale of 0 on a day on which the shop was closed is no sign of the demand.
  @Test func closedDaysAreMissing() throws {
    let closing = ClosingCalendar(weekdays: [.sunday])
    // The calendar begins on a Monday.
    let values: [Double?] = [1, 2, 3, 4, 5, 6, 0, 8, 9, 10]
    let open = try Self.recorder().forecast(
      from: BaselineSeries.panel([values]).closed(on: closing), horizon: 2)
    #expect(open.values == [55, 56])
    let nothing = try Self.recorder().forecast(
      from: BaselineSeries.panel([[nil, nil, nil, nil, nil, nil, 0]]).closed(on: closing),
      horizon: 2)
    #expect(nothing.values == [0, 1])
  }

  @Test func quantilesAreThoseOfANormalDistribution() throws {
    // scipy.stats.norm.ppf([1e-12, 0.05, 0.5, 0.9])
    let scores = [-7.034483825301131, -1.6448536269514729, 0, 1.2815515655446004]
    let forecast = try Self.recorder([1e-12, 0.05, 0.5, 0.9]).forecast(
      from: BaselineSeries.panel([[-100, 300]]), horizon: 2)
    let quantiles = try #require(forecast.quantiles)
    #expect(quantiles.levels == [1e-12, 0.05, 0.5, 0.9])
    for step in 0..<2 {
      for (place, score) in scores.enumerated() {
        let expected = 200 + Double(step) + Double(step + 1) * score
        #expect(abs(quantiles.values[step * 4 + place] - expected) < 1e-9)
      }
    }
  }

  /// A model that forecasts quantiles of its own at 10 % and 90 %.
  struct Counter: LocalForecaster {
    let name = "Counter"
    let quantileLevels = [0.1, 0.9]

    func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast? {
      var forecast = SeriesForecast(
        mean: Array(repeating: 5, count: horizon),
        deviation: Array(repeating: 1, count: horizon))
      forecast.quantiles = (0..<horizon).flatMap { [Double($0) - 2, Double($0) + 10] }
      return forecast
    }
  }

  @Test func quantilesOfAModelReplaceThoseOfANormalDistribution() throws {
    let forecast = try Counter().forecast(
      from: BaselineSeries.panel([[1, 2, 3], [1, nil], [-1, 2]]), horizon: 2)
    #expect(forecast.values == [5, 5, 5, 5, 5, 5])
    // A series that ended a step earlier is at its second and third step. Only the last was negative.
    #expect(forecast.quantiles?.values == [0, 10, 0, 11, 0, 11, 0, 12, -2, 10, -1, 11])
  }

  @Test func aSeriesThatIsNeverNegativeHasNoNegativeForecast() throws {
    let levels = [0.01, 0.99]
    let falling = try DriftForecaster(quantileLevels: levels).forecast(
      from: BaselineSeries.panel([[9, 5, 4, 1]]), horizon: 3)
    #expect(falling.values == [0, 0, 0])
    #expect(falling.quantiles?.values.allSatisfy { $0 >= 0 } == true)
    let negative = try DriftForecaster().forecast(
      from: BaselineSeries.panel([[9, 5, 1, -1]]), horizon: 1)
    #expect(negative.values[0] < -4)
  }

  @Test func fallbacksAreNamed() throws {
    let panel = BaselineSeries.panel([[1, 2, 3], [7], [4, 6]])
    let forecast = try Self.recorder(shortest: 3).forecast(from: panel, horizon: 2)
    #expect(forecast.values == [6, 7, 7, 7, 8, 10])
    #expect(forecast.fallbacks == ["s1": "Naive", "s2": "Drift"])
    #expect(forecast.selecting([0, 2]).fallbacks == ["s2": "Drift"])
    #expect(forecast.total().fallbacks.isEmpty)
  }

  @Test func fallbacksOfSeriesThatEndedAreLeftOut() throws {
    let panel = BaselineSeries.panel([[1, 2, 3], [7, 8]])
    let forecast = try MovingAverageForecaster(windowLength: 3).forecast(from: panel, horizon: 1)
    #expect(forecast.values == [2, 7.5])
    #expect(forecast.fallbacks == ["s1": "Historic mean"])
  }

  /// Series of every kind have finite forecasts, whatever their length and size.
  /// A season length of 1 is no season.
  @Test(arguments: [7, 1])
  func noForecastIsMissing(seasonLength: Int) throws {
    let shapes: [[Double?]] = [
      [3], [0], [2, 5], [5, 2, 4], [1, 0, 2, 7], [0, 0, 0, 0, 0, 4], [0, 0, 0, 0, 0, 0, 0, 0, 1],
      Array(repeating: 6, count: 23), Array(repeating: 0, count: 23), [nil, 4, nil, 2, nil],
      Array(BaselineSeries.trending.prefix(17)), BaselineSeries.intermittent,
      Array(repeating: 1, count: 15) + Array(repeating: 40, count: 14),
    ]
    let panel = BaselineSeries.panel(
      shapes + shapes.map { $0.map { $0.map { $0 * 1e9 } } }
        + shapes.map { $0.map { $0.map { $0 * 1e-6 } } })
    for baseline in Baseline.all {
      let forecaster = baseline.forecaster(
        seasonLength: seasonLength, quantileLevels: [0.1, 0.5, 0.9])
      let forecast = try forecaster.forecast(from: panel, horizon: 9)
      #expect(forecast.values.allSatisfy { $0.isFinite && $0 >= 0 }, "\(baseline.name)")
      let quantiles = try #require(forecast.quantiles).values
      for step in forecast.values.indices {
        #expect(quantiles[3 * step] >= 0 && quantiles[3 * step] <= quantiles[3 * step + 2])
      }
      // Constant series stay as they are, but for the correction of SBA.
      if baseline.name == "sba" { continue }
      for (index, value) in [(7, 6.0), (8, 0), (7 + shapes.count, 6e9)] {
        for found in forecast.values(at: index) {
          #expect(abs(found - value) <= 1e-12 * value, "\(baseline.name)")
        }
      }
    }
  }

  @Test func resultsDoNotDependOnThreads() throws {
    // More than one chunk of them.
    let series: [[Double?]] = (0..<70).map { place in
      BaselineSeries.intermittent.dropFirst(40 + place % 13).map { $0 * Double(place % 7 + 1) }
    }
    let panel = BaselineSeries.panel(series)
    for name in ["ets", "theta", "imapa", "ridge"] {
      let forecaster = try #require(Baseline.named(name)).forecaster(
        seasonLength: 3, quantileLevels: [0.2, 0.7])
      let before = Parallelism.threadCount
      defer { Parallelism.threadCount = before }
      let forecasts = try [1, 2, 3].map { threads in
        Parallelism.threadCount = threads
        return try forecaster.forecast(from: panel, horizon: 3)
      }
      #expect(forecasts[0] == forecasts[1] && forecasts[1] == forecasts[2], "\(name)")
      // A series is forecast as it is alone.
      let alone = try forecaster.forecast(from: panel.selecting([67]), horizon: 3)
      #expect(alone.values == Array(forecasts[0].values(at: 67)), "\(name)")
    }
  }

  @Test func namesAreUnique() {
    let names = Baseline.all.map(\.name)
    #expect(Set(names).count == names.count)
    let titles = Baseline.all.map { $0.forecaster().name }
    #expect(Set(titles).count == titles.count)
    #expect(Baseline.named("ets")?.forecaster().name == "ETS")
    #expect(Baseline.named("arima") == nil)
  }

  @Test func stopsAtMistakes() async {
    let season = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = ThetaForecaster(seasonLength: 0)
    }
    expectStopped(season, "ThetaForecaster: expected a seasonLength of at least 1, got 0")
    let levels = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = ETSForecaster(quantileLevels: [0.5, 0.5])
    }
    expectStopped(
      levels,
      "ETSForecaster: expected ascending quantileLevels between 0 and 1, got [0.5, 0.5]")
  }
}
