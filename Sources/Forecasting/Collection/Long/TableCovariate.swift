/// The values of a covariate beside a panel.
///
/// A static one has a value for each series. The others have one for each step of each series, series
/// after series, as a panel holds its values: the first series' steps, then the second's, and so on.
public struct TableCovariate: Equatable, Sendable {
  /// The name, the role and the kind.
  public let column: CovariateColumn
  /// The values.
  public let values: Values

  /// What a covariate is made of.
  public enum Values: Equatable, Sendable {
    /// Numbers; NaN where none is known.
    case numbers([Float])
    /// Places in `names`; −1 where nothing is known. The names are in the order of their first rows.
    case categories(codes: [Int32], names: [String])
  }
}

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
    case .number:
      switch cursor.number(place) {
      case .number(let value): numbers.append(Float(value))
      case .missing: numbers.append(.nan)
      case .infinite, .unparsable:
        throw cursor.error(cursor.numberFault(place), column: place)
      }
    case .category:
      let text = cursor.record[place].trimmed
      guard let code = text.isEmpty ? -1 : names.number(of: text) else {
        throw cursor.error(.invalidUTF8, column: place)
      }
      codes.append(Int32(code))
    }
  }

  func isMissing(_ row: Int) -> Bool {
    column.kind == .number ? numbers[row].isNaN : codes[row] < 0
  }

  func isSame(_ row: Int, _ other: Int) -> Bool {
    column.kind == .number ? numbers[row] == numbers[other] : codes[row] == codes[other]
  }

  /// The value of a row that has one, as a message shows it.
  func text(_ row: Int) -> String {
    column.kind == .number ? "\(numbers[row])" : names.ids[Int(codes[row])]
  }

  /// The values of some rows; nothing is known where there is no row.
  func values(ofRows rows: [Int?]) -> TableCovariate {
    TableCovariate(
      column: column,
      values: column.kind == .number
        ? .numbers(rows.map { $0.map { numbers[$0] } ?? .nan })
        : .categories(codes: rows.map { $0.map { codes[$0] } ?? -1 }, names: names.ids))
  }

  /// The values of all rows, each in a cell of its own among `count`.
  func values(at cells: [Int], count: Int) -> TableCovariate {
    var rows = [Int?](repeating: nil, count: count)
    for (row, cell) in cells.enumerated() { rows[cell] = row }
    return values(ofRows: rows)
  }
}
