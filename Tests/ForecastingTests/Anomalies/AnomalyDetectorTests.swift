import Forecasting
import Foundation
import Tensor
import Testing

/// Scores of surprising values against SciPy, the rate of false alarms, and planted anomalies.
@Suite struct AnomalyDetectorTests {
  /// A limit that reports all values but those in the middle of their distribution.
  private static let everything = 0.9999

  /// ```python
  /// from scipy.stats import norm
  /// for x in (3.5, -4.25, 0.8): print(2 * norm.sf(abs(x)))
  /// ```
  @Test func scoresAreThoseOfTheNormalDistribution() throws {
    let scores = [3.5, -4.25, 0.8]
    let panel = KnownLaw.panel(series: 1, steps: 12) { _ in Array(repeating: 0.5, count: 9) + scores
    }
    // Three residuals are too few to change a quantile.
    let detector = AnomalyDetector(
      KnownLaw.LevelForecaster { level, _ in KnownLaw.normalQuantiles[level]! }, horizon: 3,
      windowCount: 1, limit: Self.everything, minimumHistory: 9)
    let report = try detector.anomalies(in: panel)
    #expect(report.scoredCount == 3 && report.scoredSeriesCount == 1 && report.earlyCount == 0)
    #expect(report.anomalies.map(\.step) == ["2023-01-12", "2023-01-11", "2023-01-13"])
    let expected = [
      (-4.25, 2.1377051549868804e-05), (3.5, 0.00046525815807105003), (0.8, 0.4237107971667934),
    ]
    for (anomaly, (score, probability)) in zip(report.anomalies, expected) {
      #expect(abs(anomaly.score - score) < 1e-4)
      #expect(abs(anomaly.probability / probability - 1) < 1e-3)
      #expect(anomaly.expected == 30)
      #expect(abs(anomaly.lower - (30 - 0.03 * 1.959963984540054)) < 1e-9)
      #expect(abs(anomaly.upper - (30 + 0.03 * 1.959963984540054)) < 1e-9)
    }
  }

