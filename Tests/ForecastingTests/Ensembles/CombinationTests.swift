import Forecasting
import Tensor
import Testing

@Suite struct CombinationTests {
  /// Forecasts the last value of a history plus a number.
  private struct Shifted: Forecaster, FittedForecaster {
    let name: String
    let shift: Double
    var memberCount = 1

    func fit(_ panel: Panel) -> Shifted { self }

    func demand(from history: Panel, horizon: Int) throws -> Forecast {
      let values = history.allSeries.flatMap { series in
        Array(repeating: series.values.last! + shift, count: horizon)
      }
      return try Forecast(
        ids: history.ids, calendar: history.calendar(ofNext: horizon), values: values)
    }
  }

  /// Forecasts independent standard normal numbers, with quantiles of normal distributions.
  private struct Noise: Forecaster, FittedForecaster {
    let seed: UInt64
    var name: String { "Noise \(seed)" }

    func fit(_ panel: Panel) -> Noise { self }

    func demand(from history: Panel, horizon: Int) throws -> Forecast {
      var generator = Xoshiro256(seed: seed &* 1_000 &+ UInt64(history.calendar.count))
      let values = Tensor<Double>.normal([history.seriesCount * horizon], using: &generator).scalars
      return try Forecast(
        ids: history.ids, calendar: history.calendar(ofNext: horizon), values: values,
        quantiles: Quantiles(levels: [0.1, 0.9], values: values.flatMap { [$0 - 2, $0 + 2] }))
    }
  }

