/// A binary tree of questions about the columns of a row.
struct RegressionTree: Sendable {
  /// A question, or a leaf.
  struct Node: Sendable {
    /// The column of the question.
    var column = 0
    /// The last bin of the lower side.
    var bin: UInt8 = 0
    /// The largest value of the lower side, to which missing values belong, too.
    var threshold: Float = 0
    /// The reduction of the loss by the question, doubled.
    var gain = 0.0
    /// The node of the lower side, or 0 for a leaf. That of the upper side follows it.
    var lower = 0
    /// The value of a leaf.
    var value: Float = 0
  }

  /// The nodes, of which the first one is the root.
  var nodes: [Node]

  /// Returns the value of a row of numbers.
  func value(of row: UnsafePointer<Float>) -> Float {
    nodes.withUnsafeBufferPointer { nodes in
      var node = nodes[0]
      while node.lower != 0 {
        node = nodes[row[node.column] > node.threshold ? node.lower + 1 : node.lower]
      }
      return node.value
    }
  }

  /// Adds the values of a range of rows to sums of all rows.
  func add(
    valuesOf rows: Range<Int>, in columns: [[UInt8]], to sums: UnsafeMutablePointer<Float>
  ) {
    var rows = rows.map { Int32($0) }
    func add(_ places: Range<Int>, _ node: Node) {
      guard node.lower != 0 else {
        for place in places { sums[Int(rows[place])] += node.value }
        return
      }
      let middle = rows.partitionStably(places, by: columns[node.column], upTo: node.bin)
      add(places.lowerBound..<middle, nodes[node.lower])
      add(middle..<places.upperBound, nodes[node.lower + 1])
    }
    add(rows.indices, nodes[0])
  }
}
