/// A statistic of a set of numbers that can be merged with that of another set.
protocol SlidingAggregate {
  /// Creates the statistic of no numbers.
  init()
  /// Creates the statistic of one number.
  init(_ value: Float)
  /// The number of numbers.
  var count: Double { get }
  /// Returns the statistic of this set's numbers and another's.
  func merged(with other: Self) -> Self
}

/// Calls `body` for each position of a row with the aggregate of the window that ends there. NaN is
/// skipped.
///
/// Each position takes at most three merges, regardless of the window. Nothing is ever subtracted
/// from an aggregate, so that rounding errors don't accumulate. The row is divided into blocks as
/// long as the window, and a window is the end of one block and the start of the next (van Herk 1992).
@inline(__always)
func slideWindow<Aggregate: SlidingAggregate>(
  _ row: [Float], window: Int, _ aggregate: (Float) -> Aggregate,
  _ body: (_ place: Int, _ total: Aggregate) -> Void
) {
  // The aggregates from each position of a block to its end, and of no numbers.
  var ends = [Aggregate](repeating: Aggregate(), count: min(window, row.count) + 1)
  for start in stride(from: 0, to: row.count, by: window) {
    var head = Aggregate()
    for place in start..<min(start + window, row.count) {
      if !row[place].isNaN { head = head.merged(with: aggregate(row[place])) }
      body(place, start == 0 ? head : ends[place - start + 1].merged(with: head))
    }
    guard start + window < row.count else { return }
    ends[window] = Aggregate()
    for place in (0..<window).reversed() {
      let value = row[start + place]
      ends[place] =
        value.isNaN ? ends[place + 1] : aggregate(value).merged(with: ends[place + 1])
    }
  }
}

/// A sum.
struct Sum: SlidingAggregate {
  var count = 0.0
  var sum = 0.0

  init() {}
  init(_ value: Float) { (count, sum) = (1, Double(value)) }

  func merged(with other: Sum) -> Sum {
    var merged = self
    merged.count += other.count
    merged.sum += other.sum
    return merged
  }
}

/// A mean and the sum of squared deviations from it.
struct Moments: SlidingAggregate {
  var count = 0.0
  private var mean = 0.0
  private var squares = 0.0

  init() {}
  init(_ value: Float) { (count, mean) = (1, Double(value)) }

  /// Merges by the method of Chan, Golub & LeVeque (1979).
  func merged(with other: Moments) -> Moments {
    guard count > 0 else { return other }
    guard other.count > 0 else { return self }
    let distance = other.mean - mean
    var merged = Moments()
    merged.count = count + other.count
    merged.mean = mean + distance * other.count / merged.count
    merged.squares =
      squares + other.squares + distance * distance * count * other.count / merged.count
    return merged
  }

  /// The sample standard deviation, or NaN for fewer than two numbers.
  var deviation: Double { count < 2 ? .nan : (squares / (count - 1)).squareRoot() }
}

/// The smallest and the largest number.
struct Extremes: SlidingAggregate {
  var count = 0.0
  var minimum = Float.infinity
  var maximum = -Float.infinity

  init() {}
  init(_ value: Float) { (count, minimum, maximum) = (1, value, value) }

  func merged(with other: Extremes) -> Extremes {
    var merged = self
    merged.count += other.count
    merged.minimum = min(minimum, other.minimum)
    merged.maximum = max(maximum, other.maximum)
    return merged
  }
}
