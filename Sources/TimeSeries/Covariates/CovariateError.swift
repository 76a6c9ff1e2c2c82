/// Why a panel does not have what is asked of it, and how to mend it.
public enum CovariateError: Error, Equatable {
  /// No column of that name has the role; `present` are those that have.
  case noSuchColumn(String, role: CovariateRoleName, present: [String])
  /// The column has another role.
  case otherRole(column: String, asked: CovariateRoleName, found: CovariateRoleName)
  /// The column holds numbers where categories are asked for, or the other way round.
  case otherKind(column: String, asked: CovariateKind)
  /// The column has no value of the series there; the date is nil for a static one.
  case missing(column: String, id: String, date: CalendarDate?)
  /// A past-only column is asked for after the end of the panel.
  case notYetKnown(column: String, id: String, date: CalendarDate)
  /// A known-future column is asked for beyond the last step that it is known for.
  case beyondReach(column: String, id: String, date: CalendarDate, futureSteps: Int)
  /// The column's vocabulary has no such category.
  case noSuchCategory(column: String, name: String)
  /// The panel has no such series.
  case noSuchSeries(id: String)
}

/// The role of a covariate, for messages and files.
public enum CovariateRoleName: String, Codable, Sendable, CaseIterable {
  /// One value a series.
  case `static`
  /// A value a step, known up to the end of the panel.
  case past
  /// A value a step, known beyond the end of the panel.
  case known
}

extension CovariateError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noSuchColumn(let name, let role, let present):
      "the panel has no \(role.text) covariate \(name.debugDescription); it has "
        + (present.isEmpty ? "none" : present.map(\.debugDescription).joined(separator: ", "))
    case .otherRole(let name, let asked, let found):
      "covariate \(name.debugDescription) is \(found.text), but is asked for as \(asked.text)"
        + (found == .past && asked == .known
          ? "; its future is not known, so forecast without it" : "")
    case .otherKind(let name, let asked):
      "covariate \(name.debugDescription) is asked for as \(asked.rawValue), and is not"
    case .missing(let name, let id, let date):
      "covariate \(name.debugDescription) of series \(id.debugDescription) is missing"
        + (date.map { " on \($0)" } ?? "") + "; fill it, or leave the column out"
    case .notYetKnown(let name, let id, let date):
      "covariate \(name.debugDescription) of series \(id.debugDescription) is asked for on \(date), "
        + "after the panel's end, but is known in the past only"
    case .beyondReach(let name, let id, let date, let futureSteps):
      "covariate \(name.debugDescription) of series \(id.debugDescription) is asked for on \(date), "
        + "but is known for \(futureSteps.counted("step")) after the panel's end; add what is known "
        + "later, take a greater lag, or shorten the horizon"
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
