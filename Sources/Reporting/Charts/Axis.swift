/// An axis of numbers with ticks at multiples of 1, 2, or 5 times a power of ten.
struct ValueAxis: Equatable {
  /// The ticks, in ascending order, at least two. The first and the last are the bounds of the
  /// axis.
  let ticks: [Double]

  /// Creates an axis that covers `lowest`, `highest`, and 0, with about `count` steps.
  init(lowest: Double, highest: Double, count: Int = 5) {
    let low = min(0, lowest)
    let high = max(0, highest, low == 0 && highest == 0 ? 1 : 0)
    let step = Self.roundStep((high - low) / Double(count))
    // A value slightly beyond a tick, such as 0.3 in single precision, does not need another tick.
    let hair = 1e-6
    let first = (low / step + hair).rounded(.down)
    let last = (high / step - hair).rounded(.up)
    ticks = stride(from: first, through: last, by: 1).map { $0 * step }
  }

  var lowerBound: Double { ticks.first! }
  var upperBound: Double { ticks.last! }

  /// Returns the label of a tick, such as `1,500` or `0.25`.
  func label(_ tick: Double) -> String {
    let step = ticks[1] - ticks[0]
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
