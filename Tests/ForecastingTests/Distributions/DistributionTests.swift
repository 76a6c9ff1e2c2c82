import Forecasting
import NeuralNetwork
import Testing

/// The figures are those of SciPy 1.17, for the levels 0.001, 0.1, 0.5, 0.9, and 0.9995, by
/// `stats.norm.ppf(levels, 3, 2)`, `stats.t.ppf(levels, df, 1, 2)`, `stats.gamma.ppf(levels, k, scale=0.5)`,
/// `stats.poisson.ppf(levels, m)`, `stats.nbinom.ppf(levels, 1 / a, 1 / (1 + a * m))`, and, for Tweedie's
/// distribution:
///
///     def quantile(level, m, p, phi):
///       rate, shape, scale = m**(2-p) / (phi * (2-p)), (2-p) / (p-1), phi * (p-1) * m**(p-1)
///       if level <= np.exp(-rate): return 0
///       n = np.arange(1, int(rate + 12 * rate**.5 + 60))
///       w = stats.poisson.pmf(n, rate)
///       def f(t):
///         return np.exp(-rate) + np.sum(w * special.gammainc(n * shape, np.exp(t) / scale)) - level
///       end = np.log(m + 20 * np.sqrt(phi * m**p)) + 5
///       return np.exp(optimize.brentq(f, -300, end, xtol=1e-14, rtol=1e-14))
@Suite struct DistributionTests {
  @Test func quantilesAreThoseOfSciPy() {
    for (distribution, figures) in Self.quantiles {
      let quantiles = distribution.quantiles(Self.levels)
      // Large counts and sums of many sizes have the quantiles of a shifted gamma distribution.
      let spread = distribution.variance.squareRoot()
      let isCount = distribution is NegativeBinomialDistribution
      let isLarge = distribution.mean > 700 && (isCount || distribution is TweedieDistribution)
      for (quantile, figure) in zip(quantiles, figures) {
        let tolerance = isLarge ? max(isCount ? 1 : 0, 1e-4 * spread) : 1e-8 * abs(figure)
        #expect(
          (quantile - figure).magnitude <= tolerance,
          "\(distribution): \(quantile), expected \(figure)")
      }
    }
  }

  private static let levels = [0.001, 0.1, 0.5, 0.9, 0.9995]
  private static let quantiles: [(any ProbabilityDistribution, [Double])] = [
    (
      NormalDistribution(mean: 3, standardDeviation: 2),
      [-3.18046461234, 0.436896868911, 3.0, 5.56310313109, 9.58105346298]
    ),
    (
      StudentTDistribution(location: 1, scale: 2, degreesOfFreedom: 2.0001),
      [-43.6487509916, -2.77115310774, 1.0, 4.77115310774, 64.1892450473]
    ),
    (
      StudentTDistribution(location: 1, scale: 2, degreesOfFreedom: 2.7),
      [-23.1206490862, -2.37621635029, 1.0, 4.37621635029, 32.2715457263]
    ),
    (
      StudentTDistribution(location: 1, scale: 2, degreesOfFreedom: 30),
      [-5.77036973366, -1.62083005078, 1.0, 3.62083005078, 8.29191727008]
    ),
    (
      StudentTDistribution(location: 1, scale: 2, degreesOfFreedom: 5000),
      [-5.18372623992, -1.56344181067, 1.0, 3.56344181067, 7.58494744674]
    ),
    (
      GammaDistribution(shape: 0.02, scale: 0.5),
      [2.85340622112e-151, 2.85340622112e-51, 2.53433382824e-16, 0.00147483721063, 1.26189388736]
    ),
    (
      GammaDistribution(shape: 0.7, scale: 0.5),
      [2.25853164826e-05, 0.0165727488772, 0.203711874238, 0.878564255352, 3.36467416219]
    ),
    (
      GammaDistribution(shape: 3, scale: 0.5),
      [0.0952666887842, 0.551032664125, 1.33703015686, 2.66116016892, 6.02569974875]
    ),
    (
      GammaDistribution(shape: 900, scale: 0.5),
      [405.067563757, 430.886965186, 449.833344312, 469.327154692, 501.001382567]
    ),
    (
      GammaDistribution(shape: 1500, scale: 0.5),
      [691.5798705, 725.292383808, 749.833339919, 774.921738042, 815.363053541]
    ),
    (
      GammaDistribution(shape: 4e9, scale: 0.5),
      [1999902279.7, 1999959473.89, 1999999999.83, 2000040526.33, 2000104057.23]
    ),
    (NegativeBinomialDistribution(mean: 0.01), [0.0, 0.0, 0.0, 0.0, 1.0]),
    (NegativeBinomialDistribution(mean: 0.7), [0.0, 0.0, 1.0, 2.0, 5.0]),
    (NegativeBinomialDistribution(mean: 5), [0.0, 2.0, 5.0, 8.0, 14.0]),
    (NegativeBinomialDistribution(mean: 300), [248.0, 278.0, 300.0, 322.0, 359.0]),
    (NegativeBinomialDistribution(mean: 2000), [1863.0, 1943.0, 2000.0, 2057.0, 2149.0]),
    (
      NegativeBinomialDistribution(mean: 1000000.0),
      [996911.0, 998719.0, 1000000.0, 1001282.0, 1003292.0]
    ),
    (
      NegativeBinomialDistribution(mean: 1000000000.0),
      [999902280.0, 999959474.0, 1000000000.0, 1000040526.0, 1000104057.0]
    ),
    (NegativeBinomialDistribution(mean: 0.4, dispersion: 2), [0.0, 0.0, 0.0, 1.0, 7.0]),
    (NegativeBinomialDistribution(mean: 7, dispersion: 0.3), [0.0, 2.0, 6.0, 13.0, 31.0]),
    (NegativeBinomialDistribution(mean: 300, dispersion: 10), [0.0, 0.0, 2.0, 799.0, 11817.0]),
    (
      NegativeBinomialDistribution(mean: 5000, dispersion: 0.5),
      [113.0, 1329.0, 4196.0, 9725.0, 25001.0]
    ),
    (
      NegativeBinomialDistribution(mean: 100000.0, dispersion: 0.01),
      [71907.0, 87411.0, 99667.0, 113017.0, 136229.0]
    ),
    (
      NegativeBinomialDistribution(mean: 1000000000.0, dispersion: 0.7),
      [6583246.0, 183150585.0, 778767487.0, 2108783123.0, 6085919490.0]
    ),
    (
      TweedieDistribution(mean: 0.4, power: 1.2, dispersion: 1),
      [0.0, 0.0, 0.0, 1.20907813018, 3.69128363561]
    ),
    (
      TweedieDistribution(mean: 3, power: 1.5, dispersion: 2),
      [0.0, 0.0, 2.06716892111, 7.39665084159, 21.571664787]
    ),
    (
      TweedieDistribution(mean: 50, power: 1.1, dispersion: 0.8),
      [28.1602081824, 40.2868962358, 49.7828839527, 59.9916459316, 77.3695059353]
    ),
    (
      TweedieDistribution(mean: 0.01, power: 1.9, dispersion: 1),
      [0.0, 0.00019349812468, 0.00543612293381, 0.0260082001799, 0.10011085049]
    ),
    (
      TweedieDistribution(mean: 1000000.0, power: 1.3, dispersion: 2.5),
      [961481.215242, 983926.488776, 999965.822864, 1016117.42008, 1041662.35413]
    ),
  ]

  @Test func samplesHaveTheMoments() {
    let distributions: [any ProbabilityDistribution] = [
      NormalDistribution(mean: -3, standardDeviation: 2),
      StudentTDistribution(location: 1, scale: 2, degreesOfFreedom: 7),
      GammaDistribution(shape: 0.3, scale: 2), GammaDistribution(shape: 5, scale: 0.1),
      NegativeBinomialDistribution(mean: 0.3), NegativeBinomialDistribution(mean: 17),
      NegativeBinomialDistribution(mean: 2e8),
      NegativeBinomialDistribution(mean: 4, dispersion: 1.5),
      TweedieDistribution(mean: 2, power: 1.3, dispersion: 0.7),
    ]
    for distribution in distributions {
      var generator = Xoshiro256(seed: 3)
      let count = 20_000
      let values = (0..<count).map { _ in distribution.sample(using: &generator) }
      let mean = values.reduce(0, +) / Double(count)
      let variance =
        values.reduce(0) { $0 + ($1 - distribution.mean) * ($1 - distribution.mean) }
        / Double(count)
      let error = (distribution.variance / Double(count)).squareRoot()
      #expect((mean - distribution.mean).magnitude < 4 * error, "\(distribution): \(mean)")
      #expect(
        (variance / distribution.variance - 1).magnitude < 0.1, "\(distribution): \(variance)")
    }
  }

  /// The share of samples up to each quantile is its level, at least.
  @Test func samplesFollowTheQuantiles() {
    let distributions: [any ProbabilityDistribution] = [
      NegativeBinomialDistribution(mean: 33),
      NegativeBinomialDistribution(mean: 3, dispersion: 0.8),
      TweedieDistribution(mean: 2, power: 1.3, dispersion: 0.7),
      StudentTDistribution(location: 1, scale: 2, degreesOfFreedom: 2.5),
      GammaDistribution(shape: 0.3, scale: 2),
    ]
    for distribution in distributions {
      var generator = Xoshiro256(seed: 8)
      let count = 20_000
      let values = (0..<count).map { _ in distribution.sample(using: &generator) }
      for level in [0.1, 0.5, 0.95] {
        let quantile = distribution.quantile(level)
        let upTo = Double(values.count { $0 <= quantile }) / Double(count)
        let below = Double(values.count { $0 < quantile }) / Double(count)
        #expect(upTo > level - 0.015 && below < level + 0.015, "\(distribution) \(level)")
      }
    }
  }

  /// Nothing is sold where the mean is 0.
  @Test func aMeanOfZero() {
    var generator = Xoshiro256(seed: 1)
    let count = NegativeBinomialDistribution(mean: 0, dispersion: 2)
    #expect(count.quantile(0.999) == 0 && count.sample(using: &generator) == 0)
    let sales = TweedieDistribution(mean: 0, power: 1.5, dispersion: 2)
    #expect(sales.quantile(0.999) == 0 && sales.sample(using: &generator) == 0)
  }
}
