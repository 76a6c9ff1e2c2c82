import Forecasting
import Foundation
import NeuralNetwork
import Testing

/// Reconciled forecasts equal those of hierarchicalforecast 1.5.3:
///
/// ```python
/// import numpy as np
/// from hierarchicalforecast.methods import MinTrace
/// members = [[0, 1, 2, 3, 4], [0, 1], [2, 3, 4], [1, 3]]
/// S = np.array([[1.0 if i in m else 0.0 for i in range(5)] for m in members] + np.eye(5).tolist())
/// base = np.array([[21.0, 19.5, 23.25], [8.0, 7.5, 9.5], [11.5, 13.0, 12.0], [7.25, 6.0, 8.5],
///                  [3.0, 2.5, 4.0], [4.5, 4.0, 5.25], [2.0, 3.5, 2.25], [3.25, 2.0, 4.5],
///                  [5.0, 6.5, 4.75]])
/// errors = np.array([[np.sin(1.7 * (r + 1) * (t + 2)) * (1 + r % 4) + np.cos(t) for t in range(7)]
///                    for r in range(9)])
/// for method in ("ols", "wls_struct", "wls_var", "mint_shrink"):
///     model = MinTrace(method, **({"mint_shr_ridge": 0.0} if method == "mint_shrink" else {}))
///     out = model.fit_predict(S=S, y_hat=base, y_insample=errors,
///                             y_hat_insample=np.zeros_like(errors))["mean"]
///     print(method, np.round(out[4:], 10).tolist())
/// ```
@Suite struct ReconciliationTests {
  private static let sums = SeriesSums(
    seriesCount: 5, members: [[0, 1, 2, 3, 4], [0, 1], [2, 3, 4], [1, 3]])
  private static let ofSums = [
    21, 19.5, 23.25, 8, 7.5, 9.5, 11.5, 13, 12, 7.25, 6, 8.5,
  ]
  private static let ofSeries = [
    3, 2.5, 4, 4.5, 4, 5.25, 2, 3.5, 2.25, 3.25, 2, 4.5, 5, 6.5, 4.75,
  ]
  private static let errors: [Double] = (0..<63).map { place in
    let (row, step) = (place / 7, Double(place % 7))
    return sin(1.7 * Double(row + 1) * (step + 2)) * Double(1 + row % 4) + cos(step)
  }

  private static let cases: [(ErrorCovariance, [Double])] = [
    (
      .identity(sums),
      [
        3.7045454545, 2.8636363636, 4.7045454545, 4.5643939394, 4.1515151515, 5.1060606061,
        2.7159090909, 3.7727272727, 2.8409090909, 3.3257575758, 2.0606060606, 4.2424242424,
        5.7159090909, 6.7727272727, 5.3409090909,
      ]
    ),
    (
      .structural(sums),
      [
        3.3888888889, 2.7882447665, 4.3582930757, 4.5555555556, 4.1674718196, 5.1215780998,
        2.4444444444, 3.6948470209, 2.5885668277, 3.3611111111, 2.0740740741, 4.3518518519,
        5.4444444444, 6.6948470209, 5.0885668277,
      ]
    ),
    (
      .variances(errors, count: 7),
      [
        3.2647946857, 2.6022164415, 4.2496802131, 5.0415204192, 4.2637585204, 5.678268844,
        3.232457701, 3.8726981224, 3.3696730141, 3.8255565456, 2.2049924716, 4.5804619527,
        5.2491506863, 6.5753437565, 4.9763504051,
      ]
    ),
    (
      .shrinkage(errors, count: 7),
      [
        3.2865614331, 2.606534593, 4.2713952223, 5.0124710417, 4.258760371, 5.6454067961,
        3.2922301339, 3.8926359521, 3.4333747848, 3.7401038004, 2.1716049552, 4.4932560494,
        5.2743432267, 6.5842466989, 5.0007579188,
      ]
    ),
  ]

