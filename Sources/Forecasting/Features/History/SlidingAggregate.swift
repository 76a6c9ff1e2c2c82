/// What is told of some numbers, and can be put together with what is told of others.
protocol SlidingAggregate {
  /// That of no number.
  init()
  /// That of one number.
  init(_ value: Float)
  /// How many numbers.
  var count: Double { get }
  /// That of this one's numbers and another's.
  func merged(with other: Self) -> Self
}

/// Calls `body` for each place of a row with the aggregate of the window of numbers that ends there;
/// NaN is left out.
///
/// Each place costs at most three merges whatever the window, and nothing is ever taken back out of
/// an aggregate, so that no rounding errors pile up: the row is cut into blocks as long as the
/// window, and a window is the end of one block and the start of the next (van Herk 1992).
@inline(__always)
func slideWindow<Aggregate: SlidingAggregate>(
  _ row: [Float], window: Int, _ aggregate: (Float) -> Aggregate,
  _ body: (_ place: Int, _ total: Aggregate) -> Void
) {
  // The aggregates of a block from each of its places to its end, and of nothing.
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

/// A mean and the squares around it.
struct Moments: SlidingAggregate {
  var count = 0.0
  private var mean = 0.0
  private var squares = 0.0

  init() {}
  init(_ value: Float) { (count, mean) = (1, Double(value)) }

  /// As Chan, Golub & LeVeque (1979).
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

  /// The standard deviation of a sample; NaN for fewer than two numbers.
  var deviation: Double { count < 2 ? .nan : (squares / (count - 1)).squareRoot() }
}

/// The least and the greatest number.
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
