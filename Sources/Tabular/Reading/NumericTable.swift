import Safetensors

/// Columns of numbers from a delimited table: what a regression learns from.
public struct NumericTable: Sendable, Equatable {
  /// What became of the rows. `rowsRead == rowsKept + rowsDropped` always holds.
  public struct Report: Sendable, Equatable {
    /// Rows below the header; lines with nothing in them are no rows.
    public internal(set) var rowsRead = 0
    /// Rows that lack a value in one of the columns, and are not in the table.
    public internal(set) var rowsDropped = 0
    /// The forms of numbers that are not the usual ones, as texts.
    public internal(set) var conventions: [String] = []
    /// How many values each column lacks over all rows, in the order of the columns.
    public internal(set) var missingValues: [Int]

    /// Rows that are in the table.
    public var rowsKept: Int { rowsRead - rowsDropped }
  }

  /// The names of the columns.
  public let columns: [String]
  /// What became of the rows.
  public let report: Report
  /// The values, row-major [N, F].
  private let values: Tensor<Float>

  init(columns: [String], report: Report, values: [Float]) {
    self.columns = columns
    self.report = report
    self.values = Tensor(shape: [report.rowsKept, columns.count], scalars: values)
  }

  /// The number of rows, N.
  public var rowCount: Int { report.rowsKept }

  /// Some of the columns, in the order of the names: [N, F] for F names.
  ///
  /// Stops the program if the table has no column of a name.
  public subscript(names: String...) -> Tensor<Float> {
    let places = names.map { name in
      guard let place = columns.firstIndex(of: name) else {
        fatalError("NumericTable: expected one of the columns \(columns), got \"\(name)\"")
      }
      return place
    }
    return values.gathered(at: places, axis: 1)
  }
}

extension NumericTable.Report: CustomStringConvertible {
  /// A line such as `12 rows read, 11 kept, 1 dropped for a missing value`, and one for each form of
  /// numbers that is not the usual one.
  public var description: String {
    let dropped = rowsDropped == 0 ? "" : ", \(rowsDropped) dropped for a missing value"
    let counts = "\(rowsRead.counted("row")) read, \(rowsKept) kept\(dropped)"
    return ([counts] + conventions).joined(separator: "\n")
  }
}
