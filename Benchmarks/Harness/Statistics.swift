/// The order statistics of some times.
package struct Statistics: Equatable, Sendable {
  private let sorted: [Double]

  /// Stops the program if there is none, or one is not a number.
  package init(_ values: [Double]) {
    guard !values.isEmpty, values.allSatisfy({ !$0.isNaN }) else {
      fatalError("Statistics: expected numbers, got \(values)")
    }
    sorted = values.sorted()
  }

  package var count: Int { sorted.count }
  package var minimum: Double { sorted[0] }
  package var median: Double { quantile(0.5) }

  /// The distance of the quartiles over the median: half of the values lie within it.
  package var relativeSpread: Double { (quantile(0.75) - quantile(0.25)) / median }

  /// The value below which a share of the values lies, by linear interpolation between the two that
  /// are nearest, as NumPy's `quantile`.
  package func quantile(_ share: Double) -> Double {
    let position = share * Double(sorted.count - 1)
    let lower = Int(position)
    let upper = min(lower + 1, sorted.count - 1)
    return sorted[lower] + (position - Double(lower)) * (sorted[upper] - sorted[lower])
  }
}
