/// The columns by which a covariate table identifies the series of its rows.
public enum SeriesKey: Equatable, Sendable {
  /// No columns. Every row applies to all series, like the events of a calendar.
  case all
  /// The columns that together form the identity, and their separator.
  case identity([String], separator: String = "/")
  /// Columns that match static columns of the panel, such as item and store. A row applies to all
  /// series with its categories.
  case columns([KeyColumn])

  /// A column of a table and the static column of the panel that it matches.
  public struct KeyColumn: Equatable, Sendable {
    /// The name of the table's column.
    public var column: String
    /// The name of the panel's static column.
    public var covariate: String

    /// Creates a key column. By default, the panel's column has the same name.
    public init(_ column: String, covariate: String? = nil) {
      self.column = column
      self.covariate = covariate ?? column
    }
  }

  /// The names of the table's columns.
  var names: [String] {
    switch self {
    case .all: []
    case .identity(let names, _): names
    case .columns(let columns): columns.map(\.column)
    }
  }
}

/// The column by which a covariate table identifies the steps of its rows.
public enum TimeKey: Sendable {
  /// No column. The values of a row are static.
  case none
  /// A date. A row applies to the step that contains it.
  case date(String, DateFormat = .automatic)
  /// The label of a period with known days. A row applies to all steps in the period.
  case period(String, PeriodLabels)

  /// The name of the table's column.
  var name: String? {
    switch self {
    case .none: nil
    case .date(let name, _), .period(let name, _): name
    }
  }
}
