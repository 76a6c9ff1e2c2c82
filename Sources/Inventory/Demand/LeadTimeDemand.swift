/// The demand of a series over the lead time, and over the lead time and the review period together.
public struct LeadTimeDemand: Hashable, Sendable {
  /// The demand over the lead time, L steps. It is 0 if L is 0.
  public let lead: DemandDistribution
  /// The demand over L + R steps.
  public let covered: DemandDistribution

  /// Creates a demand. Over no steps, it is 0.
  ///
  /// - Parameters:
  ///   - lead: The demand over the lead time, or nil if there is no lead time.
  ///   - covered: The demand over the lead time and the review period.
  public init(lead: DemandDistribution?, covered: DemandDistribution) {
    self.lead = lead ?? DemandDistribution([0])
    self.covered = covered
  }

  /// The mean demand of a review period, at least 0.
  public var meanOfReview: Double { max(0, covered.mean - lead.mean) }

  /// The levels of the quantiles of sums that ``demands(of:policy:)`` reads best: those of equally likely
  /// values.
  public static let levels = DemandDistribution.levels
}
