/// The factor by which errors of few past windows must be spread, so that intervals between their
/// quantiles contain the share of new errors that they should.
///
/// The errors of each window are compared with the quantiles of those of the other windows, as new ones
/// would be (leave-one-out conformal prediction, Barber et al. 2021). It is the same for all levels,
/// since errors that are spread by one factor still add up.
struct ErrorSpread {
  /// The factor, from 1 to ``largest``.
  let factor: Double

  /// The levels of the quantiles between which intervals are compared.
  private static let levels = [0.1, 0.9]
  private static let largest = 2.0
  /// The approximate number of rows of a level that suffice.
  private static let largestSample = 500

  /// Creates a factor: the mean over levels.
  ///
  /// - Parameters:
  ///   - errors: The errors of each forecast, [n][T], with NaN where an error isn't known.
  ///   - levels: The rows of each level.
  ///   - windows: The steps of each window.
  init(_ errors: [[Double]], levels: [Range<Int>], windows: [[Int]]) {
    let factors = levels.compactMap { rows -> Double? in
      let stride = max(1, rows.count / Self.largestSample)
      let distances = Swift.stride(from: rows.lowerBound, to: rows.upperBound, by: stride)
        .flatMap { Self.distances(errors[$0], windows) }.sorted()
      return distances.isEmpty
        ? nil : distances.quantiles([Self.levels[1] - Self.levels[0]])[0]
    }
    let mean = factors.isEmpty ? 1 : factors.reduce(0, +) / Double(factors.count)
    factor = min(max(mean, 1), Self.largest)
  }

  /// Returns the distance of each error from the mean of those of other windows, as a ratio of the
  /// distance of the quantile on its side.
  private static func distances(_ errors: [Double], _ windows: [[Int]]) -> [Double] {
    windows.indices.flatMap { place -> [Double] in
      let others = windows.indices.filter { $0 != place }
        .flatMap { windows[$0].map { errors[$0] } }.filter { !$0.isNaN }.sorted()
      guard others.count > 1 else { return [] }
      let mean = others.reduce(0, +) / Double(others.count)
      let bounds = others.quantiles(levels).map { $0 - mean }
      return windows[place].compactMap { step in
        let deviation = errors[step] - mean
        let bound = deviation < 0 ? min(bounds[0], 0) : max(bounds[1], 0)
        // Errors of a series that is always 0 have no distance.
        return deviation.isNaN || bound == 0 ? nil : deviation / bound
      }
    }
  }

  /// Returns errors of a row that are spread around their mean.
  func applied(to errors: [Double]) -> [Double] {
    let known = errors.filter { !$0.isNaN }
    guard factor > 1, !known.isEmpty else { return errors }
    let mean = known.reduce(0, +) / Double(known.count)
    return errors.map { mean + factor * ($0 - mean) }
  }
}
