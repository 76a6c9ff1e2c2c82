/// Statistics of the observed values of a window.
struct ObservedValues {
  private let values: ArraySlice<Float>
  private let mask: ArraySlice<Float>
  /// A Boolean value that indicates whether no value is observed.
  let isEmpty: Bool
  /// The mean absolute value, or 0 if none is observed.
  let meanSize: Float
  /// The share of values that are 0.
  let zeroShare: Float

  /// Creates the statistics of values with a mask of the same indices, which is 1 where a value is
  /// observed, else 0.
  init(_ values: ArraySlice<Float>, _ mask: ArraySlice<Float>) {
    self.values = values
    self.mask = mask
    var sum: Float = 0
    var count: Float = 0
    var zeros: Float = 0
    for place in values.indices where mask[place] != 0 {
      sum += abs(values[place])
      zeros += values[place] == 0 ? 1 : 0
      count += 1
    }
    isEmpty = count == 0
    meanSize = count > 0 ? sum / count : 0
    zeroShare = count > 0 ? zeros / count : 0
  }

  /// Returns the mean of the last `count` observed values, or 0 if none is observed.
  func mean(ofLast count: Int) -> Float {
    let last = values.indices.reversed().lazy.filter { mask[$0] != 0 }.prefix(count)
    return mean(last.map { values[$0] }) ?? 0
  }

  /// Returns the mean absolute change from one value to the value `lag` steps later, or nil if there
  /// is no such pair.
  func meanChange(over lag: Int) -> Float? {
    let pairs = values.indices.dropFirst(lag).lazy.filter { mask[$0] * mask[$0 - lag] != 0 }
    return mean(pairs.map { abs(values[$0] - values[$0 - lag]) })
  }

  /// Returns the mean absolute difference of the values from a level, or 0 if none is observed.
  func meanDistance(from level: Float) -> Float {
    let observed = values.indices.lazy.filter { mask[$0] != 0 }
    return mean(observed.map { abs(values[$0] - level) }) ?? 0
  }

  private func mean(_ numbers: some Sequence<Float>) -> Float? {
    var sum: Float = 0
    var count: Float = 0
    for number in numbers {
      sum += number
      count += 1
    }
    return count > 0 ? sum / count : nil
  }
}