  @Test(arguments: cases.indices) func forecastsEqualHierarchicalforecasts(_ place: Int) {
    let (covariance, expected) = Self.cases[place]
    let found = Reconciliation(Self.sums, .minimumTrace(covariance))
      .reconciled(series: Self.ofSeries, sums: Self.ofSums, width: 3)
    // hierarchicalforecast adds 2e-8 to variances.
    for (found, expected) in zip(found, expected) { #expect(abs(found - expected) < 2e-7) }
  }

  /// A coherent forecast stays as it is.
  @Test(arguments: cases.indices) func coherentForecastsStay(_ place: Int) {
    let found = Reconciliation(Self.sums, .minimumTrace(Self.cases[place].0)).reconciled(
      series: Self.ofSeries, sums: Self.sums.sums(of: Self.ofSeries, width: 3), width: 3)
    for (found, expected) in zip(found, Self.ofSeries) { #expect(abs(found - expected) < 1e-12) }
  }

  @Test func seriesFitTheSumsOfALevel() {
    let middleOut = Reconciliation(Self.sums, .topDown(.ofForecasts(1..<3)))
    let found = middleOut.reconciled(series: Self.ofSeries, sums: Self.ofSums, width: 3)
    let sums = Self.sums.sums(of: found, width: 3)
    for (found, expected) in zip(sums[3..<9], Self.ofSums[3..<9]) {
      #expect(abs(found - expected) < 1e-12)
    }
    // Shares within a sum stay: 3 of 7.5 and 4.5 of 7.5 of a sum of 8.
    #expect(abs(found[0] - 3.2) < 1e-12 && abs(found[3] - 4.8) < 1e-12)
    let topDown = Reconciliation(Self.sums, .topDown(.ofForecasts(0..<1)))
    let ofTotal = topDown.reconciled(series: Self.ofSeries, sums: Self.ofSums, width: 3)
    #expect(abs(ofTotal[0] - 3 * 21 / 17.75) < 1e-12)
    let bottomUp = Reconciliation(Self.sums, .bottomUp)
    #expect(
      bottomUp.reconciled(series: Self.ofSeries, sums: Self.ofSums, width: 3) == Self.ofSeries)
  }

  /// Series without any forecast sales share their sum.
  @Test func sumsOfNothingAreShared() {
    let found = Reconciliation(Self.sums, .topDown(.ofForecasts(0..<1))).reconciled(
      series: [0, 0, 0, 0, 0], sums: [10, 0, 0, 0], width: 1)
    #expect(found == [2, 2, 2, 2, 2])
  }

  @Test func negativeSeriesBecomeZero() {
    var reconciliation = Reconciliation(Self.sums, .minimumTrace(.identity(Self.sums)))
    let (series, sums) = ([0.1, 5, 6, 7, 8], [10.0, 2, 20, 11])
    #expect(reconciliation.reconciled(series: series, sums: sums, width: 1).min()! < 0)
    reconciliation.keepsNonnegative = true
    #expect(reconciliation.reconciled(series: series, sums: sums, width: 1).min()! == 0)
  }

  /// Constant series have no errors: they stay, and nothing becomes NaN.
  @Test func forecastsWithoutErrorsStay() {
    var errors = Self.errors
    for step in 0..<7 { for row in [2, 6, 7, 8] { errors[row * 7 + step] = 0 } }
    for covariance in [ErrorCovariance.variances(errors, count: 7), .shrinkage(errors, count: 7)] {
      let found = Reconciliation(Self.sums, .minimumTrace(covariance))
        .reconciled(series: Self.ofSeries, sums: Self.ofSums, width: 3)
      #expect(found.allSatisfy { $0.isFinite })
    }
  }

  @Test func stepsAddUpToWeeks() {
    let sums = SeriesSums(ofSteps: 14, lengths: [7, 14])
    let members: [[Int]] = [Array(0..<7), Array(7..<14), Array(0..<14)]
    #expect(sums.members == members)
    let found = Reconciliation(sums, .minimumTrace(.structural(sums))).reconciled(
      series: Array(repeating: 1, count: 14), sums: [10, 7, 15], width: 1)
    let weeks = sums.sums(of: found, width: 1)
    // Between the sum of the days and the forecast of the week.
    #expect(weeks[0] > 7 && weeks[0] < 10)
    #expect(weeks[2] > 14 && weeks[2] < 17)
  }

  @Test func forecastsOfALevelAddUp() throws {
    let panel = LSTMForecasterTests.panel().adding(level: "shop", ["x", "y", "x"])
    let groupings: [[String]] = [[], ["shop"]]
    let sums = try SeriesSums(of: panel, groupings: groupings)
    #expect(sums.members == [[0, 1, 2], [0, 2], [1]])
    let forecaster = SeasonalNaiveForecaster()
    let ofSeries = try forecaster.fit(panel).forecast(from: panel, horizon: 4)
    let ofLevels = try groupings.map { grouping in
      let sums = try panel.aggregated(by: grouping).panel
      return try MovingAverageForecaster().fit(sums).forecast(from: sums, horizon: 4)
    }
    let ofSums = try Forecast(
      ids: ofLevels.flatMap(\.ids), calendar: ofSeries.calendar, values: ofLevels.flatMap(\.values))
    let (series, totals) = try Reconciliation(sums, .minimumTrace(.structural(sums)))(
      ofSeries, sums: ofSums)
    #expect(series.ids == panel.ids && totals.ids == ["Total", "x", "y"])
    #expect(totals.values == sums.sums(of: series.values, width: 4))
    // With two estimates of a sum, the result is between them.
    let added = sums.sums(of: ofSeries.values, width: 4)
    for (place, found) in totals.values.enumerated() {
      let base = [ofSums.values[place], added[place]].sorted()
      #expect(found >= base[0] - 1e-9 && found <= base[1] + 1e-9)
    }
  }
}
