import Forecasting
import SalesTestSupport
import Testing

@Suite struct PartialPeriodForecastTests {
  /// Ten units a day for 142 days: the last week has two days, is left out, and is forecast.
  @Test func forecastsStartWithThePeriodThatIsLeftOut() throws {
    let table = (0..<142).reduce("unique_id,ds,y\n") {
      $0 + "a,\(date(2024, 1, 1).advanced(by: $1)),10\n"
    }
    var preparation = Preparation(DataSchema(.long(.longTable)))
    preparation.frequency = .week()
    let source = try DelimitedRecordSource(MemoryByteSource(Array(table.utf8), name: "t.csv"))
    let prepared = try preparation.prepare(source) { name, _ throws(TableError) in
      fatalError("there is no table \(name)")
    }
    let forecast = try NaiveForecaster().forecast(from: prepared.panel, horizon: 3)
    #expect(forecast.calendar.start == date(2024, 5, 20) && forecast.values == [70, 70, 70])
    let holdOut = try HoldOut(prepared.panel, horizon: 5)
    let naive = try NaiveForecaster().forecast(from: holdOut.history, horizon: 5)
    #expect(holdOut.evaluate(naive).overall.wape == 0)
  }
}
