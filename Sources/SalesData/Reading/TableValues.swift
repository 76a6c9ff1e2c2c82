/// A report that counts the handling of negative values.
protocol NegativeValueCounts {
  var negativesClipped: Int { get set }
  var negativesKept: Int { get set }
}

extension RecordCursor {
  /// Returns the value in a field of the current record, or `nil` if it is missing. `policy`
  /// determines how to handle a negative value, which is counted.
  func value(
    _ field: Int, _ policy: ReadingPolicy.NegativeValues,
    _ counts: inout some NegativeValueCounts
  ) throws(TableError) -> Double? {
    switch number(field) {
    case .missing: return nil
    case .number(let value) where value < 0:
      switch policy {
      case .reject: throw error(.negativeNumber(text: record.text(field)), column: field)
      case .clip:
        counts.negativesClipped += 1
        return 0
      case .keep:
        counts.negativesKept += 1
        return value
      }
    case .number(let value): return value
    case .infinite, .unparsable, .undecided, .otherUnit:
      throw error(numberFault(field), column: field)
    }
  }
}
