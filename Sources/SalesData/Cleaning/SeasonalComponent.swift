/// What a series of a panel repeats season after season, in an additive and robust form: for each
/// place in the season the median of the observed values there, less the median of all.
///
/// Medians, and not means, so that what is looked for, such as an outlier, is not in what it is
/// compared with. A place with fewer than three observed values has a component of 0. A series that
/// mostly sells nothing has medians of 0, and so no component.
struct SeasonalComponent {
  /// The component of each place in the season; of step `t` that is `t` modulo the length.
  let values: [Double]

  /// The fewest values whose median says something of its place.
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

  /// The component of a step.
  subscript(step: Int) -> Double { values[step % values.count] }
}

extension Panel {
  /// A season's length as a rule was given it, or else that of the calendar.
  func seasonLength(_ given: Int?, _ rule: String) -> Int {
    if let given, given < 1 {
      fatalError("\(rule): expected a season length of at least 1, got \(given)")
    }
    return given ?? calendar.frequency.seasonLength
  }
}
