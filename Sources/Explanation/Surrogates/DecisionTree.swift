import Forecasting

/// A regression tree, which predicts the mean of the examples that answer its questions alike (CART,
/// Breiman et al. 1984).
///
/// Each split minimizes the squared error of its two sides. The node whose split reduces the squared
/// error the most is split next, until there are `maximumLeafCount` leaves, as by scikit-learn's
/// `DecisionTreeRegressor(max_leaf_nodes=…)`. Of equal splits, that of the first column wins.
///
/// ```swift
/// let tree = DecisionTree(columns, targets, maximumLeafCount: 8, minimumLeafSize: 20)
/// let predictions = tree(columns)
/// ```
public struct DecisionTree: Sendable {
  /// A node of the tree.
  public struct Node: Sendable, Equatable {
    /// The question and the nodes of its two answers, or nil for a leaf.
    public internal(set) var split: Split?
    /// The mean of the targets of the node's examples.
    public let mean: Double
    /// The number of the node's examples.
    public let count: Int
    /// The sum of the squared errors of the mean.
    public let squaredError: Double
  }

  /// A question about a column.
  public struct Split: Sendable, Equatable {
    /// The index of the column.
    public let column: Int
    /// The largest value of the column on the lower side.
    public let threshold: Double
    /// The index of the node for values up to the threshold.
    public let lower: Int
    /// The index of the node for values above it.
    public let upper: Int
  }

  /// The nodes, of which the first one is the root.
  public private(set) var nodes: [Node]
  /// The number of columns, F.
  public let columnCount: Int

  /// Fits a tree.
  ///
  /// Stops the program if there are no examples, if the shapes don't fit, or if a count or a depth is
  /// less than 1.
  ///
  /// - Parameters:
  ///   - columns: The columns, [N, F], all finite.
  ///   - targets: The targets, [N].
  ///   - maximumLeafCount: The maximum number of leaves.
  ///   - maximumDepth: The maximum number of questions on the way to a leaf.
  ///   - minimumLeafSize: The minimum number of examples of a leaf.
  public init(
    _ columns: Tensor<Double>, _ targets: Tensor<Double>, maximumLeafCount: Int,
    maximumDepth: Int = .max, minimumLeafSize: Int = 1
  ) {
    guard columns.rank == 2, columns.shape[0] >= 1, targets.shape == [columns.shape[0]] else {
      fatalError(
        "DecisionTree: expected columns [N, F] and targets [N] with N of at least 1, got "
          + "\(columns.shape) and \(targets.shape)")
    }
    guard min(maximumLeafCount, maximumDepth, minimumLeafSize) >= 1 else {
      fatalError(
        "DecisionTree: expected counts of at least 1, got \(maximumLeafCount) leaves, a depth of "
          + "\(maximumDepth), and \(minimumLeafSize) examples")
    }
    columnCount = columns.shape[1]
    let finder = SplitFinder(columns, targets, minimumLeafSize: minimumLeafSize)
    let all = Array(0..<columns.shape[0])
    nodes = [finder.node(of: all)]
    var frontier = [Candidate(node: 0, depth: 0, examples: all, split: finder.bestSplit(of: all))]
    var leafCount = 1
    while leafCount < maximumLeafCount,
      let place = frontier.indices.filter({ frontier[$0].depth < maximumDepth })
        .max(by: { frontier[$0].reduction < frontier[$1].reduction }),
      let split = frontier[place].split
    {
      let parent = frontier.remove(at: place)
      let sides = finder.sides(of: parent.examples, split)
      nodes[parent.node].split = Split(
        column: split.column, threshold: split.threshold, lower: nodes.count,
        upper: nodes.count + 1)
      for examples in [sides.lower, sides.upper] {
        frontier.append(
          Candidate(
            node: nodes.count, depth: parent.depth + 1, examples: examples,
            split: finder.bestSplit(of: examples)))
        nodes.append(finder.node(of: examples))
      }
      leafCount += 1
    }
  }

  /// The number of leaves.
  public var leafCount: Int { nodes.count { $0.split == nil } }

  /// Returns the predictions of examples, [N], from their columns, [N, F].
  public func callAsFunction(_ columns: Tensor<Double>) -> Tensor<Double> {
    guard columns.rank == 2, columns.shape[1] == columnCount else {
      fatalError("DecisionTree: expected \(columnCount) columns, got \(columns.shape)")
    }
    let scalars = columns.scalars
    return Tensor(
      (0..<columns.shape[0]).map { row in
        var node = nodes[0]
        while let split = node.split {
          let value = scalars[row * columnCount + split.column]
          node = nodes[value <= split.threshold ? split.lower : split.upper]
        }
        return node.mean
      })
  }
}

/// A leaf that may be split.
private struct Candidate {
  let node, depth: Int
  let examples: [Int]
  let split: SplitFinder.Found?

  /// The reduction of the squared error by the best split, or −1 if there is none.
  var reduction: Double { split?.reduction ?? -1 }
}
