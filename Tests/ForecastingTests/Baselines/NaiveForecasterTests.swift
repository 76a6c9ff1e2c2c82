import Forecasting
import Testing
import TestSupport

@Suite struct NaiveForecasterTests {
  static let calendar = RegularCalendar(
    start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 11)

  /// A whole series, one with gaps at its end, one that ended early and one shorter than a season.
  static let history = Panel(
    calendar: calendar,
    series: [
      Series(id: "whole", values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]),
      Series(id: "gaps", values: [1, 2, 3, 4, 5, 6, 7, nil, 9, nil, nil]),
      Series(id: "ended", start: 1, values: [20, 30, 40]),
      Series(id: "short", start: 9, values: [5, 6]),
    ])

  @Test func repeatsTheLastObservedValue() throws {
    let forecast = try NaiveForecaster().fit(Self.history).forecast(
      from: Self.history, horizon: 3)
    #expect(forecast.ids == Self.history.ids)
    #expect(forecast.calendar.start.description == "2024-01-12")
    #expect(forecast.values == [11, 11, 11, 9, 9, 9, 40, 40, 40, 6, 6, 6])
  }

  @Test func repeatsTheLastObservedSeason() throws {
    let forecast = try SeasonalNaiveForecaster(seasonLength: 7).fit(Self.history).forecast(
      from: Self.history, horizon: 9)
    #expect(Array(forecast.values(at: 0)) == [5, 6, 7, 8, 9, 10, 11, 5, 6])
    // A gap is passed over for the season before it.
    #expect(Array(forecast.values(at: 1)) == [5, 6, 7, 1, 9, 3, 4, 5, 6])
    // Places of the season that were never observed take the last observed value.
    #expect(Array(forecast.values(at: 2)) == [40, 40, 40, 40, 20, 30, 40, 40, 40])
    #expect(Array(forecast.values(at: 3)) == [6, 6, 6, 6, 6, 5, 6, 6, 6])
  }

  /// A history of one season or one window has no past forecast, but not for that reason no errors.
  @Test(arguments: [
    SeasonalNaiveForecaster(seasonLength: 11, quantileLevels: [0.25, 0.75]) as any Forecaster,
    MovingAverageForecaster(windowLength: 11, quantileLevels: [0.25, 0.75]),
    SeasonalAverageForecaster(seasonLength: 11, windowLength: 1, quantileLevels: [0.25, 0.75]),
  ])
  func errorsWithoutAPastForecastAreThoseOfTheNaiveForecast(_ forecaster: any Forecaster) throws {
    func widths(_ forecaster: any Forecaster) throws -> [Double] {
      let history = BaselineSeries.panel([[3, 1, -4, 1, 5, 9, 2, 6, 5, 3, 50]])
      let quantiles = try #require(
        forecaster.fit(history).forecast(from: history, horizon: 4).quantiles)
      return (0..<4).map { quantiles.value(of: $0, 1) - quantiles.value(of: $0, 0) }
    }
    let expected = try widths(NaiveForecaster(quantileLevels: [0.25, 0.75]))
    #expect(expected[0] > 0)
    let found = try widths(forecaster)
    #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  @Test func aSeasonOfOneStepIsTheNaiveForecast() throws {
    let one = try SeasonalNaiveForecaster(seasonLength: 1).forecast(
      from: Self.history, horizon: 5)
    #expect(one == (try NaiveForecaster().forecast(from: Self.history, horizon: 5)))
  }

  @Test func refusesASeriesWithNothingObserved() {
    let panel = Panel(
      calendar: Self.calendar,
      series: [Series(id: "a", values: [1]), Series(id: "b", values: [nil, nil])])
    let expected = ForecastError.nothingObserved(id: "b")
    #expect(throws: expected) { try NaiveForecaster().forecast(from: panel, horizon: 2) }
    #expect(throws: expected) { try SeasonalNaiveForecaster().forecast(from: panel, horizon: 2) }
    #expect(
      expected.description
        == "series \"b\" has no observed value to forecast from; leave it out")
  }

  @Test func aForecastThatIsNotFiniteIsAnErrorThatNamesTheDay() {
    let steps = RegularCalendar(start: Self.calendar.start, count: 3)
    let expected = ForecastError.notFinite(id: "b", date: steps.date(at: 1))
    #expect(throws: expected) {
      try Forecast(ids: ["a", "b"], calendar: steps, values: [1, 2, 3, 4, .nan, 6])
    }
    #expect(
      expected.description == "the forecast of series \"b\" for 2024-01-02 is not a finite number: "
        + "the model has diverged; train it with a lower learning rate")
  }

  @Test func forecastsSelectAndSum() throws {
    let steps = RegularCalendar(start: Self.calendar.start, count: 3)
    let forecast = try Forecast(ids: ["a", "b"], calendar: steps, values: [1, 2, 3, 40, 50, 60])
    #expect(forecast.selecting([1]).values == [40, 50, 60])
    #expect(forecast.total(id: "sum").values == [41, 52, 63])
    #expect(forecast.total(id: "sum").ids == ["sum"])
  }

  @Test func theSeasonalNaiveForecastOfMonthsLooksAYearBack() throws {
    let panel = Panel(
      calendar: RegularCalendar(
        start: CalendarDate(year: 2022, month: 11, day: 1)!, count: 17, frequency: .month),
      series: [Series(id: "a", values: (0..<17).map { Double($0) })])
    let forecast = try SeasonalNaiveForecaster().forecast(from: panel, horizon: 3)
    #expect(forecast.values == [5, 6, 7])
    #expect(
      forecast.calendar.dates.map(\.description) == ["2024-04-01", "2024-05-01", "2024-06-01"])
    #expect(try HoldOut(panel, horizon: 3).seasonLength == 12)
  }

  @Test func stockOutsAreNeitherForecastFromNorScored() throws {
    let panel = Panel(
      calendar: RegularCalendar(start: Self.calendar.start, count: 5),
      series: [
        Series(
          id: "a", values: [3, 0, 2, 9, 7],
          states: [.observed, .observed, .stockOut, .gap, .stockOut])
      ])
    #expect(try NaiveForecaster().forecast(from: panel, horizon: 1).values == [0])
    let forecast = try Forecast(ids: ["a"], calendar: panel.calendar, values: [4, 1, 99, 99, 99])
    let scores = Evaluation(of: forecast, against: panel, scaledBy: panel, seasonLength: 1).overall
    #expect(scores.count == 2)
    #expect(scores.mae == 1)
  }

  @Test func stopsAtAHorizonBelowOne() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = try NaiveForecaster().forecast(from: NaiveForecasterTests.history, horizon: 0)
    }
    expectStopped(result, "forecast: expected a horizon of at least 1, got 0")
  }
}
