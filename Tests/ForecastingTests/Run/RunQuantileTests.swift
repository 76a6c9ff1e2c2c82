import Forecasting
import Testing

/// Quantiles of a run: which windows they are calibrated on, and how many trainings they take.
@Suite struct RunQuantileTests {
  /// Forecasts 0, and counts its trainings in what it writes to a list.
  private struct Counter: Forecaster {
    struct Fitted: FittedForecaster {
      let name = "Counter"

      func demand(from history: Panel, horizon: Int) throws -> Forecast {
        try Forecast(
          ids: history.ids, calendar: history.calendar(ofNext: horizon),
          values: Array(repeating: 0, count: history.seriesCount * horizon))
      }
    }

    final class Log: Sendable {
      nonisolated(unsafe) var lengths: [Int] = []
    }

    let log: Log

    func fit(_ panel: Panel) -> Fitted {
      log.lengths.append(panel.calendar.count)
      return Fitted()
    }
  }

  private static func panel(steps: Int, series: Int = 3) -> Panel {
    let values = (0..<series).map { index -> [Double?] in
      (0..<steps).map { step -> Double? in
        let size = (step * 7 + index * 3) % 11 - 5
        return Double(size * (index + 1))
      }
    }
    return BaselineSeries.panel(values)
  }

  /// Sums can start after the first steps of the forecast.
  @Test func sumsStartAtAStep() throws {
    var run = ForecastRun(horizon: 9)
    run.quantileLevels = [0.25, 0.75]
    run.sumLengths = [2, 4, 7]
    run.sumStart = 3
    let results = try run([.untrained(SeasonalNaiveForecaster())], on: Self.panel(steps: 80))
    let model = results.models[0]
    for one in [model.heldOut, model.next] {
      // Seven steps do not fit.
      #expect(one.sums.map(\.length) == [2, 4])
      for sum in one.sums {
        #expect(sum.calendar.start == one.forecast.calendar.date(at: 3) && sum.calendar.count == 6)
        #expect(sum.blockCount == 6 / sum.length)
        for series in 0..<3 {
          for block in 0..<sum.blockCount {
            let first = series * 9 + 3 + block * sum.length
            let expected = one.forecast.values[first..<first + sum.length].reduce(0, +)
            #expect(sum.values[series * sum.blockCount + block] == expected)
          }
        }
        #expect(sum.quantiles.ascend)
      }
    }
    let interval = try #require(model.heldOut.sums[0].quantiles.centralIntervals.first)
    let sums = model.heldOut.sums[1]
    let inside = (0..<3).count { series in
      let actual = (3..<7).reduce(0.0) {
        $0 + results.holdOut.actual.series(at: series).value(at: $1)!
      }
      return (sums.quantiles.values[series * 2]...sums.quantiles.values[series * 2 + 1])
        .contains(actual)
    }
    #expect(sums.coverage(of: interval, results.holdOut.actual) == Double(inside) / 3)
  }

  @Test func quantilesTakeOneMoreTraining() throws {
    let panel = Self.panel(steps: 60)
    for refits in [true, false] {
      let counter = Counter(log: .init())
      var run = ForecastRun(horizon: 4)
      run.refits = refits
      _ = try run([.untrained(counter)], on: panel)
      #expect(counter.log.lengths == (refits ? [56, 60] : [56]))
      counter.log.lengths = []
      run.quantileLevels = [0.25, 0.75]
      let results = try run([.untrained(counter)], on: panel)
      // Three windows of 4 steps are a quarter of the history.
      #expect(counter.log.lengths == (refits ? [56, 60, 44] : [56, 44]))
      let model = results.models[0]
      #expect(model.calibrationWindowCount == 3)
      for forecast in [model.heldOut.forecast, model.next.forecast] {
        let quantiles = try #require(forecast.quantiles)
        #expect(quantiles.levels == [0.25, 0.75] && quantiles.ascend)
        #expect(forecast.values.allSatisfy { $0 == 0 })
        // The values of series k are spread over −5 k, …, 5 k.
        for series in 0..<3 {
          let half = quantiles.value(of: series * 4, 1)
          #expect(half > 1.4 * Double(series + 1) && half < 4.6 * Double(series + 1), "\(half)")
        }
      }
    }
  }

