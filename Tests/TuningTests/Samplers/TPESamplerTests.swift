import Foundation
import Tensor
import Testing

import Tuning

@Suite struct TPESamplerTests {
  /// Optuna 5.0.0:
  ///
  /// ```python
  /// import numpy as np
  /// from optuna.distributions import *
  /// from optuna.samplers._tpe.parzen_estimator import _ParzenEstimator, _ParzenEstimatorParameters
  /// p = _ParzenEstimatorParameters(1.0, True, False, lambda n: np.ones(n), False)
  /// def show(d, observed, x):
  ///     e = _ParzenEstimator({"x": np.array(observed, dtype=float)}, {"x": d}, p)
  ///     print([float("%.10g" % v) for v in e.log_pdf({"x": np.array(x, dtype=float)})])
  /// show(FloatDistribution(-2, 5), [0.5, 1.25, 4.0], [-1.5, 0.75, 3.0, 4.9])
  /// show(FloatDistribution(-2, 5), [0.5], [-1.5, 0.75, 3.0])
  /// show(FloatDistribution(1e-4, 1e-1, log=True), [3e-4, 1e-3, 2e-3, 5e-2], [2e-4, 1e-3, 3e-2])
  /// show(IntDistribution(1, 9), [2, 3, 3, 8], [1, 3, 5, 9])
  /// show(IntDistribution(8, 256, log=True), [16, 40, 200], [8, 32, 128, 256])
  /// show(CategoricalDistribution(["a", "b", "c"]), [0, 2, 2, 2, 1], [0, 1, 2])
  /// ```
  @Test func densitiesAreThoseOfOptuna() {
    func check(
      _ dimension: SearchDimension, _ observed: [ParameterValue], _ values: [ParameterValue],
      _ expected: [Double]
    ) {
      let density = ParzenEstimator(dimension, values: observed)
      for (value, number) in zip(values, expected) {
        let found = density.logDensity(of: value)
        #expect(abs(found - number) < 1e-9 * abs(number), "\(dimension.name) \(value)")
      }
    }
    let real = SearchDimension.real("x", in: -2...5)
    check(
      real, [0.5, 1.25, 4.0], [-1.5, 0.75, 3.0, 4.9],
      [-2.342150985, -1.695640327, -1.946581134, -2.23214064])
    check(real, [0.5], [-1.5, 0.75, 3.0], [-1.961655114, -1.869788146, -1.955206209])
    check(
      .real("log x", in: 1e-4...1e-1, isLogarithmic: true), [3e-4, 1e-3, 2e-3, 5e-2],
      [2e-4, 1e-3, 3e-2], [-1.775875671, -1.598399879, -2.320841148])
    check(
      .integer("n", in: 1...9), [2, 3, 3, 8], [1, 3, 5, 9],
      [-2.04036971, -1.760954217, -2.260001347, -2.774184171])
    check(
      .integer("log n", in: 8...256, isLogarithmic: true), [16, 40, 200], [8, 32, 128, 256],
      [-3.524293126, -4.602826311, -6.211471844, -7.043064835])
    check(
      .categorical("c", ["a", "b", "c"]), ["a", "c", "c", "c", "b"], ["a", "b", "c"],
      [-1.349926717, -1.349926717, -0.7308875085])
  }

  /// Samples follow the density.
  @Test func samplesFollowTheDensity() {
    let density = ParzenEstimator(.integer("n", in: 1...7), values: [2, 2, 6])
    var generator = Xoshiro256(seed: 11)
    let samples = (0..<6_000).map { _ in density.sample(using: &generator) }
    for n in 1...7 {
      let probability = exp(density.logDensity(of: .number(Double(n))))
      let error = (probability * (1 - probability) / 6_000).squareRoot()
      let share = Double(samples.count { $0 == .number(Double(n)) }) / 6_000
      #expect(abs(share - probability) < 4 * error, "\(n)")
    }
  }

  private static let space = SearchSpace([
    .real("x", in: -5...10), .real("y", in: 0...15), .categorical("shift", ["0", "5", "20"]),
  ])

  /// The function of Branin (Dixon & Szegö 1978), plus a category.
  private static func branin(_ values: TrialValues) -> Double {
    let (x, y) = (values.number("x")!, values.number("y")!)
    let bowl = y - 5.1 / (4 * .pi * .pi) * x * x + 5 / .pi * x - 6
    return bowl * bowl + 10 * (1 - 1 / (8 * .pi)) * cos(x) + 10
      + Double(values.category("shift")!)!
  }

  /// The best values found in 60 trials, minus the minimum of 0.397887, over 20 seeds.
  private static func regret(of sampler: any TrialSampler) throws -> Double {
    let regrets = try (0..<20).map { seed in
      var study = Study(space)
      (study.sampler, study.scheduler) = (sampler, FullEvaluation())
      (study.seed, study.budget) = (UInt64(seed), .trials(60))
      return try study { branin($0.values) }.best!.score! - 0.397887
    }
    return regrets.reduce(0, +) / 20
  }

  @Test func findsAMinimumInFewerTrialsThanRandomSearch() throws {
    let (tpe, random) = try (Self.regret(of: TPESampler()), Self.regret(of: RandomSampler()))
    #expect(tpe < random / 2, "\(tpe), random \(random)")
  }

  @Test func learnsConditionalDimensionsFromTrialsThatHaveThem() throws {
    var study = Study(
      SearchSpace([
        .categorical("network", ["a", "b"]),
        .real("size", in: 0...1, when: .init("network", among: ["a"])),
      ]))
    (study.scheduler, study.budget) = (FullEvaluation(), .trials(60))
    let results = try study { evaluation in
      evaluation.values.number("size").map { abs($0 - 0.7) } ?? 0.5
    }
    #expect(abs(results.best!.values.number("size")! - 0.7) < 0.03)
    #expect(results.trials.allSatisfy { study.space.fault(of: $0.values) == nil })
  }
}
