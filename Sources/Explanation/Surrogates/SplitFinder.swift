import Forecasting

/// A search for the question that reduces the squared error of a set of examples the most.
struct SplitFinder: Sendable {
  /// A question, and the reduction of the squared error by it.
  struct Found: Sendable {
    let column: Int
    let threshold: Double
    let reduction: Double
  }

  /// The columns, column after column.
  private let columns: [[Double]]
  private let targets: [Double]
  private let minimumLeafSize: Int

  init(_ columns: Tensor<Double>, _ targets: Tensor<Double>, minimumLeafSize: Int) {
    let (count, width) = (columns.shape[0], columns.shape[1])
    let scalars = columns.scalars
    self.columns = (0..<width).map { column in
      (0..<count).map { scalars[$0 * width + column] }
    }
    self.targets = Array(targets.scalars)
    self.minimumLeafSize = minimumLeafSize
  }

  /// Returns a leaf of some examples.
  func node(of examples: [Int]) -> DecisionTree.Node {
    let count = Double(examples.count)
    let mean = examples.reduce(0) { $0 + targets[$1] } / count
    let error = examples.reduce(0) { $0 + (targets[$1] - mean) * (targets[$1] - mean) }
    return DecisionTree.Node(mean: mean, count: examples.count, squaredError: error)
  }

  /// Returns the examples on both sides of a question.
  func sides(of examples: [Int], _ split: Found) -> (lower: [Int], upper: [Int]) {
    let column = columns[split.column]
    return (
      examples.filter { column[$0] <= split.threshold },
      examples.filter { column[$0] > split.threshold }
    )
  }

  /// Returns the best question, or nil if the targets are equal or no question leaves enough examples
  /// on both sides.
  func bestSplit(of examples: [Int]) -> Found? {
    guard examples.count >= 2 * minimumLeafSize else { return nil }
    // Differences from the mean keep the sums of squares small.
    let mean = examples.reduce(0) { $0 + targets[$1] } / Double(examples.count)
    guard examples.contains(where: { targets[$0] != targets[examples[0]] }) else { return nil }
    var best = [Found?](repeating: nil, count: columns.count)
    best.withUnsafeMutableBufferPointer { best in
      let found = SendablePointer(best.baseAddress!)
      parallelFor(columns.count) { column in
        found.pointer[column] = bestSplit(of: examples, by: column, mean: mean)
      }
    }
    return best.lazy.compactMap { $0 }.reduce(nil as Found?) { first, next in
      first.map { $0.reduction >= next.reduction ? $0 : next } ?? next
    }
  }

  private func bestSplit(of examples: [Int], by place: Int, mean: Double) -> Found? {
    let column = columns[place]
    let sorted = examples.sorted { (column[$0], $0) < (column[$1], $1) }
    let count = sorted.count
    var (sum, best) = (0.0, nil as Found?)
    let total = sorted.reduce(0) { $0 + targets[$1] - mean }
    for position in 1..<count {
      sum += targets[sorted[position - 1]] - mean
      let (lower, upper) = (column[sorted[position - 1]], column[sorted[position]])
      guard upper > lower, position >= minimumLeafSize, count - position >= minimumLeafSize else {
        continue
      }
      let rest = total - sum
      let reduction =
        sum * sum / Double(position) + rest * rest / Double(count - position)
        - total * total / Double(count)
      if reduction > best?.reduction ?? 0 {
        let middle = lower / 2 + upper / 2
        best = Found(
          column: place, threshold: middle < upper ? middle : lower, reduction: reduction)
      }
    }
    return best
  }
}
