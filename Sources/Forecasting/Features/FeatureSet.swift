/// The features of a model: what it knows of each series, of its past, and of the steps to come.
///
/// ```swift
/// let features = FeatureSet(
///   static: [StaticColumn("category")],
///   past: [
///     Column(.target), Column(.past("visits")), Lag(of: .target, by: 7),
///     Rolling(.mean, of: .target, window: 28),
///   ],
///   known: [
///     Column(.known("price")), CalendarFeature(.dayOfWeek, as: .oneHot),
///     EventFeature(HolidayCalendar(.unitedStates)), Lag(of: .target, by: 28),
///   ])
/// ```
///
/// The known features are those of the past, too: a model sees them at every step of its window.
public struct FeatureSet: Sendable {
  /// What is known of each series as such.
  public let `static`: [any Feature]
  /// What is known of the past only, or is only asked for there.
  public let past: [any Feature]
  /// What is known of the past and of the steps to come.
  public let known: [any Feature]

  /// A set of features. A name that comes twice, and a role that is static in `past` or `known` or
  /// not static in `static`, stop the program.
  ///
  /// A feature in `known` may be one that is computed from the past, such as a lag: for as many
  /// steps to come as it is known ahead. For more, ``FeatureTable`` and ``FeatureWindows`` throw.
  public init(
    static: [any Feature] = [], past: [any Feature] = [], known: [any Feature] = []
  ) {
    var names: Set<String> = []
    for feature in `static` + past + known where !names.insert(feature.name).inserted {
      fatalError(
        "FeatureSet: expected names that differ, got \(feature.name.debugDescription) twice")
    }
    for feature in `static` where feature.role != .static {
      fatalError("FeatureSet: \(feature.name.debugDescription) is not static")
    }
    for feature in past + known where feature.role == .static {
      fatalError("FeatureSet: \(feature.name.debugDescription) is static, so put it there")
    }
    self.static = `static`
    self.past = past
    self.known = known
  }
}
