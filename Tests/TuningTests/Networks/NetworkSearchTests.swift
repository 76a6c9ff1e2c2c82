import Testing
import Tuning

@Suite struct NetworkSearchTests {
  /// One series over less than a year of weeks, of which the default network sees all before the horizon
  /// but one.
  private static func panel(weeks: Int) -> Panel {
    Panel(
      calendar: RegularCalendar(
        start: CalendarDate(year: 2024, month: 1, day: 1)!, count: weeks,
        frequency: .week(startingOn: .monday)),
      series: [Series(id: "a", values: (0..<weeks).map { Double($0 * 5 % 7) })])
  }

  /// The final network is trained on a longer history than those of the search.
  @Test func theDefaultInputLengthIsThatOfThePanel() throws {
    let windows = WindowSpecification(horizon: 6)
    let search = NetworkSearch([LSTMArchitecture.self], windows: windows, on: Self.panel(weeks: 30))
    let values = search.defaults[0]
    #expect(values.integer("inputLength") == 23)
    let usual = NetworkForecaster<LSTMArchitecture>(windows: windows)
    for weeks in [30, 42] {
      let panel = Self.panel(weeks: weeks)
      let forecaster = search.forecaster(for: values)
      #expect(forecaster.lookback(for: panel) == usual.lookback(for: panel))
      #expect(forecaster.lookback(for: panel) == weeks - 7)
    }
  }

  /// 12 of the 23 weeks that are the default at 30 weeks are 18 of 35 at 42 weeks.
  @Test func otherInputLengthsKeepTheirRatioToTheDefault() {
    let windows = WindowSpecification(horizon: 6)
    let search = NetworkSearch([LSTMArchitecture.self], windows: windows, on: Self.panel(weeks: 30))
    var values = search.defaults[0]
    values["inputLength"] = .number(12)
    let longer = Self.panel(weeks: 42)
    #expect(search.forecaster(for: values).lookback(for: longer) == 12)
    #expect(search.forecaster(for: values, on: longer).lookback(for: longer) == 18)
  }

  /// An input length that is given holds for all panels.
  @Test func aGivenInputLengthIsTheDefault() {
    let windows = WindowSpecification(horizon: 6, inputLength: 9)
    let search = NetworkSearch([LSTMArchitecture.self], windows: windows, on: Self.panel(weeks: 30))
    let forecaster = search.forecaster(for: search.defaults[0])
    #expect(forecaster.lookback(for: Self.panel(weeks: 42)) == 9)
  }
}
