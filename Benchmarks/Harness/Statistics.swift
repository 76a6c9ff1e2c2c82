/// The order statistics of a list of times.
package struct Statistics: Equatable, Sendable {
  private let sorted: [Double]

  /// Creates statistics.
  ///
  /// Stops the program if there are no values or if one is NaN.
  package init(_ values: [Double]) {
    guard !values.isEmpty, values.allSatisfy({ !$0.isNaN }) else {
      fatalError("Statistics: expected numbers, got \(values)")
    }
    sorted = values.sorted()
  }

  package var count: Int { sorted.count }
  package var minimum: Double { sorted[0] }
  package var median: Double { quantile(0.5) }

  /// The interquartile range divided by the median. Half of the values are within this range.
  package var relativeSpread: Double { (quantile(0.75) - quantile(0.25)) / median }

  /// Returns the value below which a share of the values lies, with linear interpolation between
  /// the two nearest values, like NumPy's `quantile`.
  package func quantile(_ share: Double) -> Double {
    let position = share * Double(sorted.count - 1)
    let lower = Int(position)
    let upper = min(lower + 1, sorted.count - 1)
    return sorted[lower] + (position - Double(lower)) * (sorted[upper] - sorted[lower])
  }
}
