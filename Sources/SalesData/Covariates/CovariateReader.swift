/// A reader of a single covariate, row by row.
struct CovariateReader {
  let column: CovariateColumn
  private let place: Int
  private var numbers = CompactNumbers()
  private var codes: [Int32] = []
  private var names = IdentityTable()

  /// Creates a reader.
  ///
  /// - Parameter merges: A Boolean value that indicates whether categories that differ only in
  ///   their spelling are merged.
  init(_ column: CovariateColumn, place: Int, merges: Bool = false) {
    self.column = column
    self.place = place
    names = IdentityTable(merges: merges)
  }

  /// Reads the value of the cursor's record.
  mutating func append(_ cursor: borrowing RecordCursor) throws(TableError) {
    switch column.kind {
    case .numeric:
      switch cursor.number(place) {
      case .number(let value): numbers.append(value)
      case .missing: numbers.append(.nan)
      case .infinite, .unparsable, .undecided, .otherUnit:
        throw cursor.error(cursor.numberFault(place), column: place)
      }
    case .categorical:
      let text = cursor.record[place].trimmed
      guard let code = text.isEmpty ? -1 : names.number(of: text) else {
        throw cursor.error(.invalidUTF8, column: place)
      }
      codes.append(Int32(code))
    }
  }

  /// Removes the most recently read value.
  mutating func removeLast() {
    if column.kind == .numeric { numbers.removeLast() } else { codes.removeLast() }
  }

  /// Assigns the value of a row to another row that has none. Returns `false` if both rows have
  /// values that differ.
  mutating func merge(_ row: Int, into first: Int) -> Bool {
    if isMissing(row) { return true }
    if !isMissing(first) { return isSame(first, row) }
    if column.kind == .numeric { numbers[first] = numbers[row] } else { codes[first] = codes[row] }
    return true
  }

  /// Removes the values of all other rows.
  mutating func keep(_ rows: [Int]) {
    if column.kind == .numeric {
      numbers = numbers.selecting(rows)
    } else {
      codes = rows.map { codes[$0] }
    }
  }

  func isMissing(_ row: Int) -> Bool {
    column.kind == .numeric ? numbers[row].isNaN : codes[row] < 0
  }

  func isSame(_ row: Int, _ other: Int) -> Bool {
    column.kind == .numeric ? numbers[row] == numbers[other] : codes[row] == codes[other]
  }

  /// Returns the value of a row with a value, as shown in messages.
  func text(_ row: Int) -> String {
    column.kind == .numeric ? "\(numbers[row])" : names.ids[Int(codes[row])]
  }

  /// Returns the values of the given rows. Values at ``noRow`` are missing.
  func values(ofRows rows: [Int32]) -> CovariateValues {
    guard column.kind == .numeric else { return .categories(categories(ofRows: rows)) }
    return .numbers(NumberColumn(numbers, at: rows))
  }

  /// Returns the categories of the given rows, in canonical order. Categories at ``noRow`` are
  /// unknown.
  func categories(ofRows rows: [Int32]) -> CategoryColumn {
    let order = IdentityOrder(names.ids)
    let ordered = rows.map { row in
      row == Self.noRow || codes[Int(row)] < 0
        ? Vocabulary.unknown : order.places[Int(codes[Int(row)])] + 1
    }
    return CategoryColumn(ordered, vocabulary: Vocabulary(order.ids))
  }

  /// The placeholder for a missing row.
  static let noRow: Int32 = -1
}
