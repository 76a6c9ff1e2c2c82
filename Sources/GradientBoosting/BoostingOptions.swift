/// The configuration of the training of ``BoostedTrees``.
///
/// The names in other libraries are in parentheses: those of scikit-learn's
/// `HistGradientBoostingRegressor`, or else those of LightGBM.
public struct BoostingOptions: Hashable, Sendable, Codable {
  /// The number of trees (`max_iter`).
  public var treeCount = 100
  /// The factor of the values of each tree (`learning_rate`).
  public var learningRate = 0.1
  /// The maximum number of leaves of a tree (`max_leaf_nodes`).
  public var maximumLeafCount = 31
  /// The minimum number of rows of a leaf (`min_samples_leaf`).
  public var minimumLeafSize = 20
  /// The penalty λ of the squared values of leaves (`l2_regularization`).
  public var regularization = 0.0
  /// The share of the rows that each tree is grown from, drawn without replacement (`bagging_fraction`).
  public var rowShare = 1.0
  /// The share of the columns that each tree may use (`feature_fraction`).
  public var columnShare = 1.0
  /// The seed of the drawn rows and columns.
  public var seed: UInt64 = 0

  /// Creates the default configuration.
  public init() {}

  /// A description of a number that is out of range, or nil.
  public var fault: String? {
    guard min(treeCount, maximumLeafCount, minimumLeafSize) >= 1 else {
      return
        "expected counts of at least 1, got \(treeCount) trees, \(maximumLeafCount) leaves, and "
        + "leaves of \(minimumLeafSize) rows"
    }
    guard learningRate > 0, learningRate.isFinite, regularization >= 0, regularization.isFinite
    else {
      return "expected a positive learningRate and a regularization of at least 0, got "
        + "\(learningRate) and \(regularization)"
    }
    guard rowShare > 0, rowShare <= 1, columnShare > 0, columnShare <= 1 else {
      return
        "expected shares above 0 and up to 1, got \(rowShare) of the rows and \(columnShare) of "
        + "the columns"
    }
    return nil
  }
}
