/// The ranges of the values of a column, which a tree tells apart.
///
/// Bin 0 has the missing values, so that trees put them on the lower side of any question. As in
/// scikit-learn, the other bins have a distinct value each, or as many values each as possible if there are more
/// than ``maximumCount`` distinct values, and end halfway to the next value.
struct ColumnBins: Sendable {
  /// The maximum number of bins with values.
  static let maximumCount = 255

  /// The last values of all bins with values but the last one, in ascending order.
  let thresholds: [Float]

  /// Creates the bins of a sample of values, of which NaN are missing.
  init(_ sample: [Float]) {
    let sorted = sample.filter { !$0.isNaN }.sorted()
    let distinct = sorted.indices.lazy.filter { $0 == 0 || sorted[$0] != sorted[$0 - 1] }
      .map { sorted[$0] }
    let values = Array(distinct.prefix(Self.maximumCount + 1))
    if values.count <= Self.maximumCount {
      thresholds = values.indices.dropLast().map { Self.middle(values[$0], values[$0 + 1]) }
    } else {
      thresholds = Self.quantiles(sorted)
    }
  }

  /// Returns the distinct quantiles of equal steps: values, or midpoints of two values between which a
  /// quantile lies exactly.
  private static func quantiles(_ sorted: [Float]) -> [Float] {
    var thresholds: [Float] = []
    for bin in 1..<maximumCount {
      let (place, rest) = (sorted.count * bin).quotientAndRemainder(dividingBy: maximumCount)
      let threshold = rest == 0 ? middle(sorted[place - 1], sorted[place]) : sorted[place]
      if threshold > thresholds.last ?? -.infinity { thresholds.append(threshold) }
    }
    return thresholds
  }

  /// Returns the middle of two values, below the upper one unless they are equal.
  private static func middle(_ lower: Float, _ upper: Float) -> Float {
    let middle = lower / 2 + upper / 2
    return middle < upper ? middle : lower
  }

  /// The number of bins, including that of missing values.
  var count: Int { thresholds.count + 2 }

  /// Returns the bin of a value.
  func bin(of value: Float) -> UInt8 {
    guard !value.isNaN else { return 0 }
    var (lower, upper) = (0, thresholds.count)
    while lower < upper {
      let middle = (lower + upper) / 2
      if value > thresholds[middle] { lower = middle + 1 } else { upper = middle }
    }
    return UInt8(lower + 1)
  }

  /// Returns the largest value of a bin that isn't the last one: −∞ for the missing values.
  func threshold(of bin: Int) -> Float { bin == 0 ? -.infinity : thresholds[bin - 1] }
}
