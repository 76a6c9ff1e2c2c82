import Forecasting
import Tensor
import Testing

/// Calibrated quantiles are those of the law that made the panel, whatever the model's own are.
@Suite struct ForecastCalibrationTests {
  private static let levels = [0.025, 0.1, 0.5, 0.9, 0.975]
  private static let horizon = 8

  /// Returns the calibrated forecast of a model after a panel, in units of a series' deviation.
  private static func quantiles(
    of model: KnownLaw.LevelForecaster, after panel: Panel, windows: Int = 5
  ) throws -> [[Double]] {
    let fitted = try ConformalForecaster(
      model, horizon: horizon, quantileLevels: levels, windowCount: windows
    ).fit(panel)
    #expect(fitted.calibration.windowCount == windows)
    let forecast = try fitted.forecast(from: panel, horizon: horizon)
    let quantiles = try #require(forecast.quantiles)
    #expect(quantiles.levels == levels && quantiles.ascend)
    return panel.ids.indices.map { series in
      let first = series * horizon * levels.count
      return quantiles.values[first..<first + horizon * levels.count].map {
        ($0 - KnownLaw.level(of: series)) / KnownLaw.deviation(of: series)
      }
    }
  }

  private static func normalPanel() -> Panel {
    var generator = Xoshiro256(seed: 3)
    return KnownLaw.panel(series: 60, steps: 97) { steps in
      (0..<steps).map { _ in KnownLaw.normal(&generator) }
    }
  }

  /// The model's intervals are too narrow, too wide, or off to one side.
  @Test(arguments: [(0.4, 0.0), (2.5, 0.0), (1.0, 1.5)])
  func wrongQuantilesAreCorrected(_ factor: Double, _ shift: Double) throws {
    let model = KnownLaw.LevelForecaster { level, _ in
      factor * KnownLaw.normalQuantiles[level]! + shift
    }
    for row in try Self.quantiles(of: model, after: Self.normalPanel()) {
      for (place, value) in row.enumerated() {
        let level = Self.levels[place % Self.levels.count]
        // About 1500 residuals tell each quantile to within 0.06 at 10 %, and 0.09 at 2.5 %.
        #expect(abs(value - KnownLaw.normalQuantiles[level]!) < 0.25, "\(level): \(value)")
      }
    }
  }

  /// Right quantiles hardly move.
  @Test func rightQuantilesStay() throws {
    let model = KnownLaw.LevelForecaster { level, _ in KnownLaw.normalQuantiles[level]! }
    let row = try Self.quantiles(of: model, after: Self.normalPanel())[7]
    for (place, value) in row.enumerated() {
      let level = Self.levels[place % Self.levels.count]
      #expect(abs(value - KnownLaw.normalQuantiles[level]!) < 0.2)
    }
  }

  /// The intervals of skewed errors are not symmetric, although the model's are.
  @Test func intervalsNeedNotBeSymmetric() throws {
    var generator = Xoshiro256(seed: 5)
    let panel = KnownLaw.panel(series: 60, steps: 97) { steps in
      (0..<steps).map { _ in KnownLaw.exponential(&generator) }
    }
    let model = KnownLaw.LevelForecaster { level, _ in KnownLaw.normalQuantiles[level]! }
    // −log(1 − level)
    let expected = [0.0253, 0.1054, 0.6931, 2.3026, 3.6889]
    for row in try Self.quantiles(of: model, after: panel) {
      for (place, value) in row.enumerated() {
        let quantile = expected[place % expected.count]
        #expect(abs(value - quantile) < 0.05 + 0.15 * quantile, "\(quantile): \(value)")
      }
    }
  }

  /// A model without quantiles gets intervals that widen as its errors did: those of a random walk
  /// grow with the root of the steps.
  @Test func intervalsWidenWithTheHorizon() throws {
    var generator = Xoshiro256(seed: 7)
    let panel = KnownLaw.panel(series: 83, steps: 150) { steps in
      var walk = 0.0
      return (0..<steps).map { _ in
        walk += KnownLaw.normal(&generator)
        return walk
      }
    }
    let horizon = 12
    let history = panel.dropping(last: horizon)
    let model = try ConformalForecaster(
      NaiveForecaster(), horizon: horizon, quantileLevels: [0.1, 0.9], windowCount: 6
    ).fit(history)
    let forecast = try model.forecast(from: history, horizon: horizon)
    let quantiles = try #require(forecast.quantiles)
    let widths = (0..<horizon).map { step in
      panel.ids.indices.reduce(0) { sum, series in
        let cell = series * horizon + step
        return sum + (quantiles.value(of: cell, 1) - quantiles.value(of: cell, 0))
          / KnownLaw.deviation(of: series)
      } / Double(panel.seriesCount)
    }
    for step in 2..<horizon {
      let expected = 2 * 1.2816 * Double(step + 1).squareRoot()
      #expect(abs(widths[step] / expected - 1) < 0.35, "\(step): \(widths[step]), \(expected)")
    }
    #expect(widths[horizon - 1] > 1.7 * widths[0])
    let interval = try #require(quantiles.centralIntervals.first)
    let coverage = try #require(forecast.coverage(of: interval, panel.suffix(horizon)))
    #expect(abs(coverage - 0.8) < 0.06, "\(coverage)")
  }

