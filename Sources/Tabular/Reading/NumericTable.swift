import Safetensors

/// Columns of numbers from a delimited table, for regression.
public struct NumericTable: Sendable, Equatable {
  /// The counts of rows read, kept, and dropped. `rowsRead == rowsKept + rowsDropped` always holds.
  public struct Report: Sendable, Equatable {
    /// The number of rows below the header, not counting empty lines.
    public internal(set) var rowsRead = 0
    /// The number of rows that were dropped because a column has no value.
    public internal(set) var rowsDropped = 0
    /// Descriptions of unusual number formats in the table.
    public internal(set) var conventions: [String] = []
    /// The number of missing values of each column over all rows, in the order of the columns.
    public internal(set) var missingValues: [Int]

    /// The number of rows in the table.
    public var rowsKept: Int { rowsRead - rowsDropped }
  }

  /// The names of the columns.
  public let columns: [String]
  /// The counts of rows read, kept, and dropped.
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

  /// Returns some of the columns, in the order of the names, with shape [N, F] for F names.
  ///
  /// Stops the program if the table has no column of a given name.
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
  /// A line such as `12 rows read, 11 kept, 1 dropped for a missing value`, followed by a line for
  /// each unusual number format.
  public var description: String {
    let dropped = rowsDropped == 0 ? "" : ", \(rowsDropped) dropped for a missing value"
    let counts = "\(rowsRead.counted("row")) read, \(rowsKept) kept\(dropped)"
    return ([counts] + conventions).joined(separator: "\n")
  }
}
