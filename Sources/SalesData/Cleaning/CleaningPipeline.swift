/// Cleaning rules, applied one after another, and what each of them did.
///
/// ```swift
/// let pipeline = CleaningPipeline([
///   LeadingZeroRule(), NegativeValueRule(.mask), ClosedDayRule(weekdays: [.sunday]),
///   StockOutRule(), OutlierRule(.interquartile(), .cap), MissingValueRule(.linear()),
/// ])
/// let (clean, report) = try pipeline.clean(panel)
/// print(report)
/// ```
///
/// The order counts. Trim series first, so that steps before a launch are in no average; mark
/// closed days before stock-outs, so that no holiday passes for an empty shelf; judge outliers
/// before gaps are filled, so that no outlier is spread over its neighbours.
///
/// For a backtest, ask ``isCausal``. Where it is true, one clean panel can be cut at every forecast
/// origin. Where it is not, clean `panel.slice(0..<origin)` for each origin; ``lookingAhead`` names
/// the rules that this is because of.
public struct CleaningPipeline: Sendable {
  /// The rules, in the order of their application.
  public var rules: [any CleaningRule]
  /// The most examples that a report gives of what each rule did.
  public var exampleLimit = 5

  /// A pipeline of some rules, which may be none.
  public init(_ rules: [any CleaningRule]) { self.rules = rules }

  /// Whether no rule looks into the future.
  public var isCausal: Bool { rules.allSatisfy(\.isCausal) }

  /// The names of the rules that look into the future.
  public var lookingAhead: [String] { rules.filter { !$0.isCausal }.map(\.name) }

  /// The panel after all rules, and what became of every one of its cells.
  ///
  /// A rule that adds series or steps, or puts series into another order, stops the program.
  ///
  /// - Throws: What a rule throws, such as a `CovariateError` where the panel lacks a column, and
  ///   `CancellationError` if the surrounding task is cancelled.
  public func clean(_ panel: Panel) throws -> (panel: Panel, report: QualityReport) {
    var ledger = CellLedger(of: panel, ruleCount: rules.count)
    var current = panel
    var reports: [RuleReport] = []
    for rule in rules {
      try Task.checkCancellation()
      let next = try rule.cleaned(current)
      reports.append(ledger.record(rule, from: current, to: next, exampleLimit: exampleLimit))
      current = next
    }
    // Of one rule, all that was done was done by it.
    let total =
      reports.count == 1
      ? reports[0].balance : ledger.total(of: current, rules: rules.map(\.name))
    return (current, QualityReport(total: total, rules: reports))
  }
}
