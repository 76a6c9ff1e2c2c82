/// What a sum is where not all that it is of is observed.
///
/// In either case a sum holds what was observed and, of stock-outs, what was sold nonetheless. What
/// lies outside of the steps of a series counts for nothing: it was not on sale.
public enum AggregationRule: Sendable, CaseIterable {
  /// The sum counts as observed where one of its parts is, as pandas' `sum(min_count=1)`. Else it
  /// is a stock-out where one of its parts is, and a gap where none is known.
  case anyObserved
  /// The sum counts as observed where all of its parts are. Else it is a gap where one of its parts
  /// is, and a stock-out where one is.
  case allObserved
}

/// The sum of some cells.
struct CellSum {
  private var sum = 0.0
  private var observed = 0
  private var stockOuts = 0
  private var gaps = 0

  mutating func add(_ value: Double, _ state: CellState) {
    switch state {
    case .gap: gaps += 1
    case .observed:
      observed += 1
      sum += value
    case .stockOut:
      stockOuts += 1
      sum += value
    }
  }

  /// What is known of the sum; of nothing, nothing.
  func state(_ rule: AggregationRule) -> CellState {
    switch rule {
    case .anyObserved: observed > 0 ? .observed : stockOuts > 0 ? .stockOut : .gap
    case .allObserved:
      gaps > 0 ? .gap : stockOuts > 0 ? .stockOut : observed > 0 ? .observed : .gap
    }
  }

  /// The sum, finite, and 0 at a gap.
  func value(_ rule: AggregationRule) -> Double {
    state(rule) == .gap ? 0 : sum.clampedToSingleRange
  }
}

extension Double {
  /// The nearest number that is not larger than single precision can hold: networks compute in it.
  package var clampedToSingleRange: Double {
    let limit = Double(Float.greatestFiniteMagnitude)
    return Swift.min(Swift.max(self, -limit), limit)
  }

  /// A Boolean value that indicates whether the number is finite, and not larger than single precision
  /// can hold.
  var isInSingleRange: Bool { magnitude <= Double(Float.greatestFiniteMagnitude) }

  /// The nearest number of single precision.
  package var roundedToSingle: Double { Double(Float(saturating: self)) }
}

extension Float {
  /// The nearest finite number: a sum of finite numbers may lie beyond the largest.
  init(saturating value: Double) {
    self.init(value.clampedToSingleRange)
  }
}
