/// The method of a ``ReconciliationRun``, with a name for tools that offer a choice.
public enum ReconciliationMethod: String, Sendable, CaseIterable {
  /// Series are added up.
  case bottomUp
  /// The highest level is divided by the shares of the forecasts, level by level.
  case topDown
  /// The highest level is divided by the means over time of past shares.
  case averageProportions
  /// The highest level is divided by the shares of past means.
  case proportionsOfAverages
  /// A level in the middle is divided by the shares of the forecasts, level by level, and added up.
  case middleOut
  /// MinT with the same variance for all forecasts.
  case ols
  /// MinT with variances in proportion to the number of series of a sum.
  case wlsStructural
  /// MinT with the mean squared errors of past windows.
  case wlsVariance
  /// MinT with the covariance of the errors of past windows, whose correlations are shrunk.
  case mintShrinkage

  /// The name in tables and columns, such as `WLS variance`.
  public var name: String {
    switch self {
    case .bottomUp: "Bottom-up"
    case .topDown: "Top-down"
    case .averageProportions: "Average proportions"
    case .proportionsOfAverages: "Proportions of averages"
    case .middleOut: "Middle-out"
    case .ols: "OLS"
    case .wlsStructural: "WLS structural"
    case .wlsVariance: "WLS variance"
    case .mintShrinkage: "MinT shrinkage"
    }
  }

  /// A Boolean value that indicates whether the method needs errors of past windows.
  public var needsErrors: Bool { self == .wlsVariance || self == .mintShrinkage }
}
