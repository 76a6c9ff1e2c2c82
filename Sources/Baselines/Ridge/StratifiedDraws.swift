import Tensor

/// S draws of several dimensions, each of which covers all quantiles evenly: a Latin hypercube.
///
/// They are the same for all series, so a forecast depends on its series alone.
///
/// Source: McKay, Beckman & Conover 1979, A comparison of three methods for selecting values of input variables.
struct StratifiedDraws {
  /// The number of draws, S.
  let count: Int
  /// The stratum of each draw, `[dimensions, S]`.
  private let strata: [Int]

  init(count: Int, dimensions: Int) {
    var generator = Xoshiro256(seed: 0)
    var strata: [Int] = []
    strata.reserveCapacity(count * dimensions)
    for dimension in 0..<dimensions {
      strata += 0..<count
      for place in (1..<count).reversed() {
        let other = Int(((generator.next() >> 32) * UInt64(place + 1)) >> 32)
        strata.swapAt(dimension * count + place, dimension * count + other)
      }
    }
    self.count = count
    self.strata = strata
  }

  /// Returns which of `elementCount` sorted elements a draw is.
  func index(_ draw: Int, dimension: Int, of elementCount: Int) -> Int {
    (2 * strata[dimension * count + draw] + 1) * elementCount / (2 * count)
  }
}
