/// What is known of the days to come: when the shop is closed, and which series are not on sale.
extension Panel {
  /// Returns the panel of a shop that is closed on some days. Forecasts of them are 0.
  ///
  /// The values of the panel stay as they are; ``ClosedDayRule`` makes gaps of zeros on closed days.
  public func closed(on closing: ClosingCalendar) -> Panel {
    var panel = self
    panel.closing = closing
    return panel
  }

  /// Returns whether a series may be sold after the panel's end.
  ///
  /// It may not if a cleaning rule found that it was discontinued before, or not sold yet: see
  /// ``TrailingZeroRule`` and ``LeadingZeroRule``.
  public func isOnSale(_ index: Int) -> Bool {
    if let end = saleEnds[ids[index]], end <= origin + calendar.count { return false }
    return !(startsAtLaunch && steps(at: index).isEmpty)
  }

  /// The places of the series that may be sold after the panel's end.
  public var onSale: [Int] { ids.indices.filter(isOnSale) }

  /// Returns the panel of series that begin with their first sale.
  package func startingAtLaunch() -> Panel {
    var panel = self
    panel.startsAtLaunch = true
    return panel
  }

  /// Returns the panel with series that are not sold from some step of the calendar on.
  package func endingSales(_ ends: [String: Int]) -> Panel {
    var panel = self
    for (id, end) in ends { panel.saleEnds[id] = end + origin }
    return panel
  }
}
