/// Reads one covariate, row by row.
struct CovariateReader {
  let column: CovariateColumn
  private let place: Int
  private var numbers: [Float] = []
  private var codes: [Int32] = []
  private var names = IdentityTable()

  init(_ column: CovariateColumn, place: Int) {
    self.column = column
    self.place = place
  }

  /// Reads the value of the cursor's record.
  mutating func append(_ cursor: borrowing RecordCursor) throws(TableError) {
    switch column.kind {
    case .numeric:
      switch cursor.number(place) {
      case .number(let value): numbers.append(Float(value))
      case .missing: numbers.append(.nan)
      case .infinite, .unparsable:
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

  func isMissing(_ row: Int) -> Bool {
    column.kind == .numeric ? numbers[row].isNaN : codes[row] < 0
  }

  func isSame(_ row: Int, _ other: Int) -> Bool {
    column.kind == .numeric ? numbers[row] == numbers[other] : codes[row] == codes[other]
  }

  /// The value of a row that has one, as a message shows it.
  func text(_ row: Int) -> String {
    column.kind == .numeric ? "\(numbers[row])" : names.ids[Int(codes[row])]
  }

  /// The values of some rows; nothing is known where there is no row.
  func values(ofRows rows: [Int?]) -> CovariateValues {
    switch column.kind {
    case .numeric:
      .numbers(rows.map { row in row.flatMap { numbers[$0].isNaN ? nil : numbers[$0] } })
    case .categorical:
      .categories(categories(ofRows: rows))
    }
  }

  /// The categories of some rows; unknown where there is no row.
  func categories(ofRows rows: [Int?]) -> CategoryColumn {
    CategoryColumn(
      rows.map { $0.map { codes[$0] + 1 } ?? Vocabulary.unknown }, vocabulary: Vocabulary(names.ids)
    )
  }

  /// The values of all rows that have a cell of their own, among `count` cells.
  func values(at cells: [Int?], count: Int) -> CovariateValues {
    var rows = [Int?](repeating: nil, count: count)
    for (row, cell) in cells.enumerated() {
      if let cell { rows[cell] = row }
    }
    return values(ofRows: rows)
  }
}
