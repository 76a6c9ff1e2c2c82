/// An error that explains why two panels can't be combined, and how to fix it.
public enum PanelJoinError: Error, Equatable {
  /// The panels have different calendars.
  case otherCalendar(RegularCalendar, expected: RegularCalendar)
  /// A series is in both of the panels to append.
  case seriesInBoth(id: String)
  /// A series is in only one of the panels to join.
  case seriesInOne(id: String)
  /// A column is in both of the panels to join.
  case columnInBoth(name: String)
  /// A column is in only one of the panels to append.
  case columnInOne(name: String)
  /// A column has another role, kind, or extent in the other panel, or is shared by all series of
  /// each panel but has different values.
  case otherColumn(name: String)
}

extension PanelJoinError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .otherCalendar(let found, let expected):
      "one panel has \(expected.extent), the other \(found.extent); slice or aggregate them to the same"
    case .seriesInBoth(let id):
      "both panels have a series \(id.debugDescription); leave it out of one"
    case .seriesInOne(let id):
      "only one of the panels has a series \(id.debugDescription); select the same of both"
    case .columnInBoth(let name):
      "both panels have a covariate \(name.debugDescription); remove it from one"
    case .columnInOne(let name):
      "only one of the panels has a covariate \(name.debugDescription); remove it, or add it to the "
        + "other"
    case .otherColumn(let name):
      "covariate \(name.debugDescription) differs between the panels in its role, its kind, how far "
        + "it is known, or in values that all series share; make it the same, or remove it"
    }
  }
}

extension RegularCalendar {
  fileprivate var extent: String {
    "\(count) steps of \(frequency.withArticle) from \(start.text(hour: hour(at: 0)))"
  }
}
