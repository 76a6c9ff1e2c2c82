/// Leaves out series that are the same as an earlier one, step for step and value for value: one
/// product under two ids. (Two rows of one series and day are the reader's: it rejects them.)
///
/// Series that hardly sell may well agree by chance, so that only those are judged that have at
/// least ``leastSales`` observed values above 0. Looks ahead: what was the same so far may come to
/// differ.
public struct DuplicateSeriesRule: CleaningRule, Hashable {
  /// The fewest steps with a sale of a series that is judged.
  public var leastSales: Int

  /// A rule that judges series of at least `leastSales` steps with a sale, itself at least 1; fewer
  /// stop the program.
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
    let kept = panel.ids.indices.filter { index in
      let series = panel.series(at: index)
      guard series.saleCount >= leastSales else { return true }
      let twins = firsts[series.fingerprint, default: []]
      if twins.contains(where: { series.hasSameCells(as: panel.series(at: $0)) }) { return false }
      firsts[series.fingerprint] = twins + [index]
      return true
    }
    return kept.count == panel.seriesCount ? panel : panel.selecting(kept)
  }
}

extension Series {
  fileprivate var saleCount: Int {
    zip(values, states).reduce(0) { $0 + ($1.0 > 0 && $1.1 == .observed ? 1 : 0) }
  }

  /// The same for series of the same cells, and seldom for others: FNV-1a, by values and not bytes.
  fileprivate var fingerprint: UInt64 {
    var hash = (0xCBF2_9CE4_8422_2325 ^ UInt64(steps.lowerBound)) &* 0x100_0000_01B3
    for (value, state) in zip(values, states) {
      // Zeros of both signs are the same.
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
