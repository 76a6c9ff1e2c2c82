/// A rule that starts each series at its first sale. Earlier zeros, returns, and gaps precede the
/// product's launch.
///
/// The first sale is the first observed value above 0 or the first stock-out. A series without a
/// sale has no remaining cells and counts as not on sale: see ``Panel/isOnSale(_:)``.
public struct LeadingZeroRule: CleaningRule, Hashable {
  public init() {}

  public var name: String { "leading zeros: trim" }
  public var isCausal: Bool { true }

  public func cleaned(_ panel: Panel) -> Panel {
    panel.trimmed { series in
      let launch = series.states.indices.first(where: series.isOnOffer) ?? series.states.endIndex
      return launch..<series.states.endIndex
    }.startingAtLaunch()
  }
}

/// A rule that ends each series at its last sale if it has many steps without sales at its end,
/// because the item was discontinued.
///
/// The rule removes all zeros, returns, and gaps after the last value above 0 or the last stock-out
/// if they are at least ``count`` steps. A series of at least that length without any sale has no
/// remaining cells. Both count as no longer on sale: see ``Panel/isOnSale(_:)``. The rule uses
/// future values, because later sales show that an item was not discontinued.
public struct TrailingZeroRule: CleaningRule, Hashable {
  /// The minimum number of steps without a sale for an item to be discontinued.
  public var count: Int

  /// Creates a rule. Stops the program if `count` is below 1. Slow-moving items need a large
  /// number, such as a few times the longest normal interval between two sales.
  public init(after count: Int) {
    guard count >= 1 else {
      fatalError("TrailingZeroRule: expected a count of at least 1, got \(count)")
    }
    self.count = count
  }

  public var name: String { "trailing zeros: trim after \(count) steps" }
  public var isCausal: Bool { false }

  public func cleaned(_ panel: Panel) -> Panel {
    var ended: [String: Int] = [:]
    return panel.trimmed { series in
      let end = series.states.indices.last(where: series.isOnOffer).map { $0 + 1 } ?? 0
      guard series.states.count - end >= count else { return series.states.indices }
      ended[panel.ids[series.index]] = series.steps.lowerBound + end
      return 0..<end
    }.endingSales(ended)
  }
}

extension SeriesCells {
  /// Returns a Boolean value that indicates whether a cell shows that the item is on sale: it
  /// sells, or has just sold out.
  fileprivate func isOnOffer(at cell: Int) -> Bool {
    states[cell] == .stockOut || (states[cell] == .observed && values[cell] > 0)
  }
}
