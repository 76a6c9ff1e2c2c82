/// A rule that detects a problem in a panel's data and fixes it.
///
/// A rule changes values and states of cells, shortens series, or leaves series out. It does not
/// add, extend, or reorder series, and keeps the calendar and the covariates. A
/// ``CleaningPipeline`` enforces this, and counts the changes by comparing the panels before and
/// after the rule, so rules do no bookkeeping of their own.
public protocol CleaningRule: Sendable {
  /// The name of the rule in reports, such as `negative values: to zero`.
  var name: String { get }

  /// A Boolean value that indicates whether the result for a step never depends on later steps.
  ///
  /// The history of a causal rule can be cleaned once: for every step `t`,
  /// `cleaned(panel).slice(0..<t) == cleaned(panel.slice(0..<t))`. The result of a noncausal rule
  /// must not be split into histories of a back-test, because values before the forecast origin can
  /// depend on later ones. Clean each history separately.
  var isCausal: Bool { get }

  /// Returns the cleaned panel. The rule only uses the cells that the panel contains: for a slice,
  /// those within it.
  ///
  /// - Throws: An error that is specific to the rule, for example if the panel lacks a required
  ///   column.
  func cleaned(_ panel: Panel) throws -> Panel
}
