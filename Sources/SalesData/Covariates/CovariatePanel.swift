/// A panel with the columns of a covariate table, and a report on the table's rows.
public struct CovariatePanel: Sendable {
  /// The panel with the columns.
  public let panel: Panel
  /// The report on the rows.
  public let report: CovariateReport
}

/// A report on the rows of a covariate table. `rowsRead == rowsUsed + rowsSetAside` always holds.
public struct CovariateReport: Equatable, Sendable, Codable {
  /// The name of the table in errors.
  public package(set) var source = ""
  /// The number of rows below the header, not counting empty lines.
  public package(set) var rowsRead = 0
  /// The number of rows that apply to a series, or a step of a series, of the panel.
  public package(set) var rowsUsed = 0
  /// The other rows by reason, in the order in which the reasons first occurred.
  public package(set) var setAside: [SetAsideRows] = []
  /// The columns that were added to the panel.
  public package(set) var columns: [Column] = []
  /// Descriptions of unusual date and number formats.
  public package(set) var conventions: [String] = []
  /// The parts of the table that were left out.
  public package(set) var table = TableNotes()

  /// The number of rows that are not used for any reason.
  public var rowsSetAside: Int { setAside.rowCount + table.rowsFiltered }

  /// A column that was added to the panel.
  public struct Column: Equatable, Sendable, Codable {
    /// The name of the column.
    public let name: String
    /// The role of the column, which determines when it is known.
    public let role: CovariateRoleName
    /// The number of values in the panel: one for each series, or one for each step that series
    /// cover and, if the column is known ahead, for the steps after them. Shared values count once. Of a plan,
    /// only the values for the steps after the panel's end count.
    public let values: Int
    /// The number of missing values, because there is no row for them or the row has no value.
    public let missing: Int
    /// The number of steps after the panel's end for which the column is known.
    public let futureSteps: Int
  }
}

extension CovariateReport: CustomStringConvertible {
  /// The table, with a line for the sums, each reason, each column, and each note.
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
