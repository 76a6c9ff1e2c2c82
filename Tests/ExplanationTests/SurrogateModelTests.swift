import Explanation
import Testing
import TestSupport

/// The surrogates against scikit-learn 1.9, on:
///
///     import numpy as np
///     i, j = np.meshgrid(np.arange(60), np.arange(4), indexing="ij")
///     X = np.round(np.sin(0.7 * (i * 4 + j) + j) * np.cos(0.3 * i * (j + 1)), 3)
///     y = 2 * (X[:, 0] > 0.2) + X[:, 0] * X[:, 1] + 0.3 * X[:, 2]
@Suite struct SurrogateModelTests {
  // t = DecisionTreeRegressor(random_state=0, max_leaf_nodes=6, min_samples_leaf=3).fit(X, y).tree_
  // zip(t.feature, t.threshold, t.value, t.n_node_samples, t.n_node_samples * t.impurity,
  //     t.children_left, t.children_right)
  @Test func bestFirstTree() {
    let tree = DecisionTree(Table.columns, Table.targets, maximumLeafCount: 6, minimumLeafSize: 3)
    expect(
      tree,
      [
        (0, 0.199, 0.65901175, 60, 59.08090883, 1, 2),
        (2, 0.003, -0.02293875, 40, 1.4160287, 5, 6),
        (1, -0.498, 2.02291275, 20, 1.858102, 3, 4),
        (-2, -2.0, 1.459414, 3, 0.11533398, -1, -1),
        (1, 0.006, 2.12235371, 17, 0.62207093, 9, 10),
        (-2, -2.0, -0.11472414, 22, 0.24745142, -1, -1),
        (1, 0.2965, 0.08924339, 18, 0.75671005, 7, 8),
        (-2, -2.0, 0.19157433, 12, 0.29551538, -1, -1),
        (-2, -2.0, -0.1154185, 6, 0.08421626, -1, -1),
        (-2, -2.0, 1.96017471, 7, 0.21411442, -1, -1),
        (-2, -2.0, 2.235879, 10, 0.09496241, -1, -1),
      ])
    // .predict(X[::7] + 0.05)
    expectClose(
      tree(Table.everySeventh(plus: 0.05)),
      [
        -0.11472414, -0.11472414, -0.11472414, 1.459414, -0.1154185, 2.235879, 0.19157433,
        1.96017471, 0.19157433,
      ], within: 1e-8)
    // .score(X, y)
    let r2 = RegressionScores(of: tree(Table.columns), against: Table.targets).r2
    #expect(abs((r2 ?? 0) - 0.9822007837160446) < 1e-12)
  }

  // DecisionTreeRegressor(random_state=0, max_leaf_nodes=9, max_depth=3, min_samples_leaf=5)
  @Test func depthAndLeafSizeLimitTheTree() {
    let tree = DecisionTree(
      Table.columns, Table.targets, maximumLeafCount: 9, maximumDepth: 3, minimumLeafSize: 5)
    expect(
      tree,
      [
        (0, 0.199, 0.65901175, 60, 59.08090883, 1, 2),
        (2, 0.003, -0.02293875, 40, 1.4160287, 5, 6),
        (1, -0.0805, 2.02291275, 20, 1.858102, 3, 4),
        (-2, -2.0, 1.72462757, 7, 0.66408323, -1, -1),
        (1, 0.1225, 2.18352785, 13, 0.23583671, 9, 10),
        (0, -0.1615, -0.11472414, 22, 0.24745142, 11, 12),
        (1, 0.2965, 0.08924339, 18, 0.75671005, 7, 8),
        (-2, -2.0, 0.19157433, 12, 0.29551538, -1, -1),
        (-2, -2.0, -0.1154185, 6, 0.08421626, -1, -1),
        (-2, -2.0, 2.0573618, 5, 0.04515186, -1, -1),
        (-2, -2.0, 2.26238163, 8, 0.06135214, -1, -1),
        (-2, -2.0, -0.18980782, 11, 0.09554832, -1, -1),
        (-2, -2.0, -0.03964045, 11, 0.02787679, -1, -1),
      ])
  }

  // DecisionTreeRegressor(random_state=0, max_leaf_nodes=60): 60 leaves, .score(X, y) is 1
  @Test func fullTreeRepeatsTheTargets() {
    let tree = DecisionTree(Table.columns, Table.targets, maximumLeafCount: 60)
    #expect(tree.leafCount == 60)
    expectClose(tree(Table.columns), Array(Table.targets.scalars), within: 1e-12)
  }

  @Test func equalTargetsAreOneLeaf() {
    let tree = DecisionTree(
      Table.columns, Tensor(Array(repeating: 3.0, count: 60)), maximumLeafCount: 4)
    #expect(tree.nodes.count == 1)
    #expect(tree.nodes[0].mean == 3)
  }

  @Test func rulesAreIndented() {
    let columns = Tensor<Double>([[0, 1], [0, 2], [1, 1], [1, 2]])
    let tree = DecisionTree(columns, Tensor([0, 1, 10, 20]), maximumLeafCount: 3)
    #expect(
      tree.rules(["promotion", "price"], flags: [0]) { $0.mean.description } == [
        "promotion:", "  price above 1.50: 20.0", "  price up to 1.50: 10.0", "not promotion: 0.5",
      ])
  }

  // s = StandardScaler().fit(X); r = Ridge(alpha=2.5).fit(s.transform(X), y)
  // r.coef_, r.intercept_, r.predict(s.transform(X[::13] + 0.1))
  @Test func ridge() throws {
    let model = try RidgeModel(Table.columns, Table.targets, penalty: 2.5)
    expectClose(
      Tensor(model.coefficients),
      [0.7208845177577298, 0.0005882319563187048, 0.31279276389771465, -0.05736457042518457],
      within: 1e-12)
    #expect(abs(model.intercept - 0.65901175) < 1e-12)
    let rows = Table.columns.gathered(at: Array(stride(from: 0, to: 60, by: 13))) + 0.1
    expectClose(
      model(rows),
      [
        0.7816271849632321, 2.1068751451350365, 0.6617740538322328, 1.8208254941247621,
        0.1974655193114948,
      ], within: 1e-12)
  }

  @Test func constantColumnsHaveNoCoefficient() throws {
    let columns = Tensor<Double>([[0.1, 1], [0.1, 2], [0.1, 3]])
    let model = try RidgeModel(columns, Tensor([1, 2, 3]), penalty: 1e-9)
    #expect(model.coefficients[0] == 0)
    expectClose(model(columns + 1), [2, 3, 4], within: 1e-6)
  }

  /// Expects nodes as scikit-learn stores them.
  private func expect(
    _ tree: DecisionTree, _ nodes: [(Int, Double, Double, Int, Double, Int, Int)],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(tree.nodes.count == nodes.count, sourceLocation: sourceLocation)
    for (node, (column, threshold, mean, count, error, lower, upper)) in zip(tree.nodes, nodes) {
      #expect(node.count == count, sourceLocation: sourceLocation)
      #expect(abs(node.mean - mean) < 1e-8, sourceLocation: sourceLocation)
      #expect(abs(node.squaredError - error) < 1e-7, sourceLocation: sourceLocation)
      #expect(node.split?.column ?? -2 == column, sourceLocation: sourceLocation)
      #expect(node.split?.lower ?? -1 == lower, sourceLocation: sourceLocation)
      #expect(node.split?.upper ?? -1 == upper, sourceLocation: sourceLocation)
      #expect(abs((node.split?.threshold ?? -2) - threshold) < 1e-6, sourceLocation: sourceLocation)
    }
  }
}
