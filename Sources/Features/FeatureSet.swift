/// The features of a model: what it knows about each series, about its past, and about future
/// steps.
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
///   ],
///   ahead: [Lead(of: "price", by: 1)])
/// ```
///
/// A model sees the known features at every step of its window, past and future.
public struct FeatureSet: Sendable {
  /// The features with one value for each series.
  public let `static`: [any Feature]
  /// The features that a model sees only at past steps.
  public let past: [any Feature]
  /// The features that a model sees at past and future steps.
  public let known: [any Feature]
  /// The known features that a model sees only at future steps. They tell a model that forecasts each
  /// step from that step's features what happens at the steps around it.
  public let ahead: [any Feature]
  /// The features that a network computes from the target within each window.
  public let window: [WindowFeature]

  /// Creates a set of features. Stops the program if two features have the same name, if a feature
  /// in another list than `static` is static, or if one in `static` isn't.
  ///
  /// A feature in `known` or `ahead` may be computed from the past, such as a lag, if it is known ahead for as
  /// many steps as the horizon. Otherwise ``FeatureTable`` and ``FeatureWindows`` throw an error.
  public init(
    static: [any Feature] = [], past: [any Feature] = [], known: [any Feature] = [],
    ahead: [any Feature] = [], window: [WindowFeature] = []
  ) {
    if let fault = Self.fault(static: `static`, moving: past + known + ahead) {
      fatalError("FeatureSet: \(fault)")
    }
    self.static = `static`
    self.past = past
    self.known = known
    self.ahead = ahead
    self.window = window
  }

  /// Returns a description of the error in a list of features, or nil if there is none.
  static func fault(static: [any Feature], moving: [any Feature]) -> String? {
    var names: Set<String> = []
    for feature in `static` + moving where !names.insert(feature.name).inserted {
      return "expected names that differ, got \(feature.name.debugDescription) twice"
    }
    if let feature = `static`.first(where: { $0.role != .static }) {
      return "\(feature.name.debugDescription) is not static"
    }
    if let feature = moving.first(where: { $0.role == .static }) {
      return "\(feature.name.debugDescription) is static, so put it there"
    }
    return nil
  }
}
