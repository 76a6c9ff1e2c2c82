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
/// A model sees the known features at every step of its window, those of the past included.
public struct FeatureSet: Sendable {
  /// The features with one value for each series.
  public let `static`: [any Feature]
  /// The features that a model sees at the steps of the past only.
  public let past: [any Feature]
  /// The features that a model sees at the steps of the past and at the steps to come.
  public let known: [any Feature]
  /// The features that a network computes from the target within each window.
  public let window: [WindowFeature]

  /// Creates a set of features. A name that comes twice, and a role that is static in `past` or `known`
  /// or not static in `static`, stop the program.
  ///
  /// A feature in `known` may be one that is computed from the past, such as a lag: for as many
  /// steps to come as it is known ahead. For more, ``FeatureTable`` and ``FeatureWindows`` throw.
  public init(
    static: [any Feature] = [], past: [any Feature] = [], known: [any Feature] = [],
    window: [WindowFeature] = []
  ) {
    if let fault = Self.fault(static: `static`, past: past, known: known) {
      fatalError("FeatureSet: \(fault)")
    }
    self.static = `static`
    self.past = past
    self.known = known
    self.window = window
  }

  /// Returns a description of what is wrong with a list of features, or nil if nothing is.
  static func fault(
    static: [any Feature], past: [any Feature], known: [any Feature]
  ) -> String? {
    var names: Set<String> = []
    for feature in `static` + past + known where !names.insert(feature.name).inserted {
      return "expected names that differ, got \(feature.name.debugDescription) twice"
    }
    if let feature = `static`.first(where: { $0.role != .static }) {
      return "\(feature.name.debugDescription) is not static"
    }
    if let feature = (past + known).first(where: { $0.role == .static }) {
      return "\(feature.name.debugDescription) is static, so put it there"
    }
    return nil
  }
}
