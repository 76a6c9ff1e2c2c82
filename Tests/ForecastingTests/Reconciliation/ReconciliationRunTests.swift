import Forecasting
import Foundation
import Testing

/// Runs that forecast all levels and reconcile them.
@Suite struct ReconciliationRunTests {
  private static let stepCount = 84

  /// Seven series of two states and three departments.
  private static func panel(closing: Bool = false) -> Panel {
    let ids = (0..<7).map { "item \($0)" }
    let series = ids.enumerated().map { row, id in
      Series(
        id: id,
        values: (0..<stepCount).map { step -> Double in
          if closing, step % 7 == 5 { return 0 }
          let size = Double(row + 2) * (3 + sin(0.9 * Double(step)))
          let noise = (step * step + 3 * row) % 5
          return (size + Double(noise)).rounded()
        })
    }
    return Panel(
      calendar: RegularCalendar(
        start: CalendarDate(year: 2024, month: 1, day: 1)!, count: stepCount), series: series
    )
    .adding(level: "state", ["x", "x", "x", "x", "y", "y", "y"])
    .adding(level: "department", ["p", "q", "q", "r", "p", "q", "r"])
  }

  private static func run(_ methods: [ReconciliationMethod]) -> ReconciliationRun {
    var run = ReconciliationRun(horizon: 7, methods: methods)
    run.groupings = [[], ["state"], ["department"], ["state", "department"]]
    return run
  }

  @Test func allMethodsAddUpAtEachLevel() throws {
    var run = Self.run(ReconciliationMethod.allCases)
    run.quantileLevels = [0.1, 0.5, 0.8]
    let results = try run([SeasonalNaiveForecaster(), ThetaForecaster()], on: Self.panel())
    #expect(
      results.hierarchy.levels.map(\.name)
        == ["Total", "state", "department", "state/department", "series"])
    #expect(results.windowCount == 5)
    #expect(results.reconciled.map(\.method) == ReconciliationMethod.allCases)
    for forecasts in results.reconciled {
      for levels in [forecasts.heldOutLevels, forecasts.nextLevels] {
        let series = levels.last!.forecast
        let totals = series.total().values
        for level in levels {
          for (found, expected) in zip(level.forecast.total().values, totals) {
            #expect(abs(found - expected) < 1e-9 * expected, "\(forecasts.name) \(level.name)")
          }
          #expect(level.forecast.quantiles?.levels == [0.1, 0.5, 0.8])
        }
        #expect(levels[1].forecast.ids == ["x", "y"])
        let state = (0..<4).reduce(0) { $0 + series.values[$1 * 7 + 2] }
        #expect(abs(levels[1].forecast.values[2] - state) < 1e-9 * state)
      }
      #expect(forecasts.heldOut.evaluation?.levels.count == 5)
      #expect(results.changes(of: forecasts).allSatisfy { $0.change != nil })
    }
    // The forecasts that a method does not change.
    let base = results.base.nextLevels.map(\.forecast.values)
    let byMethod = Dictionary(
      uniqueKeysWithValues: results.reconciled.map { ($0.method!, $0.nextLevels) })
    #expect(byMethod[.bottomUp]![4].forecast.values == base[4])
    #expect(byMethod[.topDown]![0].forecast.values.isClose(to: base[0]))
    #expect(byMethod[.averageProportions]![0].forecast.values.isClose(to: base[0]))
    #expect(byMethod[.middleOut]![1].forecast.values.isClose(to: base[1]))
  }

  /// The forecasts of the held-out steps don't depend on them.
  @Test func nothingIsLearnedFromHeldOutSteps() throws {
    let panel = Self.panel()
    let other = Panel(
      calendar: panel.calendar,
      series: panel.eachSeries.map { series in
        Series(
          id: series.id,
          values: series.values.enumerated().map { $0 < Self.stepCount - 7 ? $1 : 40 - $1 })
      }
    )
    .adding(level: "state", ["x", "x", "x", "x", "y", "y", "y"])
    .adding(level: "department", ["p", "q", "q", "r", "p", "q", "r"])
    var run = Self.run([.mintShrinkage, .averageProportions, .wlsVariance])
    run.quantileLevels = [0.25, 0.75]
    let models: [any Forecaster] = [SeasonalNaiveForecaster(), MovingAverageForecaster()]
    let (first, second) = (try run(models, on: panel), try run(models, on: other))
    for (first, second) in zip(first.reconciled, second.reconciled) {
      #expect(first.heldOut.forecast == second.heldOut.forecast)
      #expect(first.next.forecast != second.next.forecast)
    }
  }

  @Test func resultsAreTheSameAtAnyNumberOfThreads() throws {
    let count = Parallelism.threadCount
    defer { Parallelism.threadCount = count }
    var run = Self.run([.mintShrinkage, .topDown])
    run.quantileLevels = [0.1, 0.9]
    let forecasts = try [1, 2, 3].map { threads in
      Parallelism.threadCount = threads
      return try run([ThetaForecaster()], on: Self.panel()).reconciled.map(\.next.forecast)
    }
    #expect(forecasts[0] == forecasts[1] && forecasts[1] == forecasts[2])
  }

  /// Nothing is sold on closed days, at any level, whatever the quantile.
  @Test func closedDaysStayZero() throws {
    var run = Self.run([.ols, .mintShrinkage, .topDown])
    run.closings = .sales
    run.quantileLevels = [0.2, 0.9]
    let results = try run([SeasonalNaiveForecaster()], on: Self.panel(closing: true))
    for level in results.reconciled.flatMap(\.nextLevels) {
      let forecast = level.forecast
      for (cell, value) in forecast.values.enumerated() {
        let quantiles = forecast.quantiles!.values[cell * 2..<cell * 2 + 2]
        #expect((value == 0) == (cell % 7 == 5) && (quantiles.last == 0) == (cell % 7 == 5))
      }
    }
  }

  @Test func levelsOfThePanelAreTheDefault() throws {
    let results = try ReconciliationRun(horizon: 5, methods: [.wlsStructural])(
      [NaiveForecaster()], on: Self.panel())
    #expect(results.base.nextLevels.map(\.name) == ["Total", "state", "department", "series"])
    // No errors are needed.
    #expect(results.windowCount == 1)
    let table = LevelForecastTable(results.reconciled + [results.base]).csv()
    let lines = table.split(separator: "\n")
    #expect(lines[0] == "level,unique_id,ds,WLS structural,Base")
    #expect(lines.count == 1 + (1 + 2 + 3 + 7) * 5)
    #expect(lines[1].hasPrefix("Total,Total,2024-03-25,"))
    #expect(lines[6].hasPrefix("state,x,2024-03-25,"))
  }

  @Test func errors() {
    var run = Self.run([.middleOut])
    run.middleLevel = "department"
    #expect(
      throws: ReconciliationError.noSuchLevel(
        "department", levels: ["Total", "state", "state/department"])
    ) { try run([NaiveForecaster()], on: Self.panel()) }
    var long = Self.run([.wlsVariance])
    long.horizon = 30
    #expect(throws: ReconciliationError.tooFewSteps(84, needed: 90, windows: 1)) {
      try long([NaiveForecaster()], on: Self.panel())
    }
    run.middleLevel = nil
    run.groupings = [["region"]]
    #expect(throws: CovariateError.self) { try run([NaiveForecaster()], on: Self.panel()) }
  }
}

extension [Double] {
  fileprivate func isClose(to other: [Double]) -> Bool {
    count == other.count && zip(self, other).allSatisfy { abs($0 - $1) < 1e-9 * abs($1) }
  }
}
