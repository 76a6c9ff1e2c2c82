/// A panel with the columns of a further table, and what became of the table's rows.
public struct CovariateTable: Sendable {
  /// The panel with the columns.
  public let panel: Panel
  /// What became of the rows.
  public let report: CovariateReport
}

/// What became of the rows of a table of covariates. `rowsRead == rowsUsed + rowsSetAside` always holds.
public struct CovariateReport: Equatable, Sendable, Codable {
  /// What errors call the table.
  public package(set) var source = ""
  /// Rows below the header; lines with nothing in them are no rows.
  public package(set) var rowsRead = 0
  /// Rows that are about a step of a series of the panel, or about a series as such.
  public package(set) var rowsUsed = 0
  /// The other rows, by reason, in the order in which a reason was met first.
  public package(set) var setAside: [SetAsideRows] = []
  /// The columns that the panel has got.
  public package(set) var columns: [Column] = []
  /// The forms of dates and numbers that are not the usual ones, as texts.
  public package(set) var conventions: [String] = []
  /// What was left out of the table.
  public package(set) var table = TableNotes()

  /// Rows that are not used, for whatever reason.
  public var rowsSetAside: Int { setAside.rowCount + table.rowsFiltered }

  /// A column that the panel has got.
  public struct Column: Equatable, Sendable, Codable {
    /// Its name.
    public let name: String
    /// What is known of it, and when.
    public let role: CovariateRoleName
    /// The values that the panel has of it: a value a series, or a value for each step that series
    /// cover and, where it is known ahead, for the steps after them; shared ones once.
    public let values: Int
    /// How many of them are missing: no row is about them, or the row has no value.
    public let missing: Int
    /// For how many steps after the panel's end it reaches.
    public let futureSteps: Int
  }
}

extension CovariateReport: CustomStringConvertible {
  /// The table, a line for each sum and reason, a line for each column, and a line for each note.
  public var description: String {
    let sums = [
      "\(source): \(rowsRead.counted("row")) read, \(rowsUsed) used, \(rowsSetAside) set aside"
    ]
    let columns = columns.map { column in
      let reach = column.futureSteps > 0 ? ", \(column.futureSteps.counted("step")) ahead" : ""
      return
        "  \(column.name): \(column.values.counted("value")), \(column.missing) missing\(reach)"
    }
    return
      (sums + setAside.map { "  \($0)" } + columns + (conventions + table.lines).map { "  \($0)" })
      .joined(
        separator: "\n")
  }
}
