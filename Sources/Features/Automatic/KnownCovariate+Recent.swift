extension KnownCovariate {
  /// Returns a Boolean value that indicates whether the column changes for the first time after a season
  /// or more, and less than a season before the end of a panel.
  ///
  /// Its effect can't be told from that of the season: the markdowns of Walmart's departments, which are
  /// known for 39 of 131 weeks, made an LSTM forecast 18 % too much, since a Christmas fell into these
  /// weeks.
  ///
  /// - Parameters:
  ///   - panel: The panel of the column.
  ///   - seasonLength: The length of a season, in steps.
  func isRecent(in panel: Panel, seasonLength: Int) -> Bool {
    let end = panel.calendar.count
    guard let first = rows.compactMap({ firstChange(ofRow: $0, before: end) }).min() else {
      return false
    }
    return first >= seasonLength && end - first < seasonLength
  }

  /// Returns the first step at which a row has another value than on its first step, or nil if it has
  /// the same value on all steps before an end.
  private func firstChange(ofRow row: Int, before end: Int) -> Int? {
    let steps = steps(of: row).clamped(to: .min..<end)
    let change: Int?
    switch kind {
    case .categorical:
      let codes = codes(row: row).prefix(steps.count)
      change = codes.firstIndex { $0 != codes.first }.map { $0 - codes.startIndex }
    case .numeric:
      let (numbers, missing) = numbers(row: row)
      let cells = zip(numbers, missing).prefix(steps.count).map { $1 ? nil : $0 }
      change = cells.firstIndex { $0 != cells[0] }
    }
    return change.map { steps.lowerBound + $0 }
  }
}
