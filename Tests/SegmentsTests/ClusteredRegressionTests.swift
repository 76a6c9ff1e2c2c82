import Foundation
import Segments
import Testing

@Suite struct ClusteredRegressionTests {
  // By statsmodels 0.15, whose pseudoinverse drops the redundant dummies:
  //
  //   import numpy as np, statsmodels.api as sm
  //   from statsmodels.stats.sandwich_covariance import cov_cluster_2groups
  //   H, C, T = 13, 4, 7
  //   h, c, t = [a.ravel() for a in np.meshgrid(range(H), range(C), range(T), indexing="ij")]
  //   x0 = np.sin(0.7 * (c * T + t) + 0.3)
  //   x1 = np.cos(1.3 * (c * T + t))
  //   y = (np.sin(2.3 * np.arange(H * C * T) ** 1.5) + (0.5 + 0.2 * np.cos(h)) * x0 - 0.25 * x1
  //        + 0.3 * np.cos(h + c))
  //   dummies = lambda codes: (codes[:, None] == np.unique(codes)).astype(float)
  //   X = np.column_stack([x0, x1, dummies(h * C + c), dummies(h * T + t)])
  //   results = sm.OLS(y, X).fit()
  //   both, by_h, by_c = [m[:2, :2] for m in cov_cluster_2groups(results, h, c, use_correction=False)]
  //   V = by_h * H / (H - 1) + by_c * C / (C - 1) - (by_h + by_c - both)
  //   print(results.params[:2], np.sqrt(np.diag(V)))
  @Test func followsStatsmodels() throws {
    let (H, C, T) = (13, 4, 7)
    var regression = ClusteredRegression(regressors: 2)
    for h in 0..<H {
      var panel = TwoWayPanel(regressors: 2, units: C, times: T)
      for c in 0..<C {
        for t in 0..<T {
          let place = panel.place(c, t)
          let (x0, x1) = (sin(0.7 * Double(c * T + t) + 0.3), cos(1.3 * Double(c * T + t)))
          panel.variables[0][place] = x0
          panel.variables[1][place] = x1
          let noise = sin(2.3 * pow(Double((h * C + c) * T + t), 1.5))
          let effect = (0.5 + 0.2 * cos(Double(h))) * x0 - 0.25 * x1
          panel.variables[2][place] = noise + effect + 0.3 * cos(Double(h + c))
        }
      }
      panel.demean()
      regression.add(panel, customer: { _ in h }, second: { $0 })
    }
    let fit = try #require(regression.fit())
    let estimates = [fit.estimate(0), fit.estimate(1)]
    for (estimate, expected) in zip(
      estimates, [(0.4990082256, 0.0803069091), (-0.1836550452, 0.0757683212)])
    {
      #expect(abs(estimate.value - expected.0) < 1e-8)
      #expect(abs(estimate.standardError - expected.1) < 1e-8)
      #expect(estimate.degreesOfFreedom == 3)
    }
    // scipy.stats.t.ppf(0.975, 3)
    let width = estimates[0].interval.upperBound - estimates[0].value
    #expect(abs(width / estimates[0].standardError - 3.182446305284263) < 1e-9)
  }

  @Test func aRegressorWithoutVariationHasNoEffect() {
    var panel = TwoWayPanel(regressors: 1, units: 3, times: 4)
    for unit in 0..<3 {
      for time in 0..<4 { panel.variables[0][panel.place(unit, time)] = Double(unit + time) }
    }
    panel.demean()
    var regression = ClusteredRegression(regressors: 1)
    regression.add(panel, customer: { $0 })
    #expect(regression.fit() == nil)
  }

  /// The difference of two fits with the same customers' noise in other categories.
  @Test func differencesOfGroups() throws {
    func fit(_ effect: Double, from first: Int) throws -> ClusteredRegression.Fit {
      var regression = ClusteredRegression(regressors: 1)
      for customer in first..<first + 20 {
        var panel = TwoWayPanel(regressors: 1, units: 6, times: 9)
        for place in 0..<54 {
          panel.variables[0][place] = sin(1.3 * Double(place))
          panel.variables[1][place] =
            effect * panel.variables[0][place] + 0.1
            * sin(2.3 * pow(Double(customer * 54 + place), 1.5))
        }
        panel.demean()
        regression.add(panel, customer: { _ in customer }, second: { $0 })
      }
      return try #require(regression.fit())
    }
    let (left, right) = (try fit(0.7, from: 0), try fit(0.2, from: 20))
    let difference = left.difference(0, from: right, 0)
    #expect(abs(difference.value - 0.5) < 0.03)
    #expect(difference.interval.contains(0.5) && difference.isClear)
    #expect(
      difference.standardError < left.estimate(0).standardError + right.estimate(0).standardError)
  }

  // By statsmodels 0.15:
  //
  //   b = np.array([0.5, -0.2, 1.1, 0.3, 0.9]); se = np.array([0.2, 0.3, 0.25, 0.15, 0.6])
  //   m = statsmodels.stats.meta_analysis.combine_effects(b, se ** 2, method_re="dl")
  //   keep = m.tau2 / (m.tau2 + se ** 2)
  //   of_mean = 1 / (1 / (se ** 2 + m.tau2)).sum()
  //   print(keep * b + (1 - keep) * m.mean_effect_re)
  //   print(np.sqrt(keep * se ** 2 + (1 - keep) ** 2 * of_mean))
  @Test func shrinkageFollowsDerSimonianAndLaird() {
    let estimates = zip([0.5, -0.2, 1.1, 0.3, 0.9], [0.2, 0.3, 0.25, 0.15, 0.6]).map {
      EffectEstimate(value: $0, standardError: $1, degreesOfFreedom: 30)
    }
    let shrunken = Shrinkage.shrunken(estimates)
    let values = [0.49460973, 0.07574387, 0.89871253, 0.32594699, 0.58980098]
    let errors = [0.18141831, 0.24540924, 0.2159611, 0.1417501, 0.34400033]
    for (estimate, (value, error)) in zip(shrunken, zip(values, errors)) {
      #expect(abs(estimate.value - value) < 1e-7)
      #expect(abs(estimate.standardError - error) < 1e-7)
    }
  }

  /// The jackknife of the AUC of a model that ranks perfectly, against one that guesses.
  @Test func leadsOfRankings() throws {
    let classes = (0..<60).map { $0 % 3 == 0 }
    let check = RankingCheck(classes: classes, customers: (0..<60).map { $0 / 6 })
    let perfect = try #require(check.auc(of: classes.map { $0 ? 1 : 0 }))
    let constant = try #require(check.auc(of: classes.map { _ in 0.5 }))
    #expect(perfect.value == 1 && constant.value == 0.5)
    #expect(perfect.without.count == 10)
    let lead = try #require(RankingCheck.difference(perfect, constant))
    #expect(lead.value == 0.5 && lead.standardError == 0)
    #expect(RankingCheck(classes: [true], customers: [0]).auc(of: [1]) == nil)
  }
}
