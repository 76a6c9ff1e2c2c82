/// An input of a model: one or more columns that are computed from a panel.
///
/// A feature is a value with a name and a role. A ``FeatureSet`` combines features, a
/// ``FeatureTable`` computes them for a panel, and ``FeatureWindows`` cuts them into tensors.
///
/// To define a feature, conform a type to this protocol and compute its columns. The value at a
/// step may depend only on values at that step and earlier steps, or, for the role
/// ``FeatureRole/past(knownAhead:)``, on values at least `knownAhead` steps earlier. Values of known
/// columns may also be those of later steps. The table hides values that aren't known.
public protocol Feature: Sendable, Codable {
  /// The name of the feature, which is unique in a set.
  var name: String { get }

  /// The time up to which the feature is known.
  var role: FeatureRole { get }

  /// A Boolean value that indicates whether the numbers are in units of the target, so that a
  /// network sees them divided by each window's scale. The default is false.
  var isInTargetUnits: Bool { get }

  /// Returns the feature's columns for a panel. Their number is always the same.
  ///
  /// - Parameters:
  ///   - panel: The history. Values after its end must not be used, except those of known-future
  ///     columns.
  ///   - futureSteps: The number of steps after the panel's end for which a known-future feature is
  ///     required.
  /// - Throws: `CovariateError` if the panel lacks an input of the feature, and `HolidayError` if
  ///   the dates of an event aren't known.
  func columns(of panel: Panel, futureSteps: Int) throws -> [FeatureColumn]
}

extension Feature {
  public var isInTargetUnits: Bool { false }
}

/// The time up to which a feature is known.
public enum FeatureRole: Hashable, Sendable {
  /// One value for each series.
  case `static`
  /// One value for each step, computed only from past values.
  ///
  /// `knownAhead` is the number of steps after the end of the history for which the feature is
  /// known nevertheless: 0 for visits, 7 for the sales of 7 steps earlier.
  case past(knownAhead: Int)
  /// One value for each step, known for future steps.
  case known
}

extension FeatureRole {
  /// Returns the role of a feature that is computed from this feature's values `lag` steps earlier.
  func lagged(by lag: Int) -> FeatureRole {
    if case .past(let ahead) = self { .past(knownAhead: ahead + lag) } else { self }
  }

  /// Returns the role of a feature that is computed from values of both roles.
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
