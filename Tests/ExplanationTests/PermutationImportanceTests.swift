import Explanation
import Testing
import TestSupport

/// Permutation importance against scikit-learn 1.9, on the columns and targets of ``Table``.
@Suite struct PermutationImportanceTests {
  /// A linear model, whose error is the mean squared error.
  private static let examples = TableExamples(
    Tensor<Float>(Table.columns),
    inputs: [
      ExplainedInput(name: "a", group: .prices), ExplainedInput(name: "b", group: .prices),
      ExplainedInput(name: "c", group: .calendar), ExplainedInput(name: "d", group: .others),
    ]
  ) { columns in
    let slopes = Tensor<Double>(shape: [4, 1], scalars: [1.5, -0.5, 0.1, 0])
    let predictions = matmul(Tensor<Double>(columns), slopes).squeezingShape(at: 1)
    return (predictions - Table.targets).squared().mean().scalar
  }

  // class Model(RegressorMixin, BaseEstimator):
  //   def fit(self, X, y): return self
  //   def predict(self, X): return X @ np.array([1.5, -0.5, 0.1, 0.0])
  // p = permutation_importance(
  //   Model(), X, y, scoring="neg_mean_squared_error", n_repeats=3, random_state=7)
  // p.importances, p.importances_mean, p.importances_std
  // # The orders, as the function draws them and applies each to the last one:
  // rng = np.random.RandomState(np.random.RandomState(7).randint(np.iinfo(np.int32).max + 1))
  // idx = np.arange(60); order = np.arange(60)
  // for _ in range(3): rng.shuffle(idx); order = order[idx]; print(order.tolist())
  // # A group, with each order: A = X.copy(); A[:, :2] = X[order, :2]; mse(A) - mse(X)
  @Test func agreesWithScikitLearn() throws {
    let importance = try PermutationImportance(of: Self.examples, orders: Self.orders)
    let expected: KeyValuePairs<String, (mean: Double, deviation: Double, each: [Double])> = [
      "a": (
        1.0428621450666666, 0.11725646345696839, [0.994550477, 0.9296385615, 1.2043973967000001]
      ),
      "c": (
        0.029851945215555602, 0.003795915722683903,
        [0.0319780076766667, 0.03305779651666674, 0.02452003145333337]
      ),
      "d": (0, 0, [0, 0, 0]),
      "b": (
        -0.0207718259999999, 0.014155805523647915,
        [-0.02410551144999995, -0.0020098040999998457, -0.036200162449999906]
      ),
    ]
    #expect(importance.inputs.map(\.input.name) == expected.map(\.key))
    for (one, (name, figures)) in zip(importance.inputs, expected) {
      expectClose(Tensor(one.increases), figures.each, within: 1e-6)
      #expect(abs(one.increase - figures.mean) < 1e-6, "\(name)")
      #expect(abs(one.deviation - figures.deviation) < 1e-6, "\(name)")
      // s · √(1 + 1 / 3), and s² has 2 as the divisor.
      #expect(abs(one.standardError - one.deviation * 2.0.squareRoot()) < 1e-12, "\(name)")
    }
    #expect(importance.groups.map(\.input.name) == ["prices", "calendar", "other columns"])
    expectClose(
      Tensor(importance.groups[0].increases),
      [1.03503264055, 0.9415711823999999, 1.2034829342500002],
      within: 1e-6)
    #expect(importance.inputs.map(\.isClear) == [true, true, false, false])
  }

  @Test func aSeedDeterminesTheOrders() throws {
    let first = try PermutationImportance(of: Self.examples, repeats: 4, seed: 3)
    let second = try PermutationImportance(of: Self.examples, repeats: 4, seed: 3)
    let other = try PermutationImportance(of: Self.examples, repeats: 4, seed: 4)
    #expect(first.inputs.map(\.increases) == second.inputs.map(\.increases))
    #expect(first.inputs[0].increases != other.inputs[0].increases)
    // In expectation, exchanging a column adds twice its variance times the squared slope, less what
    // it shares with the target.
    #expect(first.inputs[0].input.name == "a")
  }

  @Test func aConstantColumnIsNotJudged() throws {
    let columns = Tensor<Float>([[1, 5], [2, 5], [3, 5]])
    let examples = TableExamples(
      columns, inputs: [ExplainedInput(name: "a"), ExplainedInput(name: "constant")]
    ) { Double(($0.slice(axis: 1, 0..<1) - columns.slice(axis: 1, 0..<1)).squared().sum().scalar) }
    let importance = try PermutationImportance(of: examples, repeats: 3, seed: 1)
    #expect(importance.inputs.map(\.input.name) == ["a", "constant"])
    #expect(importance.inputs.map(\.isJudged) == [true, false])
    #expect(importance.csv().hasSuffix("input,constant,other columns,0.0,,,\n"))
  }

  private static let orders = [
    [
      44, 46, 2, 39, 13, 4, 38, 9, 24, 7, 28, 33, 20, 55, 8, 22, 36, 23, 52, 37, 5, 10, 18, 45, 29,
      56, 51, 57, 6, 58, 25, 35, 1, 54, 49, 11, 17, 27, 30, 42, 15, 0, 34, 40, 59, 3, 16, 19, 14,
      53,
      47, 26, 12, 43, 48, 50, 21, 32, 41, 31,
    ],
    [
      26, 4, 1, 3, 14, 7, 31, 51, 49, 38, 29, 10, 24, 54, 32, 40, 35, 13, 53, 16, 23, 44, 20, 55,
      52,
      45, 8, 6, 43, 27, 21, 59, 39, 37, 25, 18, 28, 41, 34, 56, 2, 33, 17, 19, 42, 9, 12, 57, 11,
      46,
      48, 50, 0, 30, 22, 36, 15, 58, 47, 5,
    ],
    [
      52, 32, 6, 39, 48, 15, 55, 19, 22, 45, 21, 41, 47, 5, 27, 30, 16, 8, 26, 7, 13, 33, 20, 43,
      44,
      35, 57, 46, 10, 18, 59, 12, 38, 4, 42, 49, 51, 1, 3, 2, 11, 0, 17, 36, 25, 37, 58, 9, 29, 50,
      31, 54, 14, 34, 53, 23, 40, 28, 24, 56,
    ],
  ]
}