  /// A trained model is asked for past windows, and stays as it is.
  @Test func aTrainedModelIsCalibratedWithoutTraining() throws {
    var run = ForecastRun(horizon: 4)
    run.quantileLevels = [0.25, 0.75]
    let results = try run([.trained(Counter.Fitted())], on: Self.panel(steps: 60))
    #expect(results.models[0].calibrationWindowCount == 3)
    #expect(results.models[0].next.forecast.quantiles?.ascend == true)
  }

  @Test func aShortHistoryHasQuantilesThatAreNotCalibrated() throws {
    var run = ForecastRun(horizon: 4)
    run.quantileLevels = [0.1, 0.9]
    run.sumLengths = [2, 4]
    let results = try run(
      [.untrained(NaiveForecaster(quantileLevels: [0.1, 0.9]))], on: Self.panel(steps: 15))
    let model = results.models[0]
    #expect(model.calibrationWindowCount == 0)
    let history = results.holdOut.history
    let plain = try NaiveForecaster(quantileLevels: [0.1, 0.9]).forecast(from: history, horizon: 4)
    #expect(model.heldOut.forecast == plain)
    #expect(model.next.forecast.quantiles?.ascend == true)
    #expect(model.next.sums.map(\.blockCount) == [2, 1])
  }

  @Test func withoutLevelsThereAreNone() throws {
    let results = try ForecastRun(horizon: 4)(
      [.untrained(NaiveForecaster())], on: Self.panel(steps: 60))
    #expect(results.models[0].next.forecast.quantiles == nil)
    #expect(results.models[0].next.sums.isEmpty)
  }

  /// A closed day has no sales at any level, and adds nothing to a sum.
  @Test func closedDaysStayZero() throws {
    var values: [Double?] = []
    for step in 0..<90 {
      let size = step % 7 == 6 ? 0 : step * 5 % 13 + 3
      values.append(Double(size))
    }
    let panel = BaselineSeries.panel([values, values])
      .closed(on: ClosingCalendar(weekdays: [.sunday]))
    var run = ForecastRun(horizon: 14)
    run.quantileLevels = [0.1, 0.9]
    run.sumLengths = [7]
    let levels = Quantiles.standardLevels
    let models: [any Forecaster] = [
      SeasonalNaiveForecaster(quantileLevels: levels), SeasonalNaiveForecaster(),
    ]
    let results = try run(models.map { .untrained($0) }, on: panel)
    for model in results.models {
      let forecast = model.next.forecast
      for step in 0..<14 where panel.closing.isClosed(step, of: forecast.calendar) {
        for series in 0..<2 {
          let cell = series * 14 + step
          #expect(forecast.values[cell] == 0)
          #expect((0..<2).allSatisfy { forecast.quantiles!.value(of: cell, $0) == 0 })
        }
      }
      let sums = model.next.sums[0]
      #expect(sums.values.count == 4 && sums.quantiles.ascend)
      #expect(abs(sums.values[0] - forecast.values[0..<7].reduce(0, +)) < 1e-9)
    }
  }

  @Test func sumsAreWrittenAsATable() throws {
    let panel = Self.panel(steps: 60)
    var run = ForecastRun(horizon: 5)
    run.quantileLevels = [0.1, 0.9]
    run.sumLengths = [2, 5]
    let results = try run(
      [.untrained(NaiveForecaster()), .untrained(DriftForecaster())], on: panel)
    let table = SumTable(results.models.map(\.next), idColumn: "item", timeColumn: "day").csv()
    let rows = table.split(separator: "\n").map { $0.split(separator: ",").map(String.init) }
    #expect(
      rows[0] == [
        "item", "day", "steps", "Naive", "Naive-q10", "Naive-q90", "Drift", "Drift-q10",
        "Drift-q90",
      ])
    // Day 61 of 2024 is March 1.
    #expect(
      rows.dropFirst().prefix(4).map { Array($0[0..<3]) } == [
        ["s0", "2024-03-01", "2"], ["s0", "2024-03-03", "2"], ["s0", "2024-03-01", "5"],
        ["s1", "2024-03-01", "2"],
      ])
    #expect(rows.count == 1 + 3 * 3)
    let sums = results.models[0].next.sums[1]
    #expect(Double(rows[3][3]) == sums.values[0])
    #expect(Double(rows[3][4]) == sums.quantiles.value(of: 0, 0))
    #expect(Double(rows[3][5]) == sums.quantiles.value(of: 0, 1))
  }
}
