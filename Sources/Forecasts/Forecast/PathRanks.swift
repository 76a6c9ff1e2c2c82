import Tensor

/// The ranks of the values of sample paths among all paths, at each step of N series.
///
/// Ranks hold the dependence between steps, without the values: paths with the same ranks can be drawn
/// from other quantiles, such as calibrated ones (ensemble copula coupling; Schefzik, Thorarinsdottir &
/// Gneiting 2013). A rank takes a byte, so that the paths of all series of a large panel fit into memory.
package struct PathRanks: Sendable, Equatable {
  /// The number of paths of each series, S, at most 256.
  package let count: Int
  /// The number of steps, H.
  package let horizon: Int
  /// The ranks from 0 to S − 1, row-major `[N, S, H]`.
  private var ranks: [UInt8]

  /// The maximum number of paths whose ranks are kept.
  package static let largestCount = 256

  /// Creates the ranks of values, row-major `[N, S, H]`.
  ///
  /// Equal values have ranks in an order that is random, but the same for all series.
  package init(of values: [Double], pathCount: Int, horizon: Int) {
    let kept = min(pathCount, Self.largestCount)
    var generator = Xoshiro256(seed: 0)
    let orders = (0..<horizon).map { _ in Array(0..<kept).shuffled(using: &generator) }
    let width = kept * horizon
    let seriesCount = values.count / (pathCount * horizon)
    var ranks = [UInt8](repeating: 0, count: seriesCount * width)
    ranks.withUnsafeMutableBufferPointer { ranks in
      guard let ranks = SendablePointer(ranks.baseAddress) else { return }
      parallelFor(seriesCount) { series in
        let first = series * pathCount * horizon
        for step in 0..<horizon {
          let sorted = orders[step].enumerated().sorted { one, other in
            let (left, right) = (
              values[first + one.element * horizon + step],
              values[first + other.element * horizon + step]
            )
            return left == right ? one.offset < other.offset : left < right
          }
          for (rank, path) in sorted.enumerated() {
            ranks.pointer[series * width + path.element * horizon + step] = UInt8(rank)
          }
        }
      }
    }
    self.init(count: kept, horizon: horizon, ranks: ranks)
  }

  private init(count: Int, horizon: Int, ranks: [UInt8]) {
    self.count = count
    self.horizon = horizon
    self.ranks = ranks
  }

  /// The number of ranks of a series.
  private var width: Int { count * horizon }

  /// Adds the ranks of further series. They must have as many paths and steps.
  package mutating func append(_ other: PathRanks) { ranks += other.ranks }

  /// Returns the rank of a value among the values of all paths, from 0 to S − 1.
  func rank(ofSeries series: Int, path: Int, step: Int) -> Int {
    Int(ranks[series * width + path * horizon + step])
  }

  /// Returns the ranks of the series at indices, in that order.
  func selecting(_ indices: [Int]) -> PathRanks {
    PathRanks(
      count: count, horizon: horizon,
      ranks: indices.flatMap { ranks[$0 * width..<($0 + 1) * width] })
  }

  /// Returns the ranks of a range of steps.
  func slice(_ steps: Range<Int>) -> PathRanks {
    PathRanks(
      count: count, horizon: steps.count,
      ranks: stride(from: 0, to: ranks.count, by: horizon).flatMap {
        ranks[$0 + steps.lowerBound..<$0 + steps.upperBound]
      })
  }

  /// Returns the ranks of more series. Paths of the others never cross.
  ///
  /// - Parameters:
  ///   - seriesCount: The number of all series.
  ///   - places: The index of each of these series among all of them.
  func spread(over seriesCount: Int, at places: [Int]) -> PathRanks {
    let parallel = (0..<width).map { UInt8($0 / horizon) }
    var all = Array(repeatElement(parallel, count: seriesCount).joined())
    for (row, place) in places.enumerated() {
      all.replaceSubrange(
        place * width..<(place + 1) * width, with: ranks[row * width..<(row + 1) * width])
    }
    return PathRanks(count: count, horizon: horizon, ranks: all)
  }
}
