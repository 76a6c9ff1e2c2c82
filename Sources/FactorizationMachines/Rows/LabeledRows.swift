/// Sparse rows with a target each, and optionally weights and groups.
public struct LabeledRows: Sendable, Equatable {
  /// The features, N rows.
  public var rows: SparseRows
  /// The targets, [N]: numbers for regression; for classification, 0 or −1 for the negative class
  /// and 1 for the positive class.
  public var labels: [Float]
  /// The weight of each row in the loss, [N], or `nil` if all are 1.
  public var weights: [Float]?
  /// The group of each row, [N], such as the `qid` of a ranking data set, or `nil` if there are
  /// none.
  public var groups: [Int]?

  /// Creates a table. Stops the program if the numbers of rows differ.
  public init(
    _ rows: SparseRows, labels: [Float], weights: [Float]? = nil, groups: [Int]? = nil
  ) {
    let counts = [labels.count, weights?.count ?? rows.count, groups?.count ?? rows.count]
    guard counts.allSatisfy({ $0 == rows.count }) else {
      fatalError(
        "LabeledRows: expected \(rows.count) labels, weights, and groups, got \(counts)")
    }
    self.rows = rows
    self.labels = labels
    self.weights = weights
    self.groups = groups
  }

  /// The number of rows, N.
  public var count: Int { rows.count }

  /// Returns rows in the given order. Stops the program if one is out of range.
  public func gathered(_ indices: [Int]) -> LabeledRows {
    LabeledRows(
      rows.gathered(indices), labels: indices.map { labels[$0] },
      weights: weights.map { weights in indices.map { weights[$0] } },
      groups: groups.map { groups in indices.map { groups[$0] } })
  }

  /// Returns the labels as 0 and 1: labels above 0 are 1.
  public var classes: [Float] { labels.map { $0 > 0 ? 1 : 0 } }
}
