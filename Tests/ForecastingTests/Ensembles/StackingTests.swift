import Forecasting
import Testing

@Suite struct StackingTests {
  /// Errors of four models at three steps of two series.
  private static let errors: [[[Double]]] = [
    [[1, -2, 1.5], [3, 1, -2], [0.5, 1, 2], [4, 5, 3]],
    [[-1, 0.5, 2], [0.5, 2, -1], [6, -3, 1], [2, 2.5, -4]],
  ]

  /// Forecasts with given errors of the last three days, or of the `count` last of them, of series that change
  /// by 1 and −1 in turn.
  private static func window(_ errors: [[[Double]]], dropping count: Int = 0) throws
    -> CombinationWindow
  {
    let panel = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 3, day: 4)!, count: 13),
      series: [5.0, 50].enumerated().map { place, level in
        Series(id: "series \(place)", values: (0..<13).map { level + Double($0 % 2) })
      }
    ).dropping(last: count)
    let holdOut = try HoldOut(panel, horizon: errors[0][0].count, seasonLength: 1)
    let forecasts = try errors[0].indices.map { model in
      try Forecast(
        ids: panel.ids, calendar: holdOut.actual.calendar,
        values: errors.indices.flatMap { series in
          zip(holdOut.actual.series(at: series).values, errors[series][model]).map { $0 + $1 }
        })
    }
    return CombinationWindow(forecasts: forecasts, holdOut: holdOut)
  }

  /// SciPy 1.17.1:
  ///
  /// ```python
  /// import numpy as np
  /// from scipy.optimize import nnls
  /// errors = [  # of each series, [steps, models]
  ///     np.array([[1, 3, 0.5, 4], [-2, 1, 1, 5], [1.5, -2, 2, 3]]),
  ///     np.array([[-1, 0.5, 6, 2], [0.5, 2, -3, 2.5], [2, -1, 1, -4]]),
  /// ]
  /// for ridge in [0.05, 2.0]:
  ///     g = sum(e.T @ e / len(e) / (e**2).mean() for e in errors) / len(errors)
  ///     a = np.linalg.cholesky(g + ridge * np.eye(4)).T
  ///     k = 1e6  # the weights add up to 1
  ///     w, _ = nnls(np.vstack([a, k * np.ones(4)]), np.array([0, 0, 0, 0, k]), maxiter=1000)
  ///     print(ridge, w / w.sum())
  /// ```
  @Test(arguments: [
    (0.05, [0.47619577, 0.35442607, 0.16937816, 0]),
    (2.0, [0.34559221, 0.28155626, 0.22683845, 0.14601308]),
  ]) func weightsAreThoseOfNonnegativeLeastSquares(ridge: Double, expected: [Double]) throws {
    let weights = CombinationWeights(stackedOn: [try Self.window(Self.errors)], ridge: ridge)
    #expect(zip(weights.general, expected).allSatisfy { abs($0 - $1) < 1e-7 }, "\(weights.general)")
    #expect(weights.ofSeries.isEmpty)
  }

  /// The errors of several windows count like those of one window with all of their steps.
  @Test func windowsCountAlike() throws {
    let first = Self.errors.map { $0.map { Array($0[..<1]) } }
    let rest = Self.errors.map { $0.map { Array($0[1...]) } }
    let windows = [try Self.window(first, dropping: 2), try Self.window(rest)]
    let (split, whole) = (
      CombinationWeights(stackedOn: windows, ridge: 0.05),
      CombinationWeights(stackedOn: [try Self.window(Self.errors)], ridge: 0.05)
    )
    #expect(zip(split.general, whole.general).allSatisfy { abs($0 - $1) < 1e-12 })
    let (selected, selectedWhole) = (
      CombinationWeights(selectedOn: windows),
      CombinationWeights(selectedOn: [try Self.window(Self.errors)])
    )
    #expect(zip(selected.general, selectedWhole.general).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  /// A large penalty leaves equal weights, and models without an error on any series have them, too.
  @Test func thePenaltyPullsTowardsEqualWeights() throws {
    let window = try Self.window(Self.errors)
    let weights = CombinationWeights(stackedOn: [window], ridge: 1e9)
    #expect(weights.general.allSatisfy { abs($0 - 0.25) < 1e-7 })
    let none = try Self.window(Self.errors.map { $0.map { $0.map { _ in 0 } } })
    #expect(
      CombinationWeights(stackedOn: [none], ridge: 0.05).general.allSatisfy {
        abs($0 - 0.25) < 1e-12
      })
  }
}
