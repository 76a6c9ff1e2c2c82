import ArgumentParser
import Forecasting

/// How to forecast days on which the shop is closed.
enum ClosedDayForecasts: String, ExpressibleByArgument, CaseIterable {
  case zero
  case keep

  /// Returns the source from which a run learns the closed days.
  ///
  /// - Parameter isPrepared: A Boolean value that indicates whether the sales are a panel that
  ///   `foresight prepare` created.
  func source(isPrepared: Bool) -> ClosingSource {
    self == .keep ? .none : isPrepared ? .panel : .sales
  }
}
