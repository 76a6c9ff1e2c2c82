public import Tensor

/// A histogram of numbers with the buckets of TensorBoard, whose widths grow by a tenth.
///
/// The limits of the buckets are 0 and ±10⁻¹² · 1.1ᵏ below 10²⁰, as in TensorFlow and in PyTorch's
/// `add_histogram(…, bins='tensorflow')`. A bucket contains its lower limit and not its upper one.
/// Numbers beyond the last limits are in one more bucket on either side. NaN and infinite numbers are
/// counted, but are in no bucket, sum, minimum, or maximum.
public struct EventHistogram: Sendable, Equatable {
  /// The smallest finite number; 0 if there is none.
  public private(set) var minimum = 0.0
  /// The largest finite number; 0 if there is none.
  public private(set) var maximum = 0.0
  /// The number of finite numbers.
  public private(set) var count = 0
  /// The sum of the finite numbers.
  public private(set) var sum = 0.0
  /// The sum of the squares of the finite numbers.
  public private(set) var sumOfSquares = 0.0
  /// The number of NaN and infinite numbers.
  public private(set) var nonFiniteCount = 0
  /// The upper limit of each bucket, ascending.
  ///
  /// The first and the last bucket with a number are the outermost ones, apart from an empty one before
  /// them, whose upper limit is the lower limit of the first.
  public private(set) var limits: [Double] = []
  /// The number of numbers in each bucket.
  public private(set) var counts: [Int] = []

  /// Creates the histogram of a tensor's elements in one pass, without a copy.
  public init<Scalar: TensorScalar>(_ tensor: Tensor<Scalar>) {
    self = tensor.withUnsafeBufferPointer { EventHistogram($0.lazy.map { Double($0) }) }
  }

  /// Creates the histogram of numbers.
  public init(_ values: some Sequence<Double>) {
    var counts = [Int](repeating: 0, count: Self.allLimits.count)
    (minimum, maximum) = (.infinity, -.infinity)
    for value in values {
      guard value.isFinite else {
        nonFiniteCount += 1
        continue
      }
      minimum = min(minimum, value)
      maximum = max(maximum, value)
      sum += value
      sumOfSquares += value * value
      count += 1
      counts[Self.bucket(of: value)] += 1
    }
    guard let first = counts.firstIndex(where: { $0 > 0 }),
      let last = counts.lastIndex(where: { $0 > 0 })
    else {
      // TensorBoard needs a bucket.
      (minimum, maximum, limits, self.counts) = (0, 0, [0], [0])
      return
    }
    let shown = max(first - 1, 0)...last
    limits = Array(Self.allLimits[shown])
    self.counts = Array(counts[shown])
  }

  /// The upper limits of all buckets, ascending. The last one is the largest number.
  private static let allLimits: [Double] = {
    let positive = Array(sequence(first: 1e-12) { $0 * 1.1 }.prefix { $0 < 1e20 })
    return positive.reversed().map { -$0 } + [0] + positive + [.greatestFiniteMagnitude]
  }()

  /// Returns the index of the first limit above a number, or of the last limit.
  private static func bucket(of value: Double) -> Int {
    allLimits.withUnsafeBufferPointer { limits in
      var (low, high) = (0, limits.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if limits[middle] > value { high = middle } else { low = middle + 1 }
      }
      return low
    }
  }
}
