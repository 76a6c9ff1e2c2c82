import ArgumentParser
import Forecasting

/// How to forecast days on which the shop is closed.
enum ClosedDayForecasts: String, ExpressibleByArgument, CaseIterable {
  case zero
  case keep
}

/// Where it is known from when the shop is closed.
enum ClosingSource {
  /// It is not asked: all days are forecast alike.
  case none
  /// From the panel, which was prepared.
  case panel
  /// From the sales, in which closed days are found.
  case sales

  init(_ closedDays: ClosedDayForecasts, isPrepared: Bool) {
    self = closedDays == .keep ? .none : isPrepared ? .panel : .sales
  }

  /// Returns the days on which the shop of a panel is closed. What is found in a history owes nothing to
  /// what comes after it.
  func closing(of panel: Panel) -> ClosingCalendar {
    switch self {
    case .none: ClosingCalendar()
    case .panel: panel.closing
    case .sales: ClosedDayFinder().find(in: panel).closing
    }
  }
}
