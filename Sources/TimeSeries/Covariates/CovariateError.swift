/// An error that occurs when a panel lacks a requested covariate, value, or series. Its description
/// says how to fix it.
public enum CovariateError: Error, Equatable {
  /// No column of that name has the role. `present` lists the columns that do.
  case noSuchColumn(String, role: CovariateRoleName, present: [String])
  /// The column has another role.
  case otherRole(column: String, asked: CovariateRoleName, found: CovariateRoleName)
  /// The column holds numbers but categories were requested, or the other way around.
  case otherKind(column: String, asked: CovariateKind)
  /// A series has no value in the column. The date is `nil` for a static column, and the hour unless
  /// steps are hours.
  case missing(column: String, id: String, date: CalendarDate?, hour: Int? = nil)
  /// A past-only column was requested after the end of the panel.
  case notYetKnown(column: String, id: String, date: CalendarDate, hour: Int? = nil)
  /// A known-future column was requested after the last step for which it is known.
  case beyondReach(
    column: String, id: String, date: CalendarDate, hour: Int? = nil, futureSteps: Int)
  /// Two sources of a column have different values for a step.
  case conflict(
    column: String, id: String, date: CalendarDate, hour: Int? = nil, own: String, given: String)
  /// The column's vocabulary does not contain the category.
  case noSuchCategory(column: String, name: String)
  /// The panel does not contain the series.
  case noSuchSeries(id: String)
}

/// The role of a covariate, for messages and files.
public enum CovariateRoleName: String, Codable, Sendable, CaseIterable {
  /// One value for each series.
  case `static`
  /// One value for each step, known up to the end of the panel.
  case past
  /// One value for each step, known beyond the end of the panel.
  case known
}

extension CovariateError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noSuchColumn(let name, let role, let present):
      "the panel has no \(role.text) covariate \(name.debugDescription); it has "
        + (present.isEmpty ? "none" : present.map(\.debugDescription).joined(separator: ", "))
    case .otherRole(let name, let asked, let found):
      "covariate \(name.debugDescription) is \(found.text), but is requested as \(asked.text)"
        + (found == .past && asked == .known
          ? "; its future is not known, so forecast without it" : "")
    case .otherKind(let name, let asked):
      "covariate \(name.debugDescription) is requested as \(asked.rawValue), but is not \(asked.rawValue)"
    case .missing(let name, let id, let date, let hour):
      "covariate \(name.debugDescription) of series \(id.debugDescription) is missing"
        + (date.map { " on \($0.text(hour: hour))" } ?? "") + "; fill it, or leave the column out"
    case .notYetKnown(let name, let id, let date, let hour):
      "covariate \(name.debugDescription) of series \(id.debugDescription) is requested on "
        + "\(date.text(hour: hour)), after the panel's end, but is known only in the past"
    case .beyondReach(let name, let id, let date, let hour, let futureSteps):
      "covariate \(name.debugDescription) of series \(id.debugDescription) is requested on "
        + "\(date.text(hour: hour)), but is known for \(futureSteps.counted("step")) after the panel's end; add the later "
        + "values, use a greater lag, or shorten the horizon"
    case .conflict(let name, let id, let date, let hour, let own, let given):
      "covariate \(name.debugDescription) of series \(id.debugDescription) on \(date.text(hour: hour)) is "
        + "\(own) in the sales, but \(given) in the plan; correct one of them"
    case .noSuchCategory(let column, let name):
      "covariate \(column.debugDescription) has no category \(name.debugDescription)"
    case .noSuchSeries(let id):
      "the panel has no series \(id.debugDescription)"
    }
  }
}

extension CovariateRoleName {
  fileprivate var text: String {
    switch self {
    case .static: "static"
    case .past: "past-only"
    case .known: "known-future"
    }
  }
}
