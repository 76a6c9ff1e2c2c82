/// The source from which a run obtains the days on which the shop is closed.
public enum ClosingSource: Sendable {
  /// No source: all days are forecast alike.
  case none
  /// The panel, which was prepared.
  case panel
  /// The sales, in which closed days are detected.
  case sales

  /// Returns the days on which the shop of a panel is closed. Days detected in a history don't
  /// depend on later sales.
  public func closing(of panel: Panel) -> ClosingCalendar {
    switch self {
    case .none: ClosingCalendar()
    case .panel: panel.closing
    case .sales: ClosedDayFinder().find(in: panel).closing
    }
  }
}
