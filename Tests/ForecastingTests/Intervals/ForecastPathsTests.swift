import Forecasting
import Tensor
import Testing

/// Sums of paths have the quantiles of sums under laws that are known.
@Suite struct ForecastPathsTests {
  private static let horizon = 14
  private static let levels = [0.1, 0.5, 0.9]

  /// Errors that have a share in common over all steps of a week, or none.
  private static func panel(_ law: String, seed: UInt64) -> Panel {
    var generator = Xoshiro256(seed: seed)
    return KnownLaw.panel(series: 120, steps: 14 * 5) { steps in
      var level = KnownLaw.normal(&generator)
      var last = KnownLaw.normal(&generator)
      return (0..<steps).map { step in
        switch law {
        case "autoregressive":
          last = 0.7 * last + 0.51.squareRoot() * KnownLaw.normal(&generator)
          return last
        case "common":
          if step % 14 == 0 { level = KnownLaw.normal(&generator) }
          return 0.6.squareRoot() * level + 0.4.squareRoot() * KnownLaw.normal(&generator)
        default:
          return KnownLaw.normal(&generator)
        }
      }
    }
  }

  /// The standard deviations of sums over 7 and 14 steps of variance 1: the roots of the sums of all
  /// correlations.
  @Test(arguments: [
    ("independent", 2.6458, 3.7417),
    // 0.7^k between steps that are k apart.
    ("autoregressive", 5.0391, 7.9927),
    // 0.6 between all steps of a window.
    ("common", 5.6745, 11.0995),
  ])
  func quantilesOfSums(_ law: String, _ week: Double, _ fortnight: Double) throws {
    let panel = Self.panel(law, seed: 11)
    let model = KnownLaw.LevelForecaster { level, _ in KnownLaw.normalQuantiles[level]! }
    let fitted = try ConformalForecaster(
      model, horizon: Self.horizon, quantileLevels: Self.levels, windowCount: 4
    ).fit(panel)
    let paths = try fitted.paths(from: panel, horizon: Self.horizon, count: 400)
    for (steps, deviation) in [(0..<7, week), (7..<14, week), (0..<14, fortnight)] {
      let quantiles = paths.quantiles(ofSumOver: steps, levels: Self.levels)
      #expect(quantiles.values.count == 120 * 3 && quantiles.ascend)
      for series in [0, 3, 119] {
        let level = KnownLaw.level(of: series) * Double(steps.count)
        let found = (0..<3).map {
          (quantiles.value(of: series, $0) - level) / KnownLaw.deviation(of: series)
        }
        let width = (found[2] - found[0]) / (2 * 1.28155)
        #expect(abs(width / deviation - 1) < 0.12, "\(law) \(steps): \(width), \(deviation)")
        #expect(abs(found[1]) < 0.25 * deviation)
      }
    }
  }

  /// Calibrated sums hold as often as their levels say on windows that nobody has seen.
  @Test(arguments: ["independent", "autoregressive", "common"])
  func coverageOfSums(_ law: String) throws {
    let model = KnownLaw.LevelForecaster { level, _ in 0.5 * KnownLaw.normalQuantiles[level]! }
    let panel = Self.panel(law, seed: 13)
    var run = ForecastRun(horizon: Self.horizon)
    run.quantileLevels = [0.025, 0.1, 0.9, 0.975]
    run.sumLengths = [7, 14]
    let results = try run([.untrained(model)], on: panel)
    let heldOut = results.models[0].heldOut
    #expect(heldOut.sums.map(\.length) == [7, 14])
    let intervals = try #require(heldOut.forecast.quantiles).centralIntervals
    #expect(intervals.map(\.name) == ["95 %", "80 %"])
    for interval in intervals {
      for sums in heldOut.sums {
        let coverage = try #require(sums.coverage(of: interval, results.holdOut.actual))
        // 120 or 240 sums: 0.8 is within 0.037 or 0.026.
        #expect(abs(coverage - interval.probability) < 0.1, "\(law) \(sums.length): \(coverage)")
      }
      let coverage = try #require(
        heldOut.forecast.coverage(of: interval, results.holdOut.actual))
      #expect(abs(coverage - interval.probability) < 0.07, "\(law): \(coverage)")
    }
  }

  /// The values of one step over all paths have the quantiles of the forecast.
  @Test func stepsKeepTheirQuantiles() throws {
    let panel = Self.panel("common", seed: 17)
    let model = try ConformalForecaster(
      SeasonalNaiveForecaster(quantileLevels: Quantiles.standardLevels), horizon: 5,
      quantileLevels: [0.25, 0.75]
    ).fit(panel)
    let forecast = try model.forecast(from: panel, horizon: 5)
    let paths = try model.paths(from: panel, horizon: 5, count: 1000)
    let quantiles = paths.quantiles(ofSumOver: 3..<4, levels: [0.25, 0.75])
    for series in [0, 41] {
      for level in 0..<2 {
        let expected = forecast.quantiles!.value(of: series * 5 + 3, level)
        let found = quantiles.value(of: series, level)
        #expect(abs(found - expected) < 0.02 * KnownLaw.deviation(of: series))
      }
    }
  }

  @Test func pathsDoNotDependOnThreads() throws {
    let panel = Self.panel("independent", seed: 19)
    let model = try ConformalForecaster(
      NaiveForecaster(), horizon: 6, quantileLevels: [0.5]
    ).fit(panel)
    let before = Parallelism.threadCount
    defer { Parallelism.threadCount = before }
    Parallelism.threadCount = 1
    let one = try model.paths(from: panel, horizon: 6, count: 30)
    Parallelism.threadCount = 2
    #expect(try model.paths(from: panel, horizon: 6, count: 30).values == one.values)
    let other = try model.paths(from: panel, horizon: 6, count: 30, seed: 1)
    #expect(other.values != one.values)
  }
}
