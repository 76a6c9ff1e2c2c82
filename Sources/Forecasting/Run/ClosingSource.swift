/// Where a run learns on which days the shop is closed.
public enum ClosingSource: Sendable {
  /// From nowhere: all days are forecast alike.
  case none
  /// From the panel, which was prepared.
  case panel
  /// From the sales, in which closed days are found.
  case sales

  /// Returns the days on which the shop of a panel is closed. What is found in a history owes nothing to what
  /// comes after it.
  public func closing(of panel: Panel) -> ClosingCalendar {
    switch self {
    case .none: ClosingCalendar()
    case .panel: panel.closing
    case .sales: ClosedDayFinder().find(in: panel).closing
    }
  }
}
