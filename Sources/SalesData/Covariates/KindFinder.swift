/// A search for the kind of a column's values, by its first fields.
struct KindFinder {
  private var numberCount = 0
  private var textCount = 0
  /// The error of the first value that is not a valid number.
  private(set) var firstError: TableError?

  /// The number of values that determine the kind.
  private static let limit = 1_000

  /// Takes a field of the column, which the cursor read as a number.
  mutating func add(_ number: NumberField, _ cursor: borrowing RecordCursor, _ place: Int) {
    switch number {
    case .missing: return
    case .unparsable: textCount += 1
    case .number, .infinite, .undecided, .otherUnit: numberCount += 1
    }
    if firstError == nil, number.valueOrNaN == nil {
      firstError = cursor.error(cursor.numberFault(place), column: place)
    }
  }

  /// A Boolean value that indicates whether further values do not change the kind.
  var isDone: Bool { numberCount + textCount == Self.limit }

  /// The kind by the values so far: numeric if at least half of them are numbers.
  var kind: CovariateKind { numberCount >= textCount ? .numeric : .categorical }
}

extension NumberField {
  /// The value, NaN if it is missing, or `nil` if the field does not hold a valid number.
  var valueOrNaN: Double? {
    switch self {
    case .number(let value): value
    case .missing: .nan
    case .infinite, .unparsable, .undecided, .otherUnit: nil
    }
  }
}
