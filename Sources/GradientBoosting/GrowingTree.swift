/// A tree of ``BoostedTrees`` while it grows, leaf by leaf.
struct GrowingTree {
  /// A leaf, and the best question about its rows.
  private struct Leaf {
    let node: Int
    /// The places of its rows in ``rows``.
    let places: Range<Int>
    let sums: LeafSums
    /// The histogram, or nil if the leaf isn't to be split.
    var histogram: LeafHistogram?
    var split: LeafSplit?
  }

  private let table: BinnedRows
  private let options: BoostingOptions
  /// The derivatives of the loss of all rows of the table.
  private let derivatives: [SIMD2<Float>]
  /// The columns of the table that the tree may use.
  private let used: [Int]
  /// The bins of the used columns, and their numbers.
  private let columns: [[UInt8]]
  private let binCounts: [Int]
  /// The rows of the tree, of which those of a leaf are neighbors.
  private var rows: [Int32]
  private var leaves: [Leaf] = []
  private var nodes = [RegressionTree.Node()]

  /// Creates a tree with one leaf.
  ///
  /// - Parameters:
  ///   - rows: The indices of the rows to grow from, in ascending order.
  ///   - used: The columns that the tree may use.
  ///   - table: All rows.
  ///   - derivatives: The first and second derivatives of the loss of all rows.
  ///   - options: The limits of the tree, and the learning rate.
  init(
    from rows: [Int32], _ used: [Int], of table: BinnedRows, _ derivatives: [SIMD2<Float>],
    _ options: BoostingOptions
  ) {
    self.table = table
    self.options = options
    self.derivatives = derivatives
    self.used = used
    self.rows = rows
    columns = used.map { table.columns[$0] }
    binCounts = used.map { table.bins[$0].count }
    let places = rows.indices
    var sums = LeafSums(derivatives: .zero, count: rows.count)
    for row in rows { sums.derivatives += SIMD2(derivatives[Int(row)]) }
    leaves = [splittable(Leaf(node: 0, places: places, sums: sums, histogram: histogram(places)))]
  }

  /// Returns the tree after splitting the leaf whose split reduces the loss the most, again and again.
  ///
  /// Each leaf has the value that minimizes the loss in its second order approximation.
  consuming func grown() -> RegressionTree {
    while leaves.count < options.maximumLeafCount, let place = placeOfBestSplit {
      let leaf = leaves.remove(at: place)
      if let split = leaf.split { self.split(leaf, split) }
    }
    for leaf in leaves {
      let step = -leaf.sums.derivatives.x / (leaf.sums.derivatives.y + options.regularization)
      nodes[leaf.node].value = Float(step * options.learningRate)
    }
    return RegressionTree(nodes: nodes)
  }

  private var placeOfBestSplit: Int? {
    var best: (place: Int, gain: Double)?
    for (place, leaf) in leaves.enumerated() {
      if let gain = leaf.split?.gain, gain > best?.gain ?? 0 { best = (place, gain) }
    }
    return best?.place
  }

  private mutating func split(_ leaf: Leaf, _ split: LeafSplit) {
    let column = used[split.column]
    let middle = rows.partitionStably(
      leaf.places, by: table.columns[column], upTo: UInt8(split.bin))
    let first = nodes.count
    nodes[leaf.node] = RegressionTree.Node(
      column: column, bin: UInt8(split.bin), threshold: table.bins[column].threshold(of: split.bin),
      gain: split.gain, lower: first)
    nodes += [.init(), .init()]
    var lower = Leaf(node: first, places: leaf.places.lowerBound..<middle, sums: split.lower)
    var upper = Leaf(node: first + 1, places: middle..<leaf.places.upperBound, sums: split.upper)
    // The last two leaves are not split.
    if leaves.count + 2 < options.maximumLeafCount, let whole = leaf.histogram {
      if lower.places.count <= upper.places.count {
        (lower.histogram, upper.histogram) = histograms(lower.places, of: whole)
      } else {
        (upper.histogram, lower.histogram) = histograms(upper.places, of: whole)
      }
    }
    leaves += [splittable(lower), splittable(upper)]
  }

  /// Returns the histogram of the smaller side of a leaf, and that of the other side, which is what remains
  /// of the leaf's.
  private func histograms(
    _ places: Range<Int>, of whole: LeafHistogram
  ) -> (LeafHistogram, LeafHistogram) {
    let smaller = histogram(places)
    var larger = whole
    larger.subtract(smaller)
    return (smaller, larger)
  }

  private func histogram(_ places: Range<Int>) -> LeafHistogram {
    LeafHistogram(of: rows[places], rows[places].map { derivatives[Int($0)] }, in: columns)
  }

  /// Returns a leaf with the best question about its rows, if it has a histogram.
  private func splittable(_ leaf: Leaf) -> Leaf {
    var leaf = leaf
    leaf.split = leaf.histogram.flatMap {
      LeafSplit($0, of: leaf.sums, binCounts: binCounts, options)
    }
    return leaf
  }
}
