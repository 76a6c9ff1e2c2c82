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
