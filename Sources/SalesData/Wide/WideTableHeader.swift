/// The step columns of a wide table and the length of the steps.
struct WideTableHeader {
  /// The step columns, and the step of the first of them.
  let columns: Range<Int>
  let firstStep: Int
  /// The length of a step.
  let frequency: Frequency
  /// The labels of the steps.
  let labels: StepLabels
  /// The running number of the first column's step, or `nil` if columns are numbered.
  let firstNumber: Int?
  /// Descriptions of unusual formats of the column names, for reports.
  let conventions: [String]

  init(_ names: ColumnNames, _ reader: WideTableReader) throws(TableError) {
    let others = reader.identity + reader.categories + reader.filters.map(\.column)
    switch reader.steps {
    case .numbered(let prefix, let zero):
      let numbers = names.names.map { others.contains($0) ? nil : Self.number($0, prefix) }
      columns = try Self.unbroken(numbers, names, example: "\(prefix)\(zero)") { "\(prefix)\($0)" }
      firstStep = numbers[columns.lowerBound]! - zero
      guard firstStep >= 0 else {
        throw names.error(
          .stepColumnOutOfOrder(
            name: names.names[columns.lowerBound], expected: "\(prefix)\(zero)"))
      }
      (frequency, labels, firstNumber, conventions) = (
        reader.policy.frequency ?? .day, .firstDays, nil, []
      )
    case .dates(let format):
      let dates = try StepDates(names, format, reader, others: others)
      let frequency = dates.frequency
      columns = try Self.unbroken(dates.numbers, names, example: format.pattern) {
        frequency.firstDay(ofStep: $0).text(hour: frequency.hour(ofStep: $0))
      }
      firstStep = 0
      firstNumber = dates.numbers[columns.lowerBound]!
      self.frequency = frequency
      labels = dates.labels
      conventions = dates.conventions
    }
  }

  /// Returns the columns from the first step to the last. Their numbers must increase by one.
  private static func unbroken(
    _ numbers: [Int?], _ names: ColumnNames, example: String, _ name: (Int) -> String
  ) throws(TableError) -> Range<Int> {
    guard let first = numbers.firstIndex(where: { $0 != nil }) else {
      throw names.error(.noStepColumns(expected: example, present: names.names))
    }
    let last = numbers.lastIndex { $0 != nil }!
    for place in first...last where numbers[place] != numbers[first]! + place - first {
      throw names.error(
        .stepColumnOutOfOrder(
          name: names.names[place], expected: name(numbers[first]! + place - first)))
    }
    return first..<last + 1
  }

  /// Returns the number in a step column's name, or `nil` for other columns.
  private static func number(_ name: String, _ prefix: String) -> Int? {
    guard name.hasPrefix(prefix) else { return nil }
    let digits = name.dropFirst(prefix.count)
    guard !digits.isEmpty, digits.count <= 9, digits.utf8.allSatisfy({ $0.decimalDigit != nil })
    else { return nil }
    return Int(digits)
  }
}
