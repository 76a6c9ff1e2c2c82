import GradientBoosting
import TestSupport
import Testing

/// Predictions of scikit-learn 1.9.1 and LightGBM 4.7.0 for the same rows, made by
///
/// ```python
/// import lightgbm as lgb
/// import numpy as np
/// from sklearn.ensemble import HistGradientBoostingRegressor
///
/// i = np.arange(303)
/// x = np.stack([i * 7 % 11, i * 5 % 13, i * 3 % 17, i % 2], 1).astype(np.float32)
/// y = x[:, 0] * x[:, 3] + np.maximum(x[:, 1] - 6, 0) * 2 + x[:, 2] % 3
/// options = dict(max_iter=12, learning_rate=0.2, max_leaf_nodes=9, min_samples_leaf=8,
///                l2_regularization=1.5, early_stopping=False)
/// probe = [0, 1, 50, 101, 202, 302]
/// H = HistGradientBoostingRegressor
/// print(H(**options).fit(x, y).predict(x[probe]))
/// print(H(**options).fit(x, y, sample_weight=1 + i % 3).predict(x[probe]))
/// print(H(loss="poisson", **options).fit(x, y).predict(x[probe]))
/// k = np.arange(1009)
/// z = np.stack([k * 389 % 1009, k * 271 % 1009], 1).astype(np.float32)
/// t = np.abs(z[:, 0] - 400) / 10 + (z[:, 1] > 700) * 30
/// print(H(**options).fit(z, t).predict(z[[0, 1, 5, 400, 900, 1008]]))
/// bins = dict(min_data_in_bin=1, feature_pre_filter=False)
/// p = dict(objective="tweedie", tweedie_variance_power=1.5, learning_rate=0.2, num_leaves=9,
///          min_data_in_leaf=0, lambda_l2=1.5, deterministic=True, num_threads=1, **bins)
/// model = lgb.train(p, lgb.Dataset(x, y, params=bins), 12)
/// print(model.predict(x[probe]), model.feature_importance("gain"))
/// ```
@Suite struct BoostedTreesFigureTests {
  private let example = ExampleRows()
  private let probe = [0, 1, 50, 101, 202, 302]

  private func predictions(
    _ loss: BoostingLoss, weights: Tensor<Float>? = nil
  ) throws -> Tensor<Float> {
    predictions(
      try BoostedTrees(
        fittedTo: example.binned, example.targets, weights: weights, loss: loss,
        options: .ofFigures))
  }

  private func predictions(_ trees: BoostedTrees) -> Tensor<Float> {
    let all = trees(example.rows).scalars
    return Tensor(probe.map { all[$0] })
  }

  @Test func squaredErrorsAreThoseOfScikitLearn() throws {
    expectClose(
      try predictions(.squaredError),
      [1.1600014, 7.7702115, 1.3406429, 13.683268, 6.8727932, 1.3301652], within: 2e-5)
  }

  @Test func weightsAreThoseOfScikitLearn() throws {
    expectClose(
      try predictions(.squaredError, weights: example.weights),
      [1.2472061, 7.7600150, 1.3862004, 13.097306, 6.9748276, 1.3380528], within: 2e-5)
  }

  @Test func poissonDeviancesAreThoseOfScikitLearn() throws {
    expectClose(
      try predictions(.tweedie(power: 1)),
      [1.2250644, 7.8339233, 1.4223084, 13.582750, 7.2292754, 1.3154213], within: 2e-5)
  }

  /// LightGBM estimates the number of rows of a leaf from their derivatives, so there is no limit on it.
  @Test func tweedieDeviancesAreThoseOfLightGBM() throws {
    var options = BoostingOptions.ofFigures
    options.minimumLeafSize = 1
    let trees = try BoostedTrees(
      fittedTo: example.binned, example.targets, loss: .tweedie(power: 1.5), options: options)
    expectClose(
      predictions(trees),
      [0.3220998, 7.9722638, 1.1767274, 13.436457, 7.4237671, 1.2395851], within: 2e-5)
    expectClose(
      Tensor(trees.gains), [218.111730, 838.245199, 55.2397605, 611.074198], within: 1e-4)
  }

  @Test func quantilesOfManyValuesAreThoseOfScikitLearn() throws {
    var numbers: [Float] = []
    var targets: [Float] = []
    for row in 0..<1009 {
      let (first, second) = (Float(row * 389 % 1009), Float(row * 271 % 1009))
      numbers += [first, second]
      targets.append(abs(first - 400) / 10 + (second > 700 ? 30 : 0))
    }
    let rows = Tensor<Float>(numbers).reshaped(to: [1009, 2])
    var binned = BinnedRows(binsOf: rows)
    binned.append(rows)
    let trees = try BoostedTrees(
      fittedTo: binned, Tensor(targets), loss: .squaredError, options: .ofFigures)
    let all = trees(rows).scalars
    expectClose(
      Tensor([0, 1, 5, 400, 900, 1008].map { all[$0] }),
      [35.344525, 7.2731520, 52.854023, 18.582191, 79.561933, 51.307204], within: 2e-5)
  }
}
