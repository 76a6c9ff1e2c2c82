import Forecasting
import Foundation
import Testing

/// Figures from statsforecast 2.1.1, with the series and the function of `BaselineSeries`:
///
///     for model, y in [(AutoETS(7), y), (AutoETS(7), y[:16]), (AutoETS(7), z), (AutoETS(7), w),
///                      (Holt(7), y), (HoltWinters(7), y), (HoltWinters(7), w)]: show(model, y)
///     for v in [y, y[:16], z, w]:
///         fit = statsforecast.ets.ets_f(v, m=7)
///         print(fit["method"], fit["loglik"], fit["aicc"], fit["par"][:3])
@Suite struct ETSTests {
  let levels = [0.1, 0.9]

  @Test func trend() throws {
    try BaselineSeries.expect(
      ETSForecaster(seasonLength: 7, quantileLevels: levels), of: BaselineSeries.trending,
      mean: [100.794242211, 101.320102122, 101.845962033],
      low: [86.735572233, 87.261418049, 87.787261647],
      high: [114.852912189, 115.378786194, 115.904662418])
  }

  @Test func seasonalFactors() throws {
    try BaselineSeries.expect(
      ETSForecaster(seasonLength: 7), of: BaselineSeries.seasonal,
      mean: [
        80.763298614, 71.968137569, 85.717187734, 96.921423346, 124.54116082, 137.119596924,
        115.550680303, 83.638545224, 74.517303815,
      ])
  }

  @Test func relativeErrorsOfAShortSeries() throws {
    try BaselineSeries.expect(
      ETSForecaster(seasonLength: 7, quantileLevels: levels),
      of: Array(BaselineSeries.trending.prefix(16)),
      mean: [73.572454809, 73.572454809], low: [55.192485247, 55.192485151],
      high: [91.952424371, 91.952424466])
  }

  /// A season of 28 steps, which statsforecast fits:
  ///
  ///     t = np.arange(140)
  ///     v = 100 + 60 * np.sin(2 * np.pi * t / 28) ** 3 + 3.0 * (t * 7 % 11)
  ///     show(AutoETS(28), v)
  ///     print(statsforecast.ets.ets_f(v, m=28)["method"])
  @Test func aLongSeasonIsFittedOnRequest() throws {
    let values = (0..<140).map { t in
      let wave = sin(2 * Double.pi * Double(t) / 28)
      return 100 + 60 * wave * wave * wave + 3 * Double(t * 7 % 11)
    }
    try BaselineSeries.expect(
      ETSForecaster(seasonLength: 28, quantileLevels: levels), of: values,
      mean: [115.32216733, 114.9821953, 122.35377841, 133.64944547, 141.41159419],
      low: [101.43284104, 101.09251429, 108.4637427, 119.75905506, 127.52084908],
      high: [129.21149362, 128.87187631, 136.24381413, 147.53983589, 155.3023393])
  }

  /// The 52 weeks of a year are not a season unless the caller asks for it; the 12 months are.
  @Test func aLongSeasonOfTheFrequencyIsLeftOut() throws {
    func structure(_ frequency: Frequency, _ season: Int, _ requested: Int?) throws -> String? {
      let calendar = RegularCalendar(
        start: CalendarDate(year: 2020, month: 6, day: 1)!, count: 5 * season, frequency: frequency)
      let values = (0..<5 * season).map { t in
        let wave = sin(2 * Double.pi * Double(t) / Double(season))
        return 100 + 60 * wave * wave * wave + Double(t * 7 % 11)
      }
      let panel = Panel(calendar: calendar, series: [Series(id: "s", values: values)])
      return try ETSForecaster(seasonLength: requested).models(of: panel)[0]?.structure.description
    }
    #expect(try structure(.month, 12, nil)?.hasSuffix("A)") == true)
    #expect(try structure(.week(startingOn: .monday), 52, nil)?.hasSuffix("N)") == true)
  }

  @Test func holt() throws {
    try BaselineSeries.expect(
      HoltForecaster(quantileLevels: levels), of: BaselineSeries.trending,
      mean: [100.794242211, 101.320102122], low: [86.735572233, 87.261418049],
      high: [114.852912189, 115.378786194])
  }

  @Test func holtWinters() throws {
    try BaselineSeries.expect(
      HoltWintersForecaster(seasonLength: 7, quantileLevels: levels),
      of: BaselineSeries.trending,
      mean: [94.288662444, 102.1238203, 110.328634334], low: [80.596783433, 88.431939626],
      high: [107.980541455, 115.815700975])
    try BaselineSeries.expect(
      HoltWintersForecaster(seasonLength: 7, quantileLevels: levels),
      of: BaselineSeries.seasonal,
      mean: [84.83779219, 77.504044862, 88.710830344, 98.824903875, 122.04907158],
      low: [70.332824417, 62.999073984, 74.205855108, 84.319922816, 107.544083018],
      high: [99.342759963, 92.009015739, 103.215805579, 113.329884935, 136.554060142])
  }

  /// Several series at once have the models that each has alone.
  @Test func modelsAndTheirLikelihoods() throws {
    let series: [[Double?]] = [
      BaselineSeries.trending, Array(BaselineSeries.trending.prefix(16)),
      BaselineSeries.intermittent, BaselineSeries.seasonal, [4, 4, 4, 4, 4, 4, 4, 4], [1, 2],
    ]
    let models = try ETSForecaster(seasonLength: 7).models(of: BaselineSeries.panel(series))
    let expected = [
      ("ETS(A,A,N)", -263.37958827369437, 537.8702876584998),
      ("ETS(M,N,N)", -62.489877376583166, 132.97975475316633),
      ("ETS(A,N,N)", -143.62775837979166, 293.68408818815476),
      ("ETS(M,A,M)", -258.5430982368049, 547.7244943459502),
    ]
    #expect(models.count == 6)
    for (model, (structure, logLikelihood, aicc)) in zip(models, expected) {
      let model = try #require(model)
      #expect(model.structure.description == structure)
      #expect(abs(model.logLikelihood - logLikelihood) <= 1e-6 * abs(logLikelihood))
      #expect(abs(model.aicc - aicc) <= 1e-6 * abs(aicc))
    }
    #expect(models[4] == nil && models[5] == nil)
    for (place, values) in series.prefix(4).enumerated() {
      let alone = try ETSForecaster(seasonLength: 7).models(of: BaselineSeries.panel([values]))
      #expect(alone[0]?.logLikelihood == models[place]?.logLikelihood)
    }
  }

  /// Weights are within their bounds, and without a part its weight is 0.
  @Test func weights() throws {
    let model = try #require(
      try ETSForecaster(seasonLength: 7).models(
        of: BaselineSeries.panel([BaselineSeries.seasonal]))[0])
    #expect(abs(model.alpha - 0.00010148) < 1e-7)
    #expect(abs(model.beta - 0.00010207) < 1e-7)
    #expect(abs(model.gamma - 0.00010357) < 1e-7)
    #expect(model.phi == 1)
    #expect(model.variance > 0)
  }
}
