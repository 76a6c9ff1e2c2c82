/// The sums of the derivatives of the rows of a leaf, and their number.
struct LeafSums: Sendable {
  var derivatives: SIMD2<Double>
  var count: Int

  /// Returns the reduction of the loss by the best value of the leaf, doubled.
  func reduction(_ regularization: Double) -> Double {
    derivatives.x * derivatives.x / (derivatives.y + regularization)
  }

  /// Returns a Boolean value that indicates whether a leaf may have these rows. The least sum of second
  /// derivatives is that of scikit-learn and LightGBM.
  func isLarge(_ options: BoostingOptions) -> Bool {
    count >= options.minimumLeafSize && derivatives.y >= 1e-3
  }

  static func - (whole: LeafSums, part: LeafSums) -> LeafSums {
    LeafSums(derivatives: whole.derivatives - part.derivatives, count: whole.count - part.count)
  }
}

/// The question that reduces the loss of a leaf the most.
struct LeafSplit: Sendable {
  /// The index of the column among those of the tree.
  let column: Int
  /// The last bin of the lower side.
  let bin: Int
  /// The reduction of the loss, doubled.
  let gain: Double
  let lower, upper: LeafSums

  /// Finds the best question, or nil if none reduces the loss and leaves enough rows on both sides. Of
  /// equal questions, the first one wins.
  ///
  /// - Parameters:
  ///   - histogram: The histogram of the leaf.
  ///   - leaf: The sums of the leaf.
  ///   - binCounts: The number of bins of each column of the tree.
  ///   - options: The limits of a leaf.
  init?(
    _ histogram: LeafHistogram, of leaf: LeafSums, binCounts: [Int], _ options: BoostingOptions
  ) {
    guard leaf.count >= 2 * options.minimumLeafSize else { return nil }
    let whole = leaf.reduction(options.regularization)
    var best: LeafSplit?
    for (column, binCount) in binCounts.enumerated() {
      var lower = LeafSums(derivatives: .zero, count: 0)
      for bin in 0..<binCount - 1 {
        let place = column * LeafHistogram.binCount + bin
        guard histogram.counts[place] > 0 else { continue }
        lower.derivatives += histogram.sums[place]
        lower.count += Int(histogram.counts[place])
        let upper = leaf - lower
        guard upper.isLarge(options) else { break }
        guard lower.isLarge(options) else { continue }
        let gain =
          lower.reduction(options.regularization) + upper.reduction(options.regularization) - whole
        if gain > best?.gain ?? 0 {
          best = LeafSplit(column: column, bin: bin, gain: gain, lower: lower, upper: upper)
        }
      }
    }
    guard let best else { return nil }
    self = best
  }

  private init(column: Int, bin: Int, gain: Double, lower: LeafSums, upper: LeafSums) {
    self.column = column
    self.bin = bin
    self.gain = gain
    self.lower = lower
    self.upper = upper
  }
}
