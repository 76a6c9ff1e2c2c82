import Forecasting
import Testing

/// Figures from statsforecast 2.1.1, with the series and the function of `BaselineSeries`:
///
///     show(MSTL(7), w)
///     show(MSTL([7, 14]), w)
@Suite struct MSTLTests {
  @Test func oneSeason() throws {
    try BaselineSeries.expect(
      MSTLForecaster(seasonLengths: [7], quantileLevels: [0.1, 0.9]),
      of: BaselineSeries.seasonal,
      mean: [
        86.509407145, 77.594244503, 85.64619751, 99.710686307, 124.178630661, 133.667967726,
        111.204274531, 90.263890018, 81.348727376,
      ],
      low: [73.539204983, 64.624042043, 72.675994409, 86.740482091],
      high: [99.479609306, 90.564446964, 98.616400612, 112.680890524])
  }

  @Test func severalSeasons() throws {
    try BaselineSeries.expect(
      MSTLForecaster(seasonLengths: [14, 7], quantileLevels: [0.1, 0.9]),
      of: BaselineSeries.seasonal,
      mean: [
        83.069400592, 76.046135559, 93.632909428, 92.889988084, 125.023919623, 141.963527802,
        101.291071157, 92.303344736, 82.723450337,
      ],
      low: [72.713751493, 65.690486252, 83.277259652, 82.534337474],
      high: [93.42504969, 86.401784865, 103.988559203, 103.245638695])
  }

  /// Hours have days and weeks; a series too short for weeks has days alone.
  @Test func seasonsOfHours() throws {
    func panel(_ count: Int) -> Panel {
      let calendar = RegularCalendar(
        start: CalendarDate(year: 2024, month: 1, day: 1)!, count: count, frequency: .hour)
      let values = (0..<count).map { hour -> Double in
        let day = hour / 24 % 7
        let level = hour % 24 * (day + 1)
        return Double(level + hour * hour % 13)
      }
      return Panel(calendar: calendar, series: [Series(id: "a", values: values)])
    }
    for (count, seasons) in [(340, [24, 168]), (100, [24])] {
      let found = try MSTLForecaster().forecast(from: panel(count), horizon: 5)
      let expected = try MSTLForecaster(seasonLengths: seasons).forecast(
        from: panel(count), horizon: 5)
      #expect(found == expected)
      #expect(found.fallbacks.isEmpty)
    }
  }

  @Test func aSeriesWithoutTwoSeasonsIsForecastWithoutDecomposition() throws {
    let panel = BaselineSeries.panel([Array(BaselineSeries.trending.prefix(12))])
    let forecast = try MSTLForecaster(seasonLengths: [7]).forecast(from: panel, horizon: 4)
    #expect(forecast.fallbacks == ["s0": "ETS"])
    #expect(
      forecast.values
        == (try ETSForecaster(seasonLength: 7).forecast(from: panel, horizon: 4)).values)
  }
}