  /// The level of a mean that is off on past windows is not the quantiles' fault: the mean stays.
  @Test func theMeanStays() throws {
    let panel = Self.normalPanel()
    let model = KnownLaw.LevelForecaster { level, _ in KnownLaw.normalQuantiles[level]! + 1 }
    let plain = try model.forecast(from: panel, horizon: 3)
    let fitted = try ConformalForecaster(model, horizon: 3, quantileLevels: [0.3]).fit(panel)
    let calibrated = try fitted.forecast(from: panel, horizon: 3)
    #expect(calibrated.values == plain.values)
    #expect(calibrated.quantiles?.levels == [0.3])
  }

  /// Steps beyond those of the windows are forecast, too.
  @Test func theHorizonMayBeLonger() throws {
    let panel = Self.normalPanel()
    let model = try ConformalForecaster(
      SeasonalNaiveForecaster(), horizon: 3, quantileLevels: [0.1, 0.9]
    ).fit(panel)
    let forecast = try model.forecast(from: panel, horizon: 11)
    #expect(forecast.quantiles?.values.count == 60 * 11 * 2)
    #expect(forecast.quantiles?.ascend == true)
  }

  @Test func aHistoryThatIsTooShortIsAnError() throws {
    let panel = Self.normalPanel().dropping(last: 89)
    #expect(throws: ForecastError.historyTooShort(steps: 8, horizon: 4)) {
      try ConformalForecaster(NaiveForecaster(), horizon: 4, quantileLevels: [0.5]).fit(panel)
    }
  }

  /// Series of every kind have finite, ascending quantiles, none below 0 if no value is.
  @Test(arguments: ["naive", "seasonal-naive", "croston", "theta"])
  func seriesOfEveryKind(baseline name: String) throws {
    let count = 64
    let waves = (0..<count).map { Double($0 * 7 % 11 + $0 % 7) }
    let sparse = (0..<count).map { Double($0 % 5 == 0 ? $0 % 3 : 0) }
    let shapes: [[Double?]] = [
      Array(repeating: 6, count: count), Array(repeating: 0, count: count), [5], waves, sparse,
      waves.map { $0 * 1e9 }, waves.map { $0 * 1e-6 }, sparse.map { $0 * 1e9 },
      waves.enumerated().map { $0.offset % 3 == 1 ? nil : $0.element }, waves.map { $0 - 9 },
      Array(repeating: 0, count: count - 1) + [1e9],
    ]
    let panel = BaselineSeries.panel(shapes)
    let levels = [0.05, 0.5, 0.95]
    for standard in [[], Quantiles.standardLevels] {
      let base = try #require(Baseline.named(name)).forecaster(quantileLevels: standard)
      // Without windows there is nothing to correct, and the series of one value has none yet.
      for windows in [1, 3] {
        let past = panel.selecting([0, 1] + Array(3..<shapes.count))
        let model = try ConformalForecaster(
          base, horizon: 6, quantileLevels: levels, windowCount: windows
        ).fit(past)
        let forecast = try model.forecast(from: panel, horizon: 9)
        let quantiles = try #require(forecast.quantiles)
        #expect(quantiles.ascend, "\(name)")
        let paths = try model.paths(from: panel, horizon: 9, count: 20)
        #expect(paths.quantiles(ofSumOver: 0..<9, levels: levels).ascend)
        for (series, shape) in shapes.enumerated() where series != 9 {
          let width = 9 * levels.count
          let values = quantiles.values[series * width..<(series + 1) * width]
          #expect(values.allSatisfy { $0 >= 0 }, "\(name): \(shape.prefix(5))")
          #expect((0..<20).allSatisfy { paths.values(of: series, path: $0).allSatisfy { $0 >= 0 } })
        }
        // A constant series stays constant.
        #expect(quantiles.values[0..<27].allSatisfy { abs($0 - 6) < 1e-9 })
        #expect(quantiles.values[27..<54].allSatisfy { $0 == 0 })
      }
    }
  }
}
