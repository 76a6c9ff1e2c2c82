import Forecasting
import NeuralNetwork
import Testing

/// Samples follow their law, by a chi-square test against exact probabilities.
///
/// The edges and the probabilities of values up to them are those of SciPy 1.17, by:
///
///     S = scipy.stats
///     laws = [S.norm(-3, 2), S.t(4, 1, 2), S.poisson(3.2), S.poisson(33),
///             S.nbinom(1 / 0.8, 1 / (1 + 0.8 * 3)), S.nbinom(1 / 0.3, 1 / (1 + 0.3 * 14)),
///             S.nbinom(1 / 6, 1 / (1 + 6 * 0.4))]
///     for law in laws:
///       edges = np.unique(law.ppf(np.arange(1, 8) / 8))
///       print(edges, law.cdf(edges))
///     mu, p, phi, n = 2, 1.3, 0.7, np.arange(1, 200)
///     rate, shape = mu ** (2 - p) / (phi * (2 - p)), (2 - p) / (p - 1)
///     sums = S.gamma(n * shape, scale=phi * (p - 1) * mu ** (p - 1))
///     print([np.exp(-rate) + (S.poisson(rate).pmf(n) * sums.cdf(x)).sum()
///            for x in [0, 0.5, 1, 1.5, 2, 3, 4.5]])
///     print(S.chi2(np.arange(1, 8)).ppf(0.999))
@Suite struct SampleLawTests {
  private static let eighths = (1...7).map { Double($0) / 8 }

  private static let laws:
    [(any ProbabilityDistribution, edges: [Double], probabilities: [Double])] = [
      (
        NormalDistribution(mean: -3, standardDeviation: 2),
        [
          -5.30069876075, -4.34897950039, -3.63727872793, -3, -2.36272127207, -1.65102049961,
          -0.699301239248,
        ], eighths
      ),
      (
        StudentTDistribution(location: 1, scale: 2, degreesOfFreedom: 4),
        [
          -1.68879511102, -0.481394168225, 0.317248822922, 1, 1.68275117708, 2.48139416823,
          3.68879511102,
        ], eighths
      ),
      (
        NegativeBinomialDistribution(mean: 3.2), [1, 2, 3, 4, 5],
        [0.171201256709, 0.379903741078, 0.602519724406, 0.780612511067, 0.894591894531]
      ),
      (
        NegativeBinomialDistribution(mean: 33), [26, 29, 31, 33, 35, 37, 40],
        [
          0.126750983269, 0.277301370931, 0.407575596087, 0.546119181239, 0.676745990096,
          0.786683298424, 0.901194466124,
        ]
      ),
      (
        NegativeBinomialDistribution(mean: 3, dispersion: 0.8), [0, 1, 2, 3, 4, 7],
        [
          0.216596459678, 0.407710982923, 0.559478398441, 0.675535833837, 0.762578910384,
          0.909210972003,
        ]
      ),
      (
        NegativeBinomialDistribution(mean: 14, dispersion: 0.3), [5, 8, 10, 12, 15, 19, 24],
        [
          0.139859846731, 0.290912261601, 0.398572084461, 0.501915770035, 0.638328398816,
          0.776703540603, 0.885796678591,
        ]
      ),
      (
        NegativeBinomialDistribution(mean: 0.4, dispersion: 6), [0, 1],
        [0.815492892935, 0.911433233281]
      ),
      (
        TweedieDistribution(mean: 2, power: 1.3, dispersion: 0.7), [0, 0.5, 1, 1.5, 2, 3, 4.5],
        [
          0.0363225723372, 0.108186126619, 0.244286573835, 0.402760185019, 0.557297372823,
          0.793979319105, 0.953098737543,
        ]
      ),
    ]

  /// The quantiles of the chi-square distribution at 0.999, by degrees of freedom.
  private static let limits = [10.828, 13.816, 16.266, 18.467, 20.515, 22.458, 24.322]

  @Test(arguments: laws.indices) func samplesFollowTheLaw(place: Int) {
    let (distribution, edges, probabilities) = Self.laws[place]
    var generator = Xoshiro256(seed: 12)
    let count = 40_000
    var found = [Double](repeating: 0, count: edges.count + 1)
    for _ in 0..<count {
      let value = distribution.sample(using: &generator)
      found[edges.firstIndex { value <= $0 } ?? edges.count] += 1
    }
    let bounds = [0] + probabilities + [1]
    let statistic = found.enumerated().reduce(0) { sum, bin in
      let expected = (bounds[bin.offset + 1] - bounds[bin.offset]) * Double(count)
      return sum + (bin.element - expected) * (bin.element - expected) / expected
    }
    #expect(statistic < Self.limits[edges.count - 1], "\(distribution): \(statistic)")
  }
}
