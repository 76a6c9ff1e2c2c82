/// A sequence of cleaning rules, which reports the changes of each rule.
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
/// The order matters. Trim series first, so that averages do not include steps before a launch.
/// Mark closed days before stock-outs, so that holidays are not mistaken for empty shelves. Handle
/// outliers before filling gaps, so that outliers do not affect the filled values.
///
/// For a back-test, check ``isCausal``. If it is true, a single clean panel can be split at every
/// forecast origin. Otherwise, clean `panel.slice(0..<origin)` separately for each origin.
/// ``lookingAhead`` names the rules that require this.
public struct CleaningPipeline: Sendable {
  /// The rules, in the order in which they are applied.
  public var rules: [any CleaningRule]
  /// The maximum number of examples in the report on each rule.
  public var exampleLimit = 5

  /// Creates a pipeline of rules, possibly none.
  public init(_ rules: [any CleaningRule]) { self.rules = rules }

  /// A Boolean value that indicates whether no rule uses future values.
  public var isCausal: Bool { rules.allSatisfy(\.isCausal) }

  /// The names of the rules that use future values.
  public var lookingAhead: [String] { rules.filter { !$0.isCausal }.map(\.name) }

  /// Applies all rules to a panel and returns the result with a report that accounts for every
  /// cell.
  ///
  /// Stops the program if a rule adds series or steps, or reorders series.
  ///
  /// - Throws: An error from a rule, such as a `CovariateError` if the panel lacks a column, or a
  ///   `CancellationError` if the surrounding task is canceled.
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
    // With a single rule, the total is that rule's balance.
    let total =
      reports.count == 1
      ? reports[0].balance : ledger.total(of: current, rules: rules.map(\.name))
    return (current, QualityReport(total: total, rules: reports))
  }
}
