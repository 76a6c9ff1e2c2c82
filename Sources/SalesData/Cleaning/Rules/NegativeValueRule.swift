/// Mends values below 0: mostly returns and cancellations that were not netted with their sales.
public struct NegativeValueRule: CleaningRule, Hashable {
  /// What becomes of a negative value.
  public enum Treatment: String, Sendable, CaseIterable {
    /// It becomes a gap.
    case mask
    /// It becomes 0, and is observed, or a stock-out, as before.
    case zero
    /// It stays.
    case keep
  }

  /// What becomes of a negative value.
  public var treatment: Treatment

  /// A rule of that treatment.
  public init(_ treatment: Treatment) { self.treatment = treatment }

  public var name: String { "negative values: \(treatment.rawValue)" }
  public var isCausal: Bool { true }

  public func cleaned(_ panel: Panel) -> Panel {
    guard treatment != .keep else { return panel }
    return panel.mapCells { row in
      for cell in row.values.indices where row.values[cell] < 0 {
        if treatment == .mask { row.mask(cell) } else { row.values[cell] = 0 }
      }
    }
  }
}
