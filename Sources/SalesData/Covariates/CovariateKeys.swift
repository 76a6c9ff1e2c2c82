/// By which columns the rows of a further table say which series they are about.
public enum SeriesKey: Equatable, Sendable {
  /// By none: every row is about all series, as a calendar's events are.
  case all
  /// By the columns that together spell the identity, with what joins them.
  case identity([String], separator: String = "/")
  /// By columns that agree with static columns of the panel, such as item and store: a row is about
  /// all series that have its categories.
  case columns([KeyColumn])

  /// A column of a table, and the static column of the panel that it agrees with.
  public struct KeyColumn: Equatable, Sendable {
    /// The name of the table's column.
    public var column: String
    /// The name of the panel's static column.
    public var covariate: String

    /// A key; without a name of the panel's column that is the same.
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

/// By which column the rows of a further table say which steps they are about.
public enum TimeKey: Sendable {
  /// By none: a row is about its series as such, and its values are static.
  case none
  /// By a date; a row is about the step that holds it.
  case date(String, DateFormat = .automatic)
  /// By the label of a period, of which the days are known; a row is about all steps in it.
  case period(String, PeriodLabels)

  /// The name of the table's column.
  var name: String? {
    switch self {
    case .none: nil
    case .date(let name, _), .period(let name, _): name
    }
  }
}
