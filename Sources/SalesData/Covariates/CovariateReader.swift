/// A reader of a single covariate, row by row.
struct CovariateReader {
  private(set) var column: CovariateColumn
  private let place: Int
  private var numbers = CompactNumbers()
  private var codes: [Int32] = []
  private var names = IdentityTable()
  /// The search for the kind of the column, or `nil` if the schema declares it.
  private var finder: KindFinder?

  /// Creates a reader.
  ///
  /// - Parameter merges: A Boolean value that indicates whether categories that differ only in
  ///   their spelling are merged.
  init(_ column: CovariateColumn, place: Int, merges: Bool = false) {
    self.column = column
    self.place = place
    names = IdentityTable(merges: merges)
    finder = column.kind == nil ? KindFinder() : nil
  }

  /// Reads the value of the cursor's record.
  mutating func append(_ cursor: borrowing RecordCursor) throws(TableError) {
    switch column.kind {
    case .numeric:
      guard let number = cursor.number(place).valueOrNaN else {
        throw cursor.error(cursor.numberFault(place), column: place)
      }
      numbers.append(number)
    case .categorical:
      try appendCategory(cursor)
    case nil:
      // Until the kind is known, the reader keeps both readings of each value.
      try appendCategory(cursor)
      let number = cursor.number(place)
      numbers.append(number.valueOrNaN ?? .nan)
      finder!.add(number, cursor, place)
      if finder!.isDone { decideKind() }
    }
  }

  private mutating func appendCategory(_ cursor: borrowing RecordCursor) throws(TableError) {
    let text = cursor.record[place].trimmed
    guard let code = text.isEmpty ? -1 : names.number(of: text) else {
      throw cursor.error(.invalidUTF8, column: place)
    }
    codes.append(Int32(code))
  }

  /// Decides on the kind of the column, after all rows have been read.
  ///
  /// - Throws: A `TableError` for the first text in a column that turned out to be numeric.
  mutating func finish() throws(TableError) {
    if column.kind == nil { decideKind() }
    if column.kind == .numeric, let error = finder?.firstError { throw error }
  }

  /// Keeps one of the readings of the values.
  private mutating func decideKind() {
    column.kind = finder!.kind
    if column.kind == .numeric {
      (codes, names) = ([], IdentityTable())
    } else {
      numbers = CompactNumbers()
    }
  }

  /// A description of the kind if it was detected, for reports.
  var convention: String? {
    guard finder != nil else { return nil }
    let examples = names.ids.prefix(3).map(excerpt).joined(separator: ", ")
    return column.kind == .numeric
      ? "\(column.column): read as numbers"
      : "\(column.column): read as categories, such as \(examples)"
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
