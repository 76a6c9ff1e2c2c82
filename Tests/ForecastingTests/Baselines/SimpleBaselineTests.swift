import Forecasting
import Testing

/// Figures from statsforecast 2.1.1, with the series and the function of `BaselineSeries`:
///
///     for model in [Naive(), SeasonalNaive(7), RandomWalkWithDrift(), HistoricAverage(),
///                   SimpleExponentialSmoothingOptimized()]: show(model, y)
///     print(WindowAverage(7).forecast(y, 9), SeasonalWindowAverage(7, 4).forecast(y, 9))
@Suite struct SimpleBaselineTests {
  let levels = [0.1, 0.9]

  @Test func naive() throws {
    try BaselineSeries.expect(
      NaiveForecaster(quantileLevels: levels), of: BaselineSeries.trending,
      mean: [99.5, 99.5, 99.5], low: [77.740631928, 68.727606564, 61.811668959],
      high: [121.259368072, 130.272393436, 137.188331041], tolerance: 1e-10)
  }

  @Test func seasonalNaive() throws {
    try BaselineSeries.expect(
      SeasonalNaiveForecaster(seasonLength: 7, quantileLevels: levels),
      of: BaselineSeries.trending,
      mean: [97.5, 97.0, 92.5, 99.0, 91.5, 118.0, 99.5, 97.5, 97.0],
      low: [
        75.96091838, 75.46091838, 70.96091838, 77.46091838, 69.96091838, 96.46091838,
        77.96091838, 67.039138652, 66.539138652,
      ],
      high: [
        119.03908162, 118.53908162, 114.03908162, 120.53908162, 113.03908162, 139.53908162,
        121.03908162, 127.960861348, 127.460861348,
      ], tolerance: 1e-10)
  }

  @Test func drift() throws {
    try BaselineSeries.expect(
      DriftForecaster(quantileLevels: levels), of: BaselineSeries.trending,
      mean: [100.338983051, 101.177966102, 102.016949153],
      low: [78.422793452, 69.926576075, 63.429515496],
      high: [122.255172649, 132.429356128, 140.604382809], tolerance: 1e-10)
  }

  @Test func historicMean() throws {
    try BaselineSeries.expect(
      HistoricMeanForecaster(quantileLevels: levels), of: BaselineSeries.trending,
      mean: [84.716666667, 84.716666667], low: [66.686626416, 66.686626416],
      high: [102.746706917, 102.746706917], tolerance: 1e-10)
  }

  @Test func simpleSmoothing() throws {
    try BaselineSeries.expect(
      SimpleSmoothingForecaster(quantileLevels: levels), of: BaselineSeries.trending,
      mean: [99.923091168, 99.923091168, 99.923091168],
      low: [83.863092943, 83.410617116, 82.970213663],
      high: [115.983089392, 116.43556522, 116.875968672], tolerance: 1e-9)
  }

  @Test func movingAverages() throws {
    try BaselineSeries.expect(
      MovingAverageForecaster(windowLength: 7), of: BaselineSeries.trending,
      mean: [99.285714286, 99.285714286], tolerance: 1e-10)
    try BaselineSeries.expect(
      SeasonalAverageForecaster(seasonLength: 7, windowLength: 4), of: BaselineSeries.trending,
      mean: [86.25, 94.0, 97.75, 87.75, 96.75, 98.5, 88.25, 86.25, 94.0], tolerance: 1e-12)
  }

  /// Figures from numpy, with the series of `BaselineSeries` as months:
  ///
  ///     growth = lambda n: y[n - 2:n].sum() / y[n - 14:n - 12].sum()
  ///     errors = np.array([y[p] - growth(p) * y[p - 12] for p in range(14, 60)])
  ///     sigma = np.sqrt((errors ** 2).mean())
  ///     print([growth(60) * y[48 + h % 12] for h in range(14)], sigma)
  @Test func lastYear() throws {
    let calendar = RegularCalendar(
      start: CalendarDate(year: 2019, month: 1, day: 1)!, count: 60, frequency: .month)
    let panel = Panel(
      calendar: calendar, series: [Series(id: "a", values: BaselineSeries.trending)])
    let forecast = try LastYearForecaster(quantileLevels: levels).forecast(from: panel, horizon: 14)
    #expect(forecast.fallbacks.isEmpty)
    let (values, quantiles) = (forecast.values, try #require(forecast.quantiles).values)
    for (step, expected) in [
      0: 122.16535433070865, 1: 91.90944881889763, 12: 122.16535433070865, 13: 91.90944881889763,
    ] {
      #expect(abs(values[step] - expected) < 1e-10)
    }
    #expect(abs(quantiles[0] - 90.1963016992058) < 1e-8)
    #expect(abs(quantiles[3] - 123.87850145040048) < 1e-8)
    let growth = try #require(LastYearForecaster.growth(of: panel))
    #expect(abs(growth - 1.141732283464567) < 1e-12)
    let doubled = try LastYearForecaster(growth: 2).forecast(from: panel, horizon: 1)
    #expect(doubled.values[0] == 2 * BaselineSeries.trending[48])
  }

  @Test func lastYearNeedsAYear() throws {
    let panel = BaselineSeries.panel([BaselineSeries.trending])
    let forecast = try LastYearForecaster().forecast(from: panel, horizon: 3)
    #expect(forecast.fallbacks == ["s0": "Seasonal naive"])
    #expect(LastYearForecaster.growth(of: panel) == nil)
  }

  /// The season of the calendar is the default: a week of days.
  @Test func seasonsComeFromTheCalendar() throws {
    let panel = BaselineSeries.panel([BaselineSeries.trending])
    for name in ["seasonal-naive", "seasonal-average", "moving-average", "theta", "mstl"] {
      let baseline = try #require(Baseline.named(name))
      let forecast = try baseline.forecaster().forecast(from: panel, horizon: 9)
      #expect(
        forecast == (try baseline.forecaster(seasonLength: 7).forecast(from: panel, horizon: 9)))
      #expect(
        forecast != (try baseline.forecaster(seasonLength: 5).forecast(from: panel, horizon: 9)))
    }
  }
}
