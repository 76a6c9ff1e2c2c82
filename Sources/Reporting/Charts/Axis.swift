/// An axis of numbers with ticks at multiples of 1, 2, or 5 times a power of ten.
struct ValueAxis: Equatable {
  /// The ticks, in ascending order, at least two. The first and the last are the bounds of the
  /// axis.
  let ticks: [Double]

  /// Creates an axis that covers `lowest`, `highest`, and 0, with about `count` steps.
  ///
  /// - Parameter hasZero: A Boolean value that indicates whether the axis also covers 0.
  init(lowest: Double, highest: Double, count: Int = 5, hasZero: Bool = true) {
    let low = hasZero ? min(0, lowest) : lowest
    let end = hasZero ? max(0, highest) : max(lowest, highest)
    let high = end > low ? end : low + max(1, abs(low))
    let step = Self.roundStep((high - low) / Double(count))
    // A value slightly beyond a tick, such as 0.3 in single precision, does not need another tick.
    let hair = 1e-6
    let first = (low / step + hair).rounded(.down)
    let last = (high / step - hair).rounded(.up)
    ticks = stride(from: first, through: last, by: 1).map { $0 * step }
  }

  /// Creates an axis that covers the finite numbers of a list, from 0 to 1 if there is none.
  init(of values: some Sequence<Double>, count: Int = 5, hasZero: Bool = true) {
    var (lowest, highest) = (Double.infinity, -Double.infinity)
    for value in values where value.isFinite {
      lowest = min(lowest, value)
      highest = max(highest, value)
    }
    let isEmpty = lowest > highest
    self.init(
      lowest: isEmpty ? 0 : lowest, highest: isEmpty ? 1 : highest, count: count, hasZero: hasZero)
  }

  var lowerBound: Double { ticks.first! }
  var upperBound: Double { ticks.last! }
  /// The distance between ticks.
  var step: Double { ticks[1] - ticks[0] }

  /// Returns the place of a value as a share of the axis.
  func share(of value: Double) -> Double { (value - lowerBound) / (upperBound - lowerBound) }

  /// Returns the label of a tick, such as `1,500` or `0.25`.
  func label(_ tick: Double) -> String {
    var decimals = 0
    var power = 1.0
    while step * power < 0.999, decimals < 6 {
      decimals += 1
      power *= 10
    }
    return tick.grouped(decimals)
  }

  /// Returns the smallest of 1, 2, 5, or 10 times a power of ten that is at least `size`.
  private static func roundStep(_ size: Double) -> Double {
    var power = 1.0
    while power > size { power /= 10 }
    while power * 10 <= size { power *= 10 }
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= size * 0.999_999 }!
  }
}
