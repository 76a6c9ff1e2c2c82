/// The additive, robust seasonal component of a series: for each position in the season, the median
/// of the observed values there minus the overall median.
///
/// Medians are used instead of means so that outliers do not affect the values that they are
/// compared with. A position with fewer than three observed values has a component of 0. A series
/// that mostly sells nothing has medians of 0 and thus no seasonal component.
struct SeasonalComponent {
  /// The component of each position in the season. The position of step `t` is `t` modulo the
  /// length.
  let values: [Double]

  /// The minimum number of values for a meaningful median.
  private static let leastCount = 3

  init(of row: CellRow, length: Int) {
    var all = row.observedValues
    guard length > 1, let level = all.median() else {
      values = Array(repeating: 0, count: max(1, length))
      return
    }
    var values = [Double](repeating: 0, count: length)
    var places: [Double] = []
    for place in 0..<length {
      places.removeAll(keepingCapacity: true)
      var cell = (place - row.steps.lowerBound % length + length) % length
      while cell < row.values.count {
        if row.states[cell] == .observed { places.append(row.values[cell]) }
        cell += length
      }
      if places.count >= Self.leastCount, let median = places.median() {
        values[place] = median - level
      }
    }
    self.values = values
  }

  /// Returns the component of a step.
  subscript(step: Int) -> Double { values[step % values.count] }
}

extension Panel {
  /// Returns the given season length or, if it is `nil`, that of the calendar's frequency.
  func seasonLength(_ given: Int?, _ rule: String) -> Int {
    if let given, given < 1 {
      fatalError("\(rule): expected a season length of at least 1, got \(given)")
    }
    return given ?? calendar.frequency.seasonLength
  }
}
