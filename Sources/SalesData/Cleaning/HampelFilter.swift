/// A filter that computes medians and median absolute deviations over a window that moves along a
/// series.
///
/// The window is kept sorted, so that each step takes two searches and no sorting.
struct HampelFilter {
  private let halfWidth: Int
  private let threshold: Double
  private var window: [Double] = []

  /// The factor that converts the median absolute deviation of a normal distribution to its
  /// standard deviation: 1 / Φ⁻¹(3/4).
  private static let normalConsistency = 1.4826

  init(halfWidth: Int, threshold: Double) {
    self.halfWidth = halfWidth
    self.threshold = threshold
    window.reserveCapacity(2 * halfWidth + 2)
  }

  /// Passes each observed cell to a closure with the range of values that are not outliers. Skips
  /// cells in whose window all values, or more than half of them, are equal.
  mutating func forEachBounds(
    of values: [Double], _ states: UnsafeMutableBufferPointer<CellState>,
    _ body: (_ cell: Int, _ bounds: ClosedRange<Double>) -> Void
  ) {
    // Cells that `body` masks must stay in the windows of later cells.
    let observed = states.map { $0 == .observed }
    window.removeAll(keepingCapacity: true)
    for cell in observed.indices.prefix(halfWidth) where observed[cell] { insert(values[cell]) }
    for cell in observed.indices {
      let (leaving, entering) = (cell - halfWidth - 1, cell + halfWidth)
      if leaving >= 0, observed[leaving] { remove(values[leaving]) }
      if entering < observed.count, observed[entering] { insert(values[entering]) }
      guard observed[cell] else { continue }
      let median = median
      let reach = threshold * Self.normalConsistency * deviation(from: median)
      if reach > 0 { body(cell, median - reach...median + reach) }
    }
  }

  /// Returns the position of the first value that is not below the given one.
  private func place(of value: Double) -> Int {
    var (low, high) = (0, window.count)
    while low < high {
      let middle = (low + high) / 2
      if window[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private mutating func insert(_ value: Double) { window.insert(value, at: place(of: value)) }

  private mutating func remove(_ value: Double) { window.remove(at: place(of: value)) }

  private var median: Double {
    let middle = window.count / 2
    return window.count % 2 == 1 ? window[middle] : (window[middle - 1] + window[middle]) / 2
  }

  /// Returns the median of the distances from the median. The distances on both sides are already
  /// sorted, and are merged up to the middle one.
  private func deviation(from median: Double) -> Double {
    let middle = window.count / 2
    var (below, above) = (middle - 1, middle)
    var (previous, last) = (0.0, 0.0)
    for _ in 0...middle {
      previous = last
      let left = below >= 0 ? median - window[below] : .infinity
      let right = above < window.count ? window[above] - median : .infinity
      if left <= right {
        last = left
        below -= 1
      } else {
        last = right
        above += 1
      }
    }
    return window.count % 2 == 1 ? last : (previous + last) / 2
  }
}
