/// Starts each series at its first sale: what lies before it, zeros, returns and gaps, was before
/// the product's launch.
///
/// The first sale is the first observed value above 0, or the first stock-out. A series without a
/// sale has no cell left, and counts as not on sale: see ``Panel/isOnSale(_:)``.
public struct LeadingZeroRule: CleaningRule, Hashable {
  public init() {}

  public var name: String { "leading zeros: trim" }
  public var isCausal: Bool { true }

  public func cleaned(_ panel: Panel) -> Panel {
    panel.mapSeries { series in
      let launch =
        series.states.indices.first { series.isOnOffer(at: $0) } ?? series.states.endIndex
      return series.trimmed(to: launch..<series.states.endIndex)
    }.startingAtLaunch()
  }
}

/// Ends each series at its last sale where many steps without one follow up to its end: the item
/// was discontinued.
///
/// What is cut are the zeros, returns and gaps after the last value above 0 or the last stock-out,
/// all of them, if they are at least ``count`` steps. A series without a sale and of at least so
/// many steps has no cell left. Either counts as not on sale any more: see ``Panel/isOnSale(_:)``.
/// Looks ahead: whether an item is discontinued is known from what comes.
public struct TrailingZeroRule: CleaningRule, Hashable {
  /// The fewest steps without a sale that make an item a discontinued one.
  public var count: Int

  /// A rule that waits for `count` steps, at least 1; fewer stop the program. Slow sellers need
  /// many: a few times the longest usual time between two sales.
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
    return panel.mapSeries { series in
      let cells = series.states.indices
      let end = cells.last { series.isOnOffer(at: $0) }.map { $0 + 1 } ?? cells.lowerBound
      guard cells.upperBound - end >= count else { return series }
      ended[series.id] = series.steps.lowerBound + end - cells.lowerBound
      return series.trimmed(to: cells.lowerBound..<end)
    }.endingSales(ended)
  }
}

extension Series {
  /// Whether a cell shows that the item is for sale: it sells, or has just been sold out.
  fileprivate func isOnOffer(at cell: Int) -> Bool {
    states[cell] == .stockOut || (states[cell] == .observed && values[cell] > 0)
  }

  /// The part of the series over some of its cells.
  fileprivate func trimmed(to cells: Range<Int>) -> Series {
    let start = steps.lowerBound + cells.lowerBound - values.startIndex
    return Series(
      unchecked: id, steps: start..<start + cells.count, values: values[cells],
      states: states[cells])
  }
}
