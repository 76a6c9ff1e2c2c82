/// A feature that depends on the end of a window's history, and is computed from the target within
/// the window.
///
/// All values are in units of the window's scale, so that a network sees large and small series
/// alike.
public enum WindowFeature: Hashable, Sendable, Codable {
  /// The value one season earlier, at each past step, or 0 if that lies before the window.
  case seasonBefore(seasonLength: Int)
  /// The mean of the window's values at the same position in the season, at each future step.
  case seasonalProfile(seasonLength: Int)
  /// The position of a future step in the horizon, from 1 / K to 1.
  case horizonPlace
  /// The share of the window's observed values that are 0, at each future step.
  case zeroShare
  /// The logarithm of 1 plus the window's scale, at each future step.
  case logScale
}

extension WindowFeature {
  /// The season length that the feature uses, or nil if it uses none.
  package var seasonLength: Int? {
    switch self {
    case .seasonBefore(let seasonLength), .seasonalProfile(let seasonLength): seasonLength
    case .horizonPlace, .zeroShare, .logScale: nil
    }
  }

  /// A Boolean value that indicates whether the feature has values at past steps rather than at
  /// future steps.
  package var isOfHistory: Bool {
    if case .seasonBefore = self { true } else { false }
  }
}
