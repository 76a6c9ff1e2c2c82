/// Rows of features most of which are 0, in the compressed sparse row (CSR) form.
///
/// A row is a list of entries: a column, a value, and, for field-aware models, the field that the
/// column belongs to. Entries are ordered by column.
///
/// ```swift
/// var rows = SparseRows(columnCount: 5)                  // D = 5
/// rows.append([.init(column: 0), .init(column: 3, value: 0.5)])
/// rows.append([.init(column: 4)])
/// print(rows.count, rows.entryCount)                     // 2 3
/// ```
public struct SparseRows: Sendable, Equatable {
  /// A nonzero feature of a row.
  public struct Entry: Sendable, Hashable {
    /// The index of the feature, from 0.
    public var column: Int32
    /// The value of the feature.
    public var value: Float
    /// The index of the feature's field, from 0, such as that of "customer" or "item".
    public var field: Int32

    /// Creates an entry.
    public init(column: Int, value: Float = 1, field: Int = 0) {
      guard let column = Int32(exactly: column), let field = Int32(exactly: field) else {
        fatalError(
          "SparseRows.Entry: expected a column and a field of 32 bits, got \(column) and \(field)")
      }
      (self.column, self.value, self.field) = (column, value, field)
    }
  }

  /// The number of columns, D.
  public private(set) var columnCount: Int
  /// The number of fields, F.
  public private(set) var fieldCount: Int
  /// The index of the first entry of each row, followed by the number of entries, [N + 1].
  private(set) var starts = [0]
  private(set) var columns: [Int32] = []
  private(set) var values: [Float] = []
  private(set) var fields: [Int32] = []

  /// Creates an empty table. Stops the program if there are no fields or a negative number of
  /// columns.
  public init(columnCount: Int, fieldCount: Int = 1) {
    guard columnCount >= 0, fieldCount >= 1 else {
      fatalError(
        "SparseRows: expected at least 0 columns and 1 field, got \(columnCount) and \(fieldCount)")
    }
    self.columnCount = columnCount
    self.fieldCount = fieldCount
  }

  /// The number of rows, N.
  public var count: Int { starts.count - 1 }

  /// The number of entries of all rows.
  public var entryCount: Int { columns.count }

  /// The entries of a row, ordered by column.
  public subscript(row: Int) -> [Entry] {
    (starts[row]..<starts[row + 1]).map { index in
      Entry(column: Int(columns[index]), value: values[index], field: Int(fields[index]))
    }
  }

  /// Appends a row, whose entries can be in any order.
  ///
  /// Stops the program if a column or field is out of range, if a column occurs twice, or if a value
  /// is not finite.
  public mutating func append(_ entries: [Entry]) {
    let isSorted = zip(entries, entries.dropFirst()).allSatisfy { $0.column < $1.column }
    var previous: Int32 = -1
    for entry in isSorted ? entries : entries.sorted(by: { $0.column < $1.column }) {
      guard entry.column > previous, entry.column < columnCount, 0..<fieldCount ~= Int(entry.field),
        entry.value.isFinite
      else { Self.stop(at: entry, previous: previous, columnCount, fieldCount) }
      previous = entry.column
      columns.append(entry.column)
      values.append(entry.value)
      fields.append(entry.field)
    }
    starts.append(columns.count)
  }

  private static func stop(
    at entry: Entry, previous: Int32, _ columnCount: Int, _ fieldCount: Int
  ) -> Never {
    let expected = "expected columns in 0..<\(columnCount), each at most once, fields in "
    fatalError(
      "SparseRows.append: \(expected)0..<\(fieldCount), and finite values, got column "
        + "\(entry.column) after \(previous), field \(entry.field), value \(entry.value)")
  }

  /// Returns rows in the given order. Stops the program if one is out of range.
  public func gathered(_ rows: some Sequence<Int>) -> SparseRows {
    var result = SparseRows(columnCount: columnCount, fieldCount: fieldCount)
    for row in rows {
      let range = starts[row]..<starts[row + 1]
      result.columns += columns[range]
      result.values += values[range]
      result.fields += fields[range]
      result.starts.append(result.columns.count)
    }
    return result
  }

  /// Returns the rows scaled to a Euclidean norm of 1, as libffm and xLearn do by default. Rows of
  /// zeros are unchanged.
  public func normalized() -> SparseRows {
    var result = self
    for row in 0..<count {
      let range = starts[row]..<starts[row + 1]
      let norm = values[range].reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      if norm > 0 {
        for index in range { result.values[index] = Float(Double(values[index]) / norm) }
      }
    }
    return result
  }
}
