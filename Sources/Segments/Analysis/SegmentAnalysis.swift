/// An analysis of which categories, discounts, coupons, and campaigns raise the purchase rate of a
/// segment, checked on later weeks.
///
/// ```swift
/// let report = try SegmentAnalysis().report(on: history)
/// for lever in report.levers {
///   print(lever.lever.name, lever.members.value, lever.members.interval)
/// }
/// report.warnings.forEach { print($0) }
/// ```
///
/// Effects are those of regressions with fixed effects, which compare a customer with itself: see
/// the article <doc:AnalyzingSegments>. Intervals allow for any correlation within a customer and
/// within a category.
public struct SegmentAnalysis: Sendable {
  /// The share of the weeks, at the end, to check on.
  public var laterShare = 0.25
  /// The number of weeks with a purchase of members, summed over them, that a category needs before
  /// the split.
  public var leastPurchases = 20
  /// The depth of the discounts of strategies, as a share of the list price.
  public var discountDepth = 0.1
  /// The number of strategies at the top of the table that are checked together.
  public var topCount = 10
  /// The trainer of the factorization machine. The logistic baseline has the same settings and a rank
  /// of 0.
  public var trainer: FactorizationTrainer = {
    var trainer = FactorizationTrainer(.logistic, rank: 8)
    trainer.factorRegularization = 1e-3
    trainer.batchSize = 1024
    trainer.epochs = 30
    return trainer
  }()
  /// The seed of the initial factors, of the sample of rows, and of their order.
  public var seed: UInt64 = 1

  /// Creates an analysis with default settings.
  public init() {}

  /// Analyzes a history.
  ///
  /// - Throws: A ``SegmentError`` if no category has enough purchases, or if a model can't be
  ///   trained.
  public func report(
    on history: PurchaseHistory, segment: String = "segment"
  ) throws(SegmentError) -> SegmentReport {
    guard laterShare > 0, laterShare < 1, leastPurchases >= 1, discountDepth > 0, topCount >= 1
    else {
      fatalError("SegmentAnalysis: expected a share in 0..<1 and positive settings, got \(self)")
    }
    let weeks = history.weekCount
    let later = min(max(4, Int((Double(weeks) * laterShare).rounded())), weeks - 6)
    let frame = try SegmentFrame(history, laterWeeks: later, leastPurchases: leastPurchases)
    let effects = SegmentEffects(frame, discountDepth: discountDepth)
    let machine = try PurchaseModel(frame, trainer, seed: seed)
    var linearTrainer = trainer
    linearTrainer.rank = 0
    let linear = try PurchaseModel(frame, linearTrainer, seed: seed)
    let levers = effects.levers(frame)
    let strategies = effects.strategies(frame, machine)
    let check = SegmentReport.LaterCheck(
      frame, [("factorization machine", machine), ("logistic regression", linear)],
      strategies: strategies, ofDepth: discountDepth, topCount: topCount)
    let day = CalendarDate(dayNumber: history.weekStarts[weeks - 1].dayNumber + 7)
    return SegmentReport(
      segment: segment, memberCount: history.members.count, otherCount: history.others.count,
      start: history.weekStarts[0], split: history.weekStarts[frame.later.lowerBound], end: day,
      categoryCount: frame.categoryCount, allCategoryCount: history.categoryCount,
      memberRate: frame.purchaseRate(history.members, frame.training),
      otherRate: frame.purchaseRate(history.others, frame.training),
      rates: SegmentReport.CategoryRate.all(of: frame), levers: levers,
      strategies: strategies, check: check,
      warnings: SegmentWarnings(frame, effects, levers, strategies, check).texts)
  }
}
