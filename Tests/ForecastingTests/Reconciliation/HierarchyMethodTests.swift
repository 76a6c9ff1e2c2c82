import Forecasting
import Foundation
import Testing

/// Reconciled forecasts of crossed levels equal those of hierarchicalforecast; see `HierarchyFigures`.
@Suite struct HierarchyMethodTests {
  private typealias Figures = HierarchyFigures

  /// hierarchicalforecast adds 2e-8 to variances.
  private static func expectEqual(_ found: [Double], _ expected: [Double]) {
    #expect(found.count == expected.count)
    for (found, expected) in zip(found, expected) {
      #expect(abs(found - expected) < 1e-7 * abs(expected))
    }
  }

  @Test(arguments: Figures.minimumTrace.indices, [true, false])
  func minimumTraceEqualsHierarchicalforecast(_ place: Int, factorizes: Bool) {
    let (covariance, expected) = Figures.minimumTrace[place]
    let found = MinimumTrace(Figures.sums, covariance, factorizes: factorizes).reconciled(
      sums: Figures.ofSums, series: Figures.ofSeries, width: Figures.horizon)
    Self.expectEqual(found, expected)
  }

  @Test(arguments: Figures.topDown.indices)
  func topDownEqualsHierarchicalforecast(_ place: Int) {
    let (shares, expected) = Figures.topDown[place]
    let reconciliation = Reconciliation(Figures.sums, .topDown(shares))
    Self.expectEqual(
      reconciliation.reconciled(
        series: Figures.ofSeries, sums: Figures.ofSums, width: Figures.horizon), expected)
  }

  @Test func quantilesEqualHierarchicalforecast() {
    let covariance = ErrorCovariance.variances(Figures.errors, count: Figures.stepCount)
    let paths = CoherentPaths(
      Reconciliation(Figures.sums, .minimumTrace(covariance)), series: Figures.ofSeries,
      sums: Figures.ofSums, horizon: Figures.horizon, errors: Figures.errors,
      starts: Figures.starts)
    let found = paths.quantiles([0.1, 0.9]).values
    let width = Figures.horizon * 2
    for (row, expected) in Figures.quantiles {
      Self.expectEqual(Array(found[row * width..<(row + 1) * width]), expected)
    }
  }

  /// Paths add up, also those whose shares depend on the forecasts, and a linear reconciliation of a path
  /// is that of its base path.
  @Test(arguments: [0, 1]) func pathsAddUp(_ place: Int) {
    let (count, split) = (Figures.sums.count, Figures.sums.count * Figures.horizon)
    let reconciliation = Reconciliation(
      Figures.sums,
      place == 0
        ? .minimumTrace(.structural(Figures.sums)) : .topDown(Figures.topDown[0].shares))
    let paths = CoherentPaths(
      reconciliation, series: Figures.ofSeries, sums: Figures.ofSums, horizon: Figures.horizon,
      errors: Figures.errors)
    #expect(paths.starts == Array(0...7))
    for (index, start) in paths.starts.enumerated() {
      let path = paths.path(at: index)
      let series = Array(path[split...])
      let sums = Figures.sums.sums(of: series, width: Figures.horizon)
      for (found, expected) in zip(path, sums) { #expect(abs(found - expected) < 1e-9) }
      let base = (Figures.ofSums + Figures.ofSeries).enumerated().map { cell, value in
        let (row, step) = (cell / Figures.horizon, cell % Figures.horizon)
        return value + Figures.errors[row * Figures.stepCount + start + step]
      }
      let expected = reconciliation.reconciled(
        series: Array(base[split...]), sums: Array(base[..<split]), width: Figures.horizon)
      for (found, expected) in zip(series, expected) { #expect(abs(found - expected) < 1e-9) }
    }
    #expect(paths.quantiles([0.2, 0.5, 0.7]).values.count == (count + 7) * 4 * 3)
  }

  @Test func crossedLevelsAreNotNested() {
    #expect(Figures.sums.nestedLevels(Figures.levels) == [0..<1, 1..<3, 6..<12])
    // In any order, and without levels that lack a series.
    #expect(Figures.sums.nestedLevels([6..<11, 3..<6, 6..<12, 0..<1]) == [0..<1, 3..<6, 6..<12])
  }

  /// Errors that aren't known change nothing but the number of errors that variances come from.
  @Test func unknownErrorsHaveNoWeight() {
    let (rows, count) = (Figures.sums.count + Figures.seriesCount, Figures.stepCount)
    let longer = (0..<rows).flatMap { row in
      Figures.errors[row * count..<(row + 1) * count] + [Double.nan, .nan]
    }
    let expected = Figures.minimumTrace[2].expected
    let found = Reconciliation(
      Figures.sums, .minimumTrace(.variances(longer, count: count + 2))
    ).reconciled(series: Figures.ofSeries, sums: Figures.ofSums, width: Figures.horizon)
    Self.expectEqual(found, expected)
    // A row without errors has the median variance of the others.
    var unknown = Figures.errors
    for step in 0..<count { unknown[4 * count + step] = .nan }
    for covariance in [
      ErrorCovariance.variances(unknown, count: count), .shrinkage(unknown, count: count),
    ] {
      let found = Reconciliation(Figures.sums, .minimumTrace(covariance)).reconciled(
        series: Figures.ofSeries, sums: Figures.ofSums, width: Figures.horizon)
      #expect(found.allSatisfy { $0.isFinite })
    }
  }

  /// Shares of known values alone still add up.
  @Test func sharesAddUpWithMissingValues() {
    var history = Figures.history
    history[3] = .nan
    history[2 * Figures.stepCount + 5] = .nan
    for shares in [
      TopDownShares.averageProportions(1..<3, of: Figures.sums, history: history),
      .proportionsOfAverages(1..<3, of: Figures.sums, history: history),
    ] {
      let found = Reconciliation(Figures.sums, .topDown(shares)).reconciled(
        series: Figures.ofSeries, sums: Figures.ofSums, width: Figures.horizon)
      let sums = Figures.sums.sums(of: found, width: Figures.horizon)
      for (found, expected) in zip(sums[4..<12], Figures.ofSums[4..<12]) {
        #expect(abs(found - expected) < 1e-9)
      }
    }
  }

  /// With more sums than are factorized, the normal equations hold to the stated tolerance.
  @Test func manySumsAreSolvedIteratively() {
    let count = 900
    let members =
      (0..<700).map { [$0, ($0 * 7 + 3) % count, ($0 * 13 + 11) % count] }
      + [Array(0..<count)]
    let sums = SeriesSums(seriesCount: count, members: members)
    let series = (0..<count).map { 3 + sin(Double($0)) }
    let values = sums.sums(of: series, width: 1).enumerated().map { $1 + cos(Double($0) * 2) }
    let covariance = ErrorCovariance.structural(sums)
    let found = [true, false].map { factorizes in
      MinimumTrace(sums, covariance, factorizes: factorizes).reconciled(
        sums: values, series: series, width: 1)
    }
    #expect(
      Reconciliation(sums, .minimumTrace(covariance)).reconciled(
        series: series, sums: values, width: 1) == found[1])
    for (factorized, iterated) in zip(found[0], found[1]) {
      #expect(abs(factorized - iterated) < 1e-9)
    }
  }
}
