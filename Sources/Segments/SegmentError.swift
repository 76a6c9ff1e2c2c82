/// An error that explains why a segment can't be analyzed.
public enum SegmentError: Error, Equatable {
  /// No customer of the segment bought anything.
  case noMember(segment: String, customers: Int)
  /// No other customer with a value in the segment's columns bought anything.
  case noComparison(segment: String)
  /// A single customer of the segment bought anything.
  case singleMember(segment: String)
  /// There are too few whole weeks.
  case tooFewWeeks(weeks: Int, needed: Int)
  /// No category has enough purchases of the segment.
  case noCategory(leastPurchases: Int)
  /// The model of the purchases cannot be trained.
  case training(FactorizationError)
}

extension SegmentError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noMember(let segment, let customers):
      "none of the \(customers) customers of the order lines is in the segment \(segment); check the "
        + "values, and that both tables have the same ids"
    case .noComparison(let segment):
      "all customers of the order lines are in the segment \(segment); a comparison needs others"
    case .singleMember(let segment):
      "only one customer of the order lines is in the segment \(segment); intervals need at least two"
    case .tooFewWeeks(let weeks, let needed):
      "the order lines span \(weeks.counted("whole week")), but the analysis needs at least \(needed)"
    case .noCategory(let least):
      "no category has \(least.counted("purchase")) of the segment; ask for fewer, or use coarser categories"
    case .training(let error): "\(error)"
    }
  }
}
