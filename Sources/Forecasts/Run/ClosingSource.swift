/// The source from which a run obtains the steps at which the shop or a series is closed.
public enum ClosingSource: Sendable {
  /// No source: all steps are forecast alike.
  case none
  /// The panel, which was prepared.
  case panel
  /// The sales, in which closed days are detected.
  case sales

  /// Returns a panel with the days on which its shop is closed, and with the values of known columns at which
  /// its series are.
  ///
  /// Those detected in a history don't depend on later sales. The values are detected in prepared panels,
  /// too.
  public func closed(_ panel: Panel) -> Panel {
    switch self {
    case .none: panel.closed(on: ClosingCalendar())
    case .panel: panel.closed(on: panel.closing, at: ClosingValueFinder().find(in: panel))
    case .sales:
      panel.closed(
        on: ClosedDayFinder().find(in: panel).closing, at: ClosingValueFinder().find(in: panel))
    }
  }
}
