import Forecasting
import Testing

/// Figures from statsforecast 2.1.1, with the series of `BaselineSeries`:
///
///     for model in [CrostonClassic(), CrostonSBA(), CrostonOptimized(), TSB(0.2, 0.2), ADIDA(), IMAPA()]:
///         print(model.forecast(z, 2)["mean"])
@Suite struct IntermittentBaselineTests {
  @Test func figures() throws {
    let expected: [(any LocalForecaster, Double)] = [
      (CrostonForecaster(), 1.034720186),
      (CrostonForecaster(.syntetosBoylan), 0.982984177),
      (CrostonForecaster(.optimized), 1.042639244),
      (TSBForecaster(), 0.977617192),
      (ADIDAForecaster(), 1.000581981),
      (IMAPAForecaster(), 1.023753916),
    ]
    for (forecaster, level) in expected {
      try BaselineSeries.expect(
        forecaster, of: BaselineSeries.intermittent, mean: [level, level], tolerance: 1e-9)
    }
  }

  /// A missing step is no step without a demand.
  @Test func missingStepsAreLeftOut() throws {
    let whole: [Double?] = [0, 3, 0, 0, 2, 0, 5, 0]
    let gaps: [Double?] = [0, 3, nil, 0, 0, nil, nil, 2, 0, 5, 0]
    for baseline in Baseline.all where baseline.isIntermittent {
      let forecaster = baseline.forecaster(quantileLevels: [0.3, 0.8])
      let forecast = try forecaster.forecast(
        from: BaselineSeries.panel([whole]), horizon: 2)
      let other = try forecaster.forecast(from: BaselineSeries.panel([gaps]), horizon: 2)
      #expect(forecast.values == other.values, "\(baseline.name)")
      #expect(forecast.quantiles == other.quantiles, "\(baseline.name)")
    }
  }

  @Test func aSeriesWithoutADemandIsForecastAsNothing() throws {
    let panel = BaselineSeries.panel([[0, 0, 0, 0]])
    for baseline in Baseline.all where baseline.isIntermittent {
      let forecast = try baseline.forecaster(quantileLevels: [0.9]).forecast(
        from: panel, horizon: 2)
      #expect(forecast.values == [0, 0])
      #expect(forecast.quantiles?.values == [0, 0])
      #expect(forecast.fallbacks == ["s0": "Naive"])
    }
  }
}
