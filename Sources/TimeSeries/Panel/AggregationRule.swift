/// The state of a sum when some of its parts aren't observed.
///
/// With either rule, a sum includes all observed values and the units sold during stock-outs. Steps
/// outside a series don't count, because the item wasn't on sale.
public enum AggregationRule: Sendable, CaseIterable {
  /// The sum is observed if any part is, as with pandas' `sum(min_count=1)`. Otherwise it is a
  /// stock-out if any part is, and a gap if all parts are gaps.
  case anyObserved
  /// The sum is observed if all parts are. Otherwise it is a gap if any part is, and else a
  /// stock-out.
  case allObserved
}

/// The sum of a set of cells.
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

  /// Returns the state of the sum. The sum of no cells is a gap.
  func state(_ rule: AggregationRule) -> CellState {
    switch rule {
    case .anyObserved: observed > 0 ? .observed : stockOuts > 0 ? .stockOut : .gap
    case .allObserved:
      gaps > 0 ? .gap : stockOuts > 0 ? .stockOut : observed > 0 ? .observed : .gap
    }
  }

  /// Returns the sum as a finite number, or 0 for a gap.
  func value(_ rule: AggregationRule) -> Double {
    state(rule) == .gap ? 0 : sum.clampedToSingleRange
  }
}

extension Double {
  /// The number, clamped to the range of single precision, in which networks compute.
  package var clampedToSingleRange: Double {
    let limit = Double(Float.greatestFiniteMagnitude)
    return Swift.min(Swift.max(self, -limit), limit)
  }

  /// A Boolean value that indicates whether the number is finite and within the range of single
  /// precision.
  var isInSingleRange: Bool { magnitude <= Double(Float.greatestFiniteMagnitude) }

  /// The number, rounded to single precision.
  package var roundedToSingle: Double { Double(Float(saturating: self)) }
}

extension Float {
  /// Creates the nearest finite number. A sum of finite numbers may overflow.
  init(saturating value: Double) {
    self.init(value.clampedToSingleRange)
  }
}
