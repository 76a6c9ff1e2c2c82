/// A rule for values below 0, which are mostly returns and cancellations that were not netted with
/// their sales.
public struct NegativeValueRule: CleaningRule, Hashable {
  /// A treatment of negative values.
  public enum Treatment: String, Sendable, CaseIterable {
    /// Turn the value into a gap.
    case mask
    /// Set the value to 0 and keep its state: observed or stock-out.
    case zero
    /// Keep the value.
    case keep
  }

  /// The treatment of negative values.
  public var treatment: Treatment

  /// Creates a rule with a treatment.
  public init(_ treatment: Treatment) { self.treatment = treatment }

  public var name: String { "negative values: \(treatment.rawValue)" }
  public var isCausal: Bool { true }

  public func cleaned(_ panel: Panel) -> Panel {
    // Most panels have no negative values and need no copy.
    guard treatment != .keep,
      panel.ids.indices.contains(where: { panel.values.containsNegative(panel.cells(at: $0)) })
    else { return panel }
    return panel.mapCells { row in
      for cell in row.values.indices where row.values[cell] < 0 {
        if treatment == .mask { row.mask(cell) } else { row.values[cell] = 0 }
      }
    }
  }
}
