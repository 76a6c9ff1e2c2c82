import Forecasting
import Testing

@Suite struct ForecastRunTests {
  /// Forecasts the mean of the panel that it was fitted to, so that a forecast tells what was known.
  private struct Mean: Forecaster {
    struct Fitted: FittedForecaster {
      let name = "Mean"
      let mean: Double
      var lookback: Int?

      func demand(from history: Panel, horizon: Int) throws -> Forecast {
        try Forecast(
          ids: history.ids, calendar: history.calendar(ofNext: horizon),
          values: Array(repeating: mean, count: history.seriesCount * horizon))
      }
    }

    func fit(_ panel: Panel) -> Fitted {
      let values = panel.allSeries.flatMap(\.values)
      return Fitted(mean: values.reduce(0, +) / Double(values.count))
    }
  }

  /// Two series over 12 days: 1, 2, …, 12, and the same from day 4 on.
  private static let panel = Panel(
    calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 3, day: 4)!, count: 12),
    series: [
      Series(id: "a", values: (1...12).map { Double($0) }),
      Series(id: "b", start: 4, values: (5...12).map { Double($0) }),
    ])

  @Test func modelsAreJudgedOnWhatTheyDidNotSee() throws {
    let results = try ForecastRun(horizon: 3)(
      [.untrained(Mean()), .untrained(NaiveForecaster())], on: Self.panel)
    let (mean, naive) = (results.models[0], results.models[1])
    // Days 1 to 9 of the first series, and 5 to 9 of the second.
    #expect(mean.heldOut.forecast.values == Array(repeating: 80.0 / 14, count: 6))
    #expect(naive.heldOut.forecast.values == [9, 9, 9, 9, 9, 9])
    #expect(naive.heldOut.evaluation?.overall.mae == 2)
    #expect(results.scoreboard.rows.map(\.model) == ["Mean", "Naive"])
    #expect(results.holdOut.history.calendar.count == 9)
  }

  @Test func theForecastBeyondThePanelIsOfAModelTrainedOnAllOfIt() throws {
    let results = try ForecastRun(horizon: 3)([.untrained(Mean())], on: Self.panel)
    #expect(results.models[0].isRefitted)
    #expect(results.models[0].next.forecast.values == Array(repeating: 146.0 / 20, count: 6))
    #expect(results.models[0].next.forecast.calendar.start == Self.panel.calendar.end)
    #expect((results.models[0].final as? Mean.Fitted)?.mean == 146.0 / 20)
  }

  @Test func withoutRefitsItIsOfTheModelThatWasJudged() throws {
    var run = ForecastRun(horizon: 3)
    run.refits = false
    let results = try run([.untrained(Mean())], on: Self.panel)
    #expect(!results.models[0].isRefitted)
    #expect(results.models[0].next.forecast.values == Array(repeating: 80.0 / 14, count: 6))
  }

  @Test func aTrainedModelStaysAsItIs() throws {
    let results = try ForecastRun(horizon: 3)([.trained(Mean.Fitted(mean: 4))], on: Self.panel)
    #expect(!results.models[0].isRefitted)
    #expect(results.models[0].next.forecast.values == [4, 4, 4, 4, 4, 4])
  }

  @Test func seriesThatCannotBeForecastAreRejectedOrLeftOut() throws {
    let panel = Panel(
      calendar: Self.panel.calendar,
      series: Self.panel.allSeries + [Series(id: "late", start: 10, values: [1, 2])])
    var run = ForecastRun(horizon: 3)
    run.shortSeries = .reject
    #expect(throws: ForecastError.nothingObserved(id: "late")) {
      try run([.untrained(Mean())], on: panel)
    }
    run.shortSeries = .leaveOut
    let results = try run([.untrained(Mean())], on: panel)
    #expect(results.leftOut == ["late"])
    #expect(results.models[0].next.forecast.ids == ["a", "b"])
  }

  /// Series "gone" was last observed long ago, and "new" not at all: two categories each.
  @Test func seriesThatShowNothingAreForecastByABaseline() throws {
    let gone: [Double?] = [3, 5, 4] + Array(repeating: nil, count: 9)
    let panel = Panel(
      calendar: Self.panel.calendar,
      series: Self.panel.allSeries + [
        Series(id: "gone", values: gone), Series(id: "new", start: 11, values: [nil]),
      ]
    ).adding(level: "department", ["x", "y", "x", "y"])
    let run = ForecastRun(horizon: 3)
    let results = try run([.trained(Mean.Fitted(mean: 4, lookback: 6))], on: panel)
    let next = results.models[0].next
    #expect(Array(next.forecast.values.prefix(6)) == [4, 4, 4, 4, 4, 4])
    // The mean of 3, 5, 4; and that of the first three values of "b".
    let b = panel.series(at: 1).values.prefix(3)
    let start = b.reduce(0, +) / 3
    #expect(Array(next.forecast.values.suffix(6)) == [4, 4, 4, start, start, start])
    #expect(next.forecast.ids == ["a", "b", "gone", "new"])
    #expect(
      next.forecast.fallbacks == [
        "gone": "mean of its last observed season",
        "new": "mean of the first sales of similar series",
      ])
  }

  @Test func aPanelNoLongerThanTheHorizonIsAnError() {
    for horizon in [12, 17] {
      #expect(throws: ForecastError.historyTooShort(steps: 12, horizon: horizon)) {
        try ForecastRun(horizon: horizon)([.untrained(Mean())], on: Self.panel)
      }
    }
  }
}
