import ArgumentParser
import Forecasting

/// How to forecast days on which the shop is closed.
enum ClosedDayForecasts: String, ExpressibleByArgument, CaseIterable {
  case zero
  case keep

  /// Where a run learns which days these are.
  ///
  /// - Parameter isPrepared: Whether the sales are a panel that `foresight prepare` made.
  func source(isPrepared: Bool) -> ClosingSource {
    self == .keep ? .none : isPrepared ? .panel : .sales
  }
}
