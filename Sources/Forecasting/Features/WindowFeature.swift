/// A feature that depends on where a window's history ends, and is computed from the target within the
/// window.
///
/// All values are in units of the window's scale, so that large and small series look alike to a network.
public enum WindowFeature: Hashable, Sendable, Codable {
  /// The value one season earlier, at each step of history; 0 where that lies before the window.
  case seasonBefore(seasonLength: Int)
  /// The mean of the window's values at the same place in the season, at each step to come.
  case seasonalProfile(seasonLength: Int)
  /// The place of a step to come in the horizon, from 1 / K to 1.
  case horizonPlace
  /// The share of the window's observed values that are 0, at each step to come.
  case zeroShare
  /// The logarithm of 1 plus the window's scale, at each step to come.
  case logScale
}

extension WindowFeature {
  /// The length of the season that it looks at; nil for a feature that looks at none.
  var seasonLength: Int? {
    switch self {
    case .seasonBefore(let seasonLength), .seasonalProfile(let seasonLength): seasonLength
    case .horizonPlace, .zeroShare, .logScale: nil
    }
  }

  /// A Boolean value that indicates whether the feature belongs to the steps of history rather than to
  /// the steps to come.
  var isOfHistory: Bool {
    if case .seasonBefore = self { true } else { false }
  }
}
