import Scenarios
import Testing

@Suite struct PoissonRegressionTests {
  /// Figures of statsmodels 0.14:
  ///
  /// ```python
  /// import numpy as np, statsmodels.api as sm
  /// steps = 41
  /// t = np.arange(steps)
  /// price = np.array([3.0, 2.5, 4.0, 3.5])[(t // 5) % 4]
  /// sales = np.floor(40 * price ** -1.3 * (1 + 0.3 * (t % 7 == 2)) + (t * t) % 5)
  /// columns = [np.ones(steps), (t % 7 == 2).astype(float), t / steps, np.log(price)]
  /// fit = sm.GLM(sales, np.stack(columns, 1), family=sm.families.Poisson()).fit(
  ///     tol=1e-14, cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True})
  /// print(sales, fit.params, fit.bse, fit.cov_params()[1, 3])
  /// ```
  private static let sales: [Double] = [
    9, 10, 16, 13, 10, 12, 13, 16, 16, 16, 6, 7, 10, 10, 7, 7, 11, 11, 11, 8, 9, 10, 13, 16, 10, 12,
    13, 16, 16, 13, 8, 7, 10, 10, 7, 7, 8, 14, 11, 8, 9,
  ]
  private static let logPrices = [
    1.0986122886681098, 0.9162907318741551, 1.3862943611198906, 1.252762968495368,
  ]
  private static let columns: [[Double]] = [
    Array(repeating: 1, count: 41),
    (0..<41).map { $0 % 7 == 2 ? 1 : 0 },
    (0..<41).map { Double($0) / 41 },
    (0..<41).map { logPrices[$0 / 5 % 4] },
  ]

  @Test func equalsStatsmodels() throws {
    let fit = try #require(PoissonRegression(of: Self.sales, on: Self.columns, lags: 3))
    let coefficients = [3.7159605526, 0.272472333396, 0.00213031626673, -1.20176024425]
    let errors = [0.142693222885, 0.0683226754876, 0.0603137117861, 0.131778208339]
    for place in 0..<4 {
      #expect(abs(fit.coefficients[place] - coefficients[place]) < 1e-9)
      #expect(abs(fit.covariance[place * 5].squareRoot() - errors[place]) < 1e-10)
    }
    #expect(abs(fit.covariance[1 * 4 + 3] - 0.00254085452794) < 1e-12)
    #expect(fit.covariance[1 * 4 + 3] == fit.covariance[3 * 4 + 1])
  }

  /// Sales in other units change the constant alone.
  @Test(arguments: [1e-6, 1e9]) func isIndependentOfUnits(_ unit: Double) throws {
    let fit = try #require(
      PoissonRegression(of: Self.sales.map { $0 * unit }, on: Self.columns, lags: 3))
    #expect(abs(fit.coefficients[3] + 1.20176024425) < 1e-6)
    #expect(abs(fit.covariance[15].squareRoot() - 0.131778208339) < 1e-6)
  }

  @Test func whatCannotBeFittedIsNil() {
    #expect(PoissonRegression(of: [0, 0, 0], on: [[1, 1, 1]], lags: 1) == nil)
    #expect(PoissonRegression(of: [2], on: [[1]], lags: 1) == nil)
    let twice = [Self.columns[0], Self.columns[3], Self.columns[3]]
    let fit = PoissonRegression(of: Self.sales, on: twice, lags: 1)
    #expect(fit == nil || !fit!.coefficients.allSatisfy { abs($0) < 1e6 })
  }
}
