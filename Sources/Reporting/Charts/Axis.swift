/// Where an axis of numbers has its ticks: at multiples of 1, 2 or 5 times a power of ten.
struct ValueAxis: Equatable {
  /// The ticks, ascending, at least two; the first and the last bound the axis.
  let ticks: [Double]

  /// An axis that covers `lowest`, `highest` and 0, with about `count` steps.
  init(lowest: Double, highest: Double, count: Int = 5) {
    let low = min(0, lowest)
    let high = max(0, highest, low == 0 && highest == 0 ? 1 : 0)
    let step = Self.roundStep((high - low) / Double(count))
    // A hair beyond a tick, such as 0.3 in single precision, does not ask for another one.
    let hair = 1e-6
    let first = (low / step + hair).rounded(.down)
    let last = (high / step - hair).rounded(.up)
    ticks = stride(from: first, through: last, by: 1).map { $0 * step }
  }

  var lowerBound: Double { ticks.first! }
  var upperBound: Double { ticks.last! }

  /// A tick as its label: `1,500`, `0.25`.
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

  /// The smallest of 1, 2, 5 or 10 times a power of ten that is not below `size`.
  private static func roundStep(_ size: Double) -> Double {
    var power = 1.0
    while power > size { power /= 10 }
    while power * 10 <= size { power *= 10 }
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= size * 0.999_999 }!
  }
}