  /// Weights of series fit the noise of the steps that they are chosen on. Intervals that are calibrated
  /// on these errors are too narrow.
  @Test func intervalsCoverStepsThatWeightsWereNotChosenOn() throws {
    var generator = Xoshiro256(seed: 5)
    let panel = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 3, day: 4)!, count: 35),
      series: (0..<400).map { place in
        Series(
          id: "series \(place)", values: Tensor<Double>.normal([35], using: &generator).scalars)
      })
    let models = (0..<6).map { Noise(seed: $0) }
    var run = ForecastRun(horizon: 3, seasonLength: 1)
    run.combines = true
    run.quantileLevels = [0.1, 0.9]
    let results = try run(models.map { .untrained($0) }, on: panel)
    let scores = try #require(results.models.last?.heldOut.evaluation).overall
    let coverage = try #require(scores.coverage(of: 0.8))
    #expect(abs(coverage - 0.8) < 0.03, "\(coverage)")
  }

  /// Series over 13 days that change by 1 and −1 in turn, so that the naive error is 1.
  private static func panel(_ levels: [Double]) -> Panel {
    Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 3, day: 4)!, count: 13),
      series: levels.enumerated().map { place, level in
        Series(id: "series \(place)", values: (0..<13).map { level + Double($0 % 2) })
      })
  }

  private static func forecast(_ panel: Panel, _ values: [Double]) throws -> Forecast {
    try Forecast(ids: panel.ids, calendar: panel.calendar, values: values)
  }

  /// Ten rounds of greedy selection take a perfect model each time.
  @Test func aPerfectModelIsSelected() throws {
    let panel = Self.panel([5, 50])
    let holdOut = try HoldOut(panel, horizon: 3, seasonLength: 1)
    let actual = holdOut.actual
    let right = try Self.forecast(actual, [5, 6, 5, 50, 51, 50])
    let wrong = try Self.forecast(actual, [9, 10, 9, 54, 55, 54])
    let weights = CombinationWeights(of: [wrong, right], on: holdOut)
    #expect(weights.general[1] > 0.99)
    let combined = try weights.combined([wrong, right]).values
    #expect(zip(combined, right.values).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  /// On a series, selection weights are divided by (e + 1)², with the errors 1 and 3, whose mean is 2.
  @Test func modelsAreWeightedByTheirErrorsOnASeries() throws {
    let panel = Self.panel([5, 50])
    let holdOut = try HoldOut(panel, horizon: 3, seasonLength: 1)
    let actual = [5.0, 6, 5, 50, 51, 50]
    let first = zip(actual, [1.0, 1, 1, 3, 3, 3]).map { $0 + $1 }
    let second = zip(actual, [-3.0, -3, -3, -1, -1, -1]).map { $0 + $1 }
    let weights = CombinationWeights(
      of: [try Self.forecast(holdOut.actual, first), try Self.forecast(holdOut.actual, second)],
      on: holdOut)
    let selection = weights.general
    #expect(abs(selection[0] + selection[1] - 1) < 1e-12)
    func share(_ first: Double, _ second: Double) -> Double {
      let weights = [selection[0] / (first * first), selection[1] / (second * second)]
      return weights[0] / (weights[0] + weights[1])
    }
    let ofFirst = try #require(weights.ofSeries["series 0"])
    #expect(abs(ofFirst[0] - share(2, 4)) < 1e-12 && abs(ofFirst[1] - 1 + share(2, 4)) < 1e-12)
    let ofSecond = try #require(weights.ofSeries["series 1"])
    #expect(abs(ofSecond[0] - share(4, 2)) < 1e-12)
  }

  @Test func quantilesAreAveragedAtEachLevel() throws {
    let panel = Self.panel([5])
    func forecast(_ quantiles: [Double]) throws -> Forecast {
      try Forecast(
        ids: panel.ids, calendar: panel.calendar(ofNext: 2), values: [4, 8],
        quantiles: Quantiles(levels: [0.2, 0.7], values: quantiles))
    }
    let combined = try CombinationWeights(equalFor: 2)
      .combined([forecast([1, 5, 3, 9]), forecast([3, 6, 5, 11])])
    #expect(combined.quantiles?.values == [2, 5.5, 4, 10])
  }

  /// The changes of the series from day to day are 1. The pinball losses of the models are the means of
  /// 0.2 · 1 and 0.3 · 1, and of 0.2 · 4 and 0.3 · 6. Greedy selection takes the first model only, and with
  /// one series its weights count one eleventh.
  @Test func quantilesHaveWeightsByThePinballLoss() throws {
    let holdOut = try HoldOut(Self.panel([5]), horizon: 2, seasonLength: 1)
    func forecast(_ mean: Double, _ below: Double, _ above: Double) throws -> Forecast {
      let actual = [6.0, 5]
      return try Forecast(
        ids: ["series 0"], calendar: holdOut.actual.calendar, values: actual.map { $0 + mean },
        quantiles: Quantiles(
          levels: [0.2, 0.7], values: actual.flatMap { [$0 - below, $0 + above] }))
    }
    let models = [try forecast(3, 1, 1), try forecast(1, 4, 6)]
    let weights = CombinationWeights(of: models, on: holdOut)
    let losses = [0.25, 1.3]
    let inverse = losses.map { 1 / ($0 * $0) }
    let share = (1 + 10 * inverse[0] / (inverse[0] + inverse[1])) / 11
    let found = try #require(weights.ofQuantiles)
    #expect(abs(found[0] - share) < 1e-12 && abs(found[0] + found[1] - 1) < 1e-12)
    // The second model has the better mean.
    #expect(weights.general[1] > 0.5)
    let combined = try weights.combined(models)
    let lower = try #require(combined.quantiles).value(of: 0, 0)
    #expect(abs(lower - (6 - share - 4 * (1 - share))) < 1e-12)
    #expect(weights.pooled.ofQuantiles == found && weights.pooled.ofSeries.isEmpty)
  }

  @Test func quantilesAtOtherLevelsHaveNoWeights() throws {
    let holdOut = try HoldOut(Self.panel([5]), horizon: 2, seasonLength: 1)
    func forecast(_ level: Double) throws -> Forecast {
      try Forecast(
        ids: ["series 0"], calendar: holdOut.actual.calendar, values: [4, 8],
        quantiles: Quantiles(levels: [level], values: [4, 8]))
    }
    let models = [try forecast(0.2), try forecast(0.3)]
    #expect(CombinationWeights(of: models, on: holdOut).ofQuantiles == nil)
  }

  /// What is evaluated on the held-out steps has weights of the steps before.
  @Test func aRunEvaluatesWeightsOfEarlierSteps() throws {
    // The last value is 4 too high for steps 7 to 9, and 4 too low for steps 10 to 12.
    var values = (0..<13).map { Double(20 + $0 % 2) }
    for day in 7...9 { values[day] -= 4 }
    let panel = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 3, day: 4)!, count: 13),
      series: [Series(id: "a", values: values)])
    var run = ForecastRun(horizon: 3, seasonLength: 1)
    run.combines = true
    let low = Shifted(name: "Low", shift: -4)
    let high = Shifted(name: "High", shift: 4)
    let results = try run([.untrained(low), .untrained(high)], on: panel)
    let combination = try #require(results.models.last)
    #expect(combination.heldOut.name == "Combination")
    // The weights are on the low model, which was right before.
    let heldOut = combination.heldOut.forecast.values[0]
    #expect(heldOut < values[9])
    // After the held-out steps, they are on the high one.
    #expect(combination.next.forecast.values[0] > values[12])
    #expect(
      try combination.final.forecast(from: panel, horizon: 3) == combination.next.forecast)
  }

  @Test func equalWeightsAreAMean() throws {
    var run = ForecastRun(horizon: 3, seasonLength: 1)
    run.combines = true
    run.weightsEqually = true
    let models = [-4.0, 7].map { Shifted(name: "By \($0)", shift: $0) }
    let results = try run(models.map { .untrained($0) }, on: Self.panel([5, 9]))
    let means = results.models.map(\.heldOut.forecast.values)
    let ofNext = results.models.map(\.next.forecast.values)
    for step in means[2].indices {
      #expect(means[2][step] == (means[0][step] + means[1][step]) / 2)
      #expect(ofNext[2][step] == (ofNext[0][step] + ofNext[1][step]) / 2)
    }
  }

  /// The mean of an ensemble of three counts three times.
  @Test func equalWeightsCountTheMembersOfAnEnsemble() throws {
    var run = ForecastRun(horizon: 3, seasonLength: 1)
    run.combines = true
    run.weightsEqually = true
    let results = try run(
      [
        .untrained(Shifted(name: "One", shift: -4)),
        .untrained(Shifted(name: "Three", shift: 8, memberCount: 3)),
      ], on: Self.panel([5, 9]))
    for forecasts in [results.models.map(\.heldOut), results.models.map(\.next)] {
      let values = forecasts.map(\.forecast.values)
      for step in values[2].indices {
        #expect(values[2][step] == values[0][step] * 0.25 + values[1][step] * 0.75)
      }
    }
  }

  @Test func aSingleModelHasNoCombination() throws {
    var run = ForecastRun(horizon: 3, seasonLength: 1)
    run.combines = true
    let results = try run([.untrained(Shifted(name: "Same", shift: 0))], on: Self.panel([5]))
    #expect(results.models.count == 1)
  }
}
