/// Facts about the days after the panel: which series aren't on sale.
extension Panel {
  /// Returns a Boolean value that indicates whether a series may have sales after the panel's end.
  ///
  /// The value is false if a cleaning rule found that the item was discontinued or not yet
  /// launched: see ``TrailingZeroRule`` and ``LeadingZeroRule``.
  public func isOnSale(_ index: Int) -> Bool {
    if let end = saleEnds[ids[index]], end <= origin + calendar.count { return false }
    return !(startsAtLaunch && steps(at: index).isEmpty)
  }

  /// The indices of the series that may have sales after the panel's end.
  public var onSale: [Int] { ids.indices.filter(isOnSale) }

  /// Returns the panel, marked as one whose series start with their first sale.
  package func startingAtLaunch() -> Panel {
    var panel = self
    panel.startsAtLaunch = true
    return panel
  }

  /// Returns the panel with series that are no longer sold from the given steps of the calendar on.
  package func endingSales(_ ends: [String: Int]) -> Panel {
    var panel = self
    for (id, end) in ends { panel.saleEnds[id] = end + origin }
    return panel
  }
}
