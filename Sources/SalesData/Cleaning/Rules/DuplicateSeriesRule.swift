/// A rule that leaves out series that equal an earlier one in all steps and values: one product
/// with two ids. (Readers reject two rows with the same series and day.)
///
/// Series with few sales can be equal by chance, so only series with at least ``leastSales``
/// observed values above 0 are examined. The rule uses future values, because series that are equal
/// so far can differ later.
public struct DuplicateSeriesRule: CleaningRule, Hashable {
  /// The minimum number of steps with a sale for a series to be examined.
  public var leastSales: Int

  /// Creates a rule. Stops the program if `leastSales` is below 1.
  public init(leastSales: Int = 10) {
    guard leastSales >= 1 else {
      fatalError("DuplicateSeriesRule: expected at least 1 sale, got \(leastSales)")
    }
    self.leastSales = leastSales
  }

  public var name: String { "duplicate series: leave out" }
  public var isCausal: Bool { false }

  public func cleaned(_ panel: Panel) -> Panel {
    var firsts: [UInt64: [Int]] = [:]
    var kept: [Int] = []
    panel.forEachSeries { series in
      if series.saleCount >= leastSales {
        let fingerprint = series.fingerprint
        let twins = firsts[fingerprint, default: []]
        if twins.contains(where: { series.hasSameCells(as: panel.series(at: $0)) }) { return }
        firsts[fingerprint] = twins + [series.index]
      }
      kept.append(series.index)
    }
    return kept.count == panel.seriesCount ? panel : panel.selecting(kept)
  }
}

extension SeriesCells {
  fileprivate var saleCount: Int {
    var count = 0
    for cell in values.indices { count &+= values[cell] > 0 && states[cell] == .observed ? 1 : 0 }
    return count
  }

  /// A hash that is equal for series with equal cells and rarely for others: FNV-1a over values
  /// instead of bytes.
  fileprivate var fingerprint: UInt64 {
    var hash = (0xCBF2_9CE4_8422_2325 ^ UInt64(steps.lowerBound)) &* 0x100_0000_01B3
    for (value, state) in zip(values, states) {
      // Zeros of either sign are equal.
      let bits = value == 0 ? 0 : UInt64(value.bitPattern)
      hash = (hash ^ bits ^ UInt64(state.rawValue) << 32) &* 0x100_0000_01B3
    }
    return hash
  }

  fileprivate func hasSameCells(as other: Series) -> Bool {
    steps == other.steps && values.elementsEqual(other.values)
      && states.elementsEqual(other.states)
  }
}
