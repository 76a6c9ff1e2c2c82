import Forecasting
import Testing

/// Figures from statsforecast 2.1.1, with the series of `BaselineSeries`:
///
///     for model in [Theta(7), OptimizedTheta(7), DynamicTheta(7), DynamicOptimizedTheta(7), AutoTheta(7)]:
///         print(model.forecast(y, 9)["mean"], model.forecast(w, 9)["mean"])
///     print(Theta(7).forecast(w - 80, 9)["mean"])
@Suite struct ThetaTests {
  @Test func withoutASeason() throws {
    let expected: [(ThetaForecaster.Variant, [Double])] = [
      (.standard, [98.415603908, 98.679107659, 98.94261141]),
      (.optimized, [100.721158654, 101.216293384, 101.711428113]),
      (.dynamic, [98.400178262, 98.644813037, 98.887182174]),
      (.dynamicOptimized, [97.678233294, 97.850994604, 98.021697134]),
      (.automatic, [100.721158654, 101.216293384, 101.711428113]),
    ]
    for (variant, mean) in expected {
      try BaselineSeries.expect(
        ThetaForecaster(variant, seasonLength: 7), of: BaselineSeries.trending, mean: mean)
    }
  }

  @Test func withSeasonalFactors() throws {
    let expected: [(ThetaForecaster.Variant, [Double])] = [
      (
        .standard,
        [
          78.91097359, 70.562153193, 83.209772972, 96.683083364, 120.327238581, 131.492876315,
          112.02732476, 80.385610414, 71.877261863,
        ]
      ),
      (.optimized, [80.770028215, 72.386666287, 85.551508641, 99.623813566, 124.25926753]),
      (.dynamic, [78.955185557, 70.588697878, 83.223954102, 96.677633242, 120.29070824]),
      (.dynamicOptimized, [79.027392553, 70.664035363, 83.325412478, 96.810085427]),
      (.automatic, [80.770028215, 72.386666287, 85.551508641, 99.623813566]),
    ]
    for (variant, mean) in expected {
      try BaselineSeries.expect(
        ThetaForecaster(variant, seasonLength: 7), of: BaselineSeries.seasonal, mean: mean)
    }
  }

  /// Values that are not all above 0 have a seasonal term.
  @Test func withSeasonalTerms() throws {
    try BaselineSeries.expect(
      ThetaForecaster(seasonLength: 7), of: BaselineSeries.seasonal.map { $0 - 80 },
      mean: [
        3.106202805, -4.174055346, 5.967496434, 17.903503021, 39.019895002, 47.471580153,
        30.600836985, 4.995506051, -2.2847521,
      ])
  }
}
