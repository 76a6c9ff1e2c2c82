import Forecasting
import Testing

@Suite struct QuantileForecastTests {
  private static let calendar = RegularCalendar(
    start: CalendarDate(year: 2024, month: 3, day: 4)!, count: 3)

  /// Two series over three days, with three quantiles.
  private static func forecast() throws -> Forecast {
    try Forecast(
      ids: ["a", "b"], calendar: calendar, values: [1, 2, 3, 4, 5, 6],
      quantiles: Quantiles(
        levels: [0.025, 0.5, 0.9], values: (0..<18).map { Double($0) + 0.5 }))
  }

  @Test func columnsOfATableNameTheLevels() throws {
    let table = ForecastTable([
      .init(name: "LSTM", forecast: try Self.forecast()),
      .init(
        name: "Naive",
        forecast: try Forecast(
          ids: ["a", "b"], calendar: Self.calendar, values: [7, 7, 7, 8, 8, 8])
      ),
    ])
    let lines = table.csv().split(separator: "\n")
    #expect(lines[0] == "unique_id,ds,LSTM,LSTM-q2.5,LSTM-q50,LSTM-q90,Naive")
    #expect(lines[1] == "a,2024-03-04,1.0,0.5,1.5,2.5,7.0")
    #expect(lines[5] == "b,2024-03-05,5.0,12.5,13.5,14.5,8.0")
  }

  @Test func namesHaveNoRoundingErrors() {
    #expect(Quantiles(levels: [0.07, 0.29, 0.995], values: []).names == ["q7", "q29", "q99.5"])
  }

  @Test func seriesKeepTheirQuantiles() throws {
    let second = try Self.forecast().selecting([1])
    #expect(second.quantiles?.values == (9..<18).map { Double($0) + 0.5 })
    #expect(try Self.forecast().total().quantiles == nil)
  }

  @Test func aQuantileThatIsNoNumberIsAnErrorThatNamesIt() {
    var values = [Double](repeating: 1, count: 12)
    values[9] = .nan
    #expect(
      throws: ForecastError.notFinite(
        id: "b", date: CalendarDate(year: 2024, month: 3, day: 5)!)
    ) {
      try Forecast(
        ids: ["a", "b"], calendar: Self.calendar, values: [1, 2, 3, 4, 5, 6],
        quantiles: Quantiles(levels: [0.1, 0.9], values: values))
    }
  }

  /// A closed shop sells nothing, at any level; and a series that has ended has no quantiles but 0.
  @Test func closedDaysHaveNoSalesAtAnyLevel() throws {
    struct Model: FittedForecaster {
      let name = "model"

      func demand(from history: Panel, horizon: Int) throws -> Forecast {
        let count = history.seriesCount * horizon
        return try Forecast(
          ids: history.ids, calendar: history.calendar(ofNext: horizon),
          values: Array(repeating: 2, count: count),
          quantiles: Quantiles(
            levels: [0.1, 0.9], values: (0..<2 * count).map { Double(1 + $0 % 2) }))
      }
    }
    let start = CalendarDate(year: 2024, month: 3, day: 4)!
    let panel = Panel(
      calendar: RegularCalendar(start: start, count: 7),
      series: [Series(id: "a", values: [1, 2, 3, 4, 5, 6, 0])]
    ).closed(on: ClosingCalendar(weekdays: [.tuesday]))
    let forecast = try Model().forecast(from: panel, horizon: 3)
    #expect(forecast.values == [2, 0, 2])
    #expect(forecast.quantiles?.values == [1, 2, 0, 0, 1, 2])
  }
}
