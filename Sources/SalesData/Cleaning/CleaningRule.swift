/// A way to mend the records of a panel: one thing that may be wrong with them, and what is then
/// done.
///
/// A rule changes values and states of cells, shortens series, or leaves series out. It adds no
/// series, extends none, and does not change their order; the calendar and the covariates stay. A
/// ``CleaningPipeline`` holds each rule to that, and counts what it did by comparing the panel
/// before with the panel after: a rule keeps no books of its own.
public protocol CleaningRule: Sendable {
  /// What reports call the rule, such as `negative values: to zero`.
  var name: String { get }

  /// Whether what the rule makes of a step depends on no later step.
  ///
  /// The history of a causal rule can be cleaned once: for every step `t`,
  /// `cleaned(panel).slice(0..<t) == cleaned(panel.slice(0..<t))`. The result of another one must
  /// not be cut into histories of a backtest, since a value before the forecast origin may owe
  /// something to those after it; clean each history by itself.
  var isCausal: Bool { get }

  /// The panel, mended. Only cells that the panel shows are looked at: of a slice, those within it.
  ///
  /// - Throws: An error of the rule's own, where it looks for what the panel has not.
  func cleaned(_ panel: Panel) throws -> Panel
}