  /// A count is compared with the distribution of counts of the same mean and variance.
  ///
  /// ```python
  /// from scipy.stats import nbinom, norm, poisson
  /// print(norm.isf(poisson.sf(2, 0.25)))
  /// print(norm.isf(nbinom.sf(8, 1 / 12, 1 / (1 + 12 * 0.4))))
  /// ```
  @Test(arguments: [
    (3.0, 0.25, 0.5, 2.853577854855365),
    (9.0, 0.4, (0.4 + 12 * 0.16).squareRoot(), 2.41725194696408),
    // Inside of a step of the distribution.
    (0.0, 0.25, 0.5, 0.0),
  ])
  func countsAreScoredAsCounts(
    _ value: Double, _ mean: Double, _ deviation: Double, _ score: Double
  ) throws {
    let forecaster = FixedForecaster(mean: mean, deviation: deviation)
    let values = Array(repeating: [0.0, 1, 0], count: 3).joined() + [0, value, 0]
    let panel = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 3, day: 4)!, count: 12),
      series: [Series(id: "tea", values: Array(values))])
    let report = try AnomalyDetector(
      forecaster, horizon: 3, windowCount: 1, limit: Self.everything, minimumHistory: 9
    ).anomalies(in: panel)
    #expect(report.scoredCount == 3)
    let found = report.anomalies.first { $0.step == "2024-03-14" }
    #expect(abs((found?.score ?? 0) - score) < 1e-9, "\(String(describing: found))")
  }

  /// A value in a step of discrete quantiles is no anomaly, even in the outermost step.
  @Test func valuesInADiscreteStepAreNoAnomalies() throws {
    let forecaster = FixedForecaster(mean: 0.6, deviation: nil)
    let values = Array(repeating: [0.0, 2, 0], count: 3).joined() + [0, 3, 9]
    let panel = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 3, day: 4)!, count: 12),
      series: [Series(id: "tea", values: Array(values))])
    let report = try AnomalyDetector(
      forecaster, horizon: 3, windowCount: 1, limit: 0.05, minimumHistory: 9
    ).anomalies(in: panel)
    #expect(report.scoredCount == 3 && report.anomalies.map(\.value) == [9])
  }

  /// The errors are exponential, and the model believes that they are normal. Without the calibration,
  /// 2.8 % of the values would be beyond a limit of 1 %.
  @Test func falseAlarmsAreAsRareAsStated() throws {
    var generator = Xoshiro256(seed: 11)
    let panel = KnownLaw.panel(series: 210, steps: 84) { steps in
      (0..<steps).map { _ in KnownLaw.exponential(&generator) - 1 }
    }
    let model = KnownLaw.LevelForecaster(levels: AnomalyDetector.quantileLevels(limit: 0.01)) {
      level, _ in NormalDistribution().quantile(level)
    }
    let report = try AnomalyDetector(model, horizon: 7, windowCount: 6, limit: 0.01)
      .anomalies(in: panel)
    #expect(report.scoredCount == 210 * 42 && report.expectedByChance == 88.2)
    // Sampling has a standard deviation of 9.4, and the quantiles of the windows before one of about 10.
    #expect(abs(Double(report.anomalies.count) - 88.2) < 42, "\(report.anomalies.count)")
    #expect(report.anomalies.allSatisfy { $0.probability < 0.01 && abs($0.score) > 2.575 })
  }

  /// Five series with a season of a week.
  private static func sales(
    changing change: (_ series: Int, _ step: Int, _ value: Double) -> Double = { $2 }
  ) -> Panel {
    var generator = Xoshiro256(seed: 5)
    let calendar = RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 203)
    return Panel(
      calendar: calendar,
      series: (0..<5).map { index in
        let values = (0..<203).map { step -> Double in
          let mean = Double(60 + 40 * index + 15 * (step % 7))
          let noise = mean.squareRoot() * KnownLaw.normal(&generator)
          return change(index, step, (mean + noise).rounded())
        }
        return Series(id: "s\(index)", values: values)
      })
  }

  private static let detector = AnomalyDetector(
    MSTLForecaster(quantileLevels: AnomalyDetector.quantileLevels()), horizon: 7)

  @Test func plantedAnomaliesAreTheMostSurprising() throws {
    let quiet = try Self.detector.anomalies(in: Self.sales())
    // 14 windows of 7 steps. One false alarm in a thousand; the limit is the quantile of a
    // Poisson variable of twice the mean at 99.97 %.
    #expect(quiet.scoredCount == 5 * 98 && quiet.expectedByChance == 0.49)
    #expect(quiet.anomalies.count <= 5, "\(quiet.anomalies)")
    let report = try Self.detector.anomalies(
      in: Self.sales { index, step, value in
        if index == 1, step == 180 { return 2 * value }
        return index == 3 && step == 150 ? 0 : value
      })
    let first = report.anomalies.prefix(2)
    #expect(Set(first.map(\.id)) == ["s1", "s3"], "\(report.anomalies)")
    #expect(Set(first.map(\.step)) == ["2024-05-30", "2024-06-29"])
    #expect(first.allSatisfy { ($0.id == "s1") == ($0.score > 0) && $0.probability < 1e-6 })
  }

  /// A later value changes no score of an earlier window.
  @Test func scoresDependOnEarlierStepsOnly() throws {
    func scores(_ panel: Panel) throws -> [Anomaly] {
      try AnomalyDetector(
        ThetaForecaster(quantileLevels: Quantiles.standardLevels), horizon: 7, windowCount: 3,
        limit: Self.everything
      ).anomalies(in: panel).anomalies.filter { $0.step < "2024-07-15" }
    }
    let usual = try scores(Self.sales())
    #expect(usual.count > 60)
    #expect(try usual == scores(Self.sales { $1 >= 196 ? 7 * $2 : $2 }))
  }

  @Test func hostileSeriesAreScoredOrCounted() throws {
    let calendar = RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 91)
    func series(_ id: String, _ value: (Int) -> Double?) -> Series {
      Series(id: id, values: (0..<91).map(value))
    }
    let panel = Panel(
      calendar: calendar,
      series: [
        series("constant") { _ in 4 }, series("zero") { _ in 0 }, series("missing") { _ in nil },
        Series(id: "one", start: 90, values: [3]),
        series("huge") { 1e9 + Double($0 * 7919 % 1013) * 1e6 },
        series("tiny") { 1e-9 * Double($0 * 31 % 17) },
        series("gaps") { $0 % 3 == 0 ? nil : Double($0 * 13 % 11) },
        series("negative") { Double($0 * 29 % 23) - 40 },
        series("jump") { $0 < 80 ? 0 : 1e6 },
      ])
    let before = Parallelism.threadCount
    defer { Parallelism.threadCount = before }
    let reports = try [1, 3].map { threads in
      Parallelism.threadCount = threads
      return try AnomalyDetector(
        MSTLForecaster(quantileLevels: AnomalyDetector.quantileLevels()), horizon: 7,
        windowCount: 3, limit: Self.everything
      ).anomalies(in: panel)
    }
    #expect(reports[0] == reports[1])
    let report = reports[0]
    #expect(report.leftOutSeriesCount == 4 && report.scoredSeriesCount == 5)
    #expect(report.scoredCount + report.spreadlessCount + report.earlyCount == 6 * 21 + 14 + 1)
    #expect(
      report.anomalies.allSatisfy {
        [$0.score, $0.probability, $0.expected, $0.lower, $0.upper].allSatisfy(\.isFinite)
      })
    #expect(
      try JSONDecoder().decode(AnomalyReport.self, from: JSONEncoder().encode(report)) == report)
  }

  @Test func stockOutsAndClosedDaysAreNotScored() throws {
    let sales = Self.sales { _, step, value in step % 7 == 6 ? 0 : value }
    let panel = sales.mapSeries { series in
      var states = Array(series.states)
      states[170] = .stockOut
      return Series(id: series.id, values: Array(series.values), states: states)
    }
    let report = try Self.detector.anomalies(in: ClosingSource.sales.closed(panel))
    #expect(report.scoredCount == 5 * (98 - 14 - 1) && report.spreadlessCount == 0)
  }

  @Test func shortPanelsAreErrors() throws {
    let panel = Self.sales().slice(0..<12)
    #expect(throws: ForecastError.historyTooShort(steps: 12, horizon: 14)) {
      try AnomalyDetector(NaiveForecaster(), horizon: 7).anomalies(in: panel)
    }
  }
}

/// Forecasts the same normal distribution for all steps, cut at 0, or steps of counts.
private struct FixedForecaster: FittedForecaster, Forecaster {
  let name = "Fixed"
  let mean: Double
  let deviation: Double?

  func fit(_ panel: Panel) -> Self { self }

  func demand(from history: Panel, horizon: Int) throws -> Forecast {
    let levels = Quantiles.standardLevels
    let quantiles =
      deviation.map { deviation in
        levels.map { max(mean + deviation * KnownLaw.normalQuantiles[$0]!, 0) }
      } ?? [0, 0, 0, 0, 0, 1, 2, 3, 3]
    return try Forecast(
      ids: history.ids, calendar: history.calendar(ofNext: horizon),
      values: Array(repeating: mean, count: history.seriesCount * horizon),
      quantiles: Quantiles(
        levels: levels,
        values: Array(repeating: quantiles, count: history.seriesCount * horizon).flatMap { $0 }))
  }
}
