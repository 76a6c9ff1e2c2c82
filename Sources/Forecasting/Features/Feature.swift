/// What a model looks at: a column, or several, that is computed from a panel.
///
/// A feature is a value with a name and a role. Features are put together by a ``FeatureSet``,
/// computed for a panel by a ``FeatureTable``, and cut into tensors by ``FeatureWindows``.
///
/// A type of your own conforms by computing columns. What it puts at a step may come from values of
/// that step and earlier ones only, and for a role of ``FeatureRole/past(knownAhead:)`` from values
/// that many steps earlier; the table hides what lies beyond.
public protocol Feature: Sendable, Codable {
  /// The feature's name. No two of a set are equal.
  var name: String { get }

  /// Up to when it is known.
  var role: FeatureRole { get }

  /// A Boolean value that indicates whether its numbers are in units of the target, so that a network
  /// sees them in units of each window's scale. By default they are not.
  var isInTargetUnits: Bool { get }

  /// The feature's columns for a panel, always the same number of them.
  ///
  /// - Parameters:
  ///   - panel: The history; what follows its end is not to be looked at, but for known-future
  ///     columns.
  ///   - futureSteps: The number of steps after the panel's end for which a known-future feature is
  ///     needed.
  /// - Throws: `CovariateError` where the panel has not what the feature is computed from, and
  ///   `HolidayError` where an event's days are not known.
  func columns(of panel: Panel, futureSteps: Int) throws -> [FeatureColumn]
}

extension Feature {
  public var isInTargetUnits: Bool { false }
}

/// Up to when a feature is known.
public enum FeatureRole: Hashable, Sendable {
  /// One value a series.
  case `static`
  /// A value a step, computed from what is known in the past only.
  ///
  /// `knownAhead` is the number of steps after the end of history for which it is known none the
  /// less: 0 for visits; 7 for the sales of 7 steps before.
  case past(knownAhead: Int)
  /// A value a step, known for the steps to come.
  case known
}

extension FeatureRole {
  /// The role of what is computed from this one's values of `lag` steps before.
  func lagged(by lag: Int) -> FeatureRole {
    if case .past(let ahead) = self { .past(knownAhead: ahead + lag) } else { self }
  }

  /// The role of what is computed from values of both roles.
  func combined(with other: FeatureRole) -> FeatureRole {
    switch (self, other) {
    case (.past(let ahead), .past(let otherAhead)): .past(knownAhead: min(ahead, otherAhead))
    case (.past, _): self
    case (_, .past): other
    case (.static, .static): .static
    default: .known
    }
  }
}
