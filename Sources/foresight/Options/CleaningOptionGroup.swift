import ArgumentParser
import Forecasting

/// Options for cleaning the panel. Rules that can change real values are off by default.
struct CleaningOptionGroup: ParsableArguments {
  enum LeadingZeros: String, ExpressibleByArgument, CaseIterable { case trim, keep }
  enum ClosedDays: String, ExpressibleByArgument, CaseIterable { case mask, keep }
  enum StockOuts: String, ExpressibleByArgument, CaseIterable { case mark, keep }
  enum Outliers: String, ExpressibleByArgument, CaseIterable { case keep, cap, mask }
  enum OutlierTest: String, ExpressibleByArgument, CaseIterable {
    case iqr, hampel
    case zScore = "z-score"
  }
  enum DuplicateSeries: String, ExpressibleByArgument, CaseIterable {
    case keep
    case leaveOut = "leave-out"
  }
  enum Gaps: String, ExpressibleByArgument, CaseIterable {
    case leave, zero, forward, linear, seasonal
  }

  @Option(help: "How to handle zeros before a series' first sale: trim or keep.")
  var leadingZeros = LeadingZeros.trim

  @Option(
    parsing: .unconditional,
    help: "The number of steps without a sale after which a series ends. (default: never)")
  var trailingZeros: Int?

  @Option(help: "How to handle series that repeat an earlier one: keep or leave-out.")
  var duplicateSeries = DuplicateSeries.keep

  @Option(help: "How to handle values below 0: mask (a gap), zero, or keep.")
  var belowZero = NegativeValueRule.Treatment.keep

  @Option(help: "How to handle zeros on days when the shop is closed: mask (a gap) or keep.")
  var closedDays = ClosedDays.mask

  @Option(help: "How to handle runs of zeros too long to be chance: mark (sold out) or keep.")
  var stockOuts = StockOuts.keep

  @Option(
    help: ArgumentHelp(
      """
      A column of the stock at the end of each step. Steps with a stock of 0 or less are stock-outs, \
      even with sales.
      """, valueName: "column"))
  var stockColumn: String?

  @Option(help: "How to handle outliers: keep, cap, or mask (a gap).")
  var outliers = Outliers.keep

  @Option(help: "The test for outliers: iqr (3 interquartile ranges), z-score (3), or hampel (3).")
  var outlierTest = OutlierTest.iqr

  @Option(help: "How to fill gaps: leave, zero, forward, linear, or seasonal.")
  var gaps = Gaps.leave

  func validate() throws {
    try check(trailingZeros, "--trailing-zeros", in: OptionRange.days)
  }

  /// The rules in the order that `CleaningPipeline` recommends.
  var pipeline: CleaningPipeline {
    var rules: [any CleaningRule] = []
    if duplicateSeries == .leaveOut { rules.append(DuplicateSeriesRule()) }
    if leadingZeros == .trim { rules.append(LeadingZeroRule()) }
    if let trailingZeros { rules.append(TrailingZeroRule(after: trailingZeros)) }
    if belowZero != .keep { rules.append(NegativeValueRule(belowZero)) }
    if closedDays == .mask { rules.append(ClosedDayRule(found: ClosedDayFinder())) }
    if let stockColumn { rules.append(StockColumnRule(stockColumn)) }
    if stockOuts == .mark { rules.append(StockOutRule()) }
    if let outlierTreatment { rules.append(OutlierRule(test, outlierTreatment)) }
    if let filling { rules.append(MissingValueRule(filling)) }
    return CleaningPipeline(rules)
  }

  private var outlierTreatment: OutlierRule.Treatment? {
    switch outliers {
    case .keep: nil
    case .cap: .cap
    case .mask: .mask
    }
  }

  private var test: OutlierRule.Test {
    switch outlierTest {
    case .iqr: .interquartile()
    case .hampel: .hampel()
    case .zScore: .zScore()
    }
  }

  private var filling: MissingValueRule.Filling? {
    switch gaps {
    case .leave: nil
    case .zero: .zero
    case .forward: .forward()
    case .linear: .linear()
    case .seasonal: .seasonal()
    }
  }
}

extension NegativeValueRule.Treatment: ExpressibleByArgument {}
