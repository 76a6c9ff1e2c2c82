/// The components of an exponential smoothing model: how errors, trend, and season combine.
///
/// The description uses the notation of Hyndman et al., such as `ETS(M,Ad,N)`: multiplicative
/// errors, a damped additive trend, and no season.
public struct ETSStructure: Sendable, Hashable {
  /// The way in which a component combines with the others.
  public enum Component: Sendable, Hashable {
    case none
    case additive
    case multiplicative
  }

  /// A Boolean value that indicates whether errors are relative to the forecast.
  public let hasRelativeErrors: Bool
  /// A Boolean value that indicates whether there is a slope.
  public let hasTrend: Bool
  /// A Boolean value that indicates whether the slope decreases over future steps.
  public let isDamped: Bool
  /// The type of the season.
  public let season: Component

  init(hasRelativeErrors: Bool, hasTrend: Bool, isDamped: Bool, season: Component) {
    self.hasRelativeErrors = hasRelativeErrors
    self.hasTrend = hasTrend
    self.isDamped = isDamped
    self.season = season
  }

  var hasSeason: Bool { season != .none }

  /// The candidates of the automatic choice, in the order in which they are tried. Additive errors
  /// with a multiplicative season are excluded, because they are unstable.
  static let automatic: [ETSStructure] = [false, true].flatMap { hasRelativeErrors in
    [false, true].flatMap { hasTrend in
      [Component.none, .additive, .multiplicative].flatMap { season in
        [true, false].compactMap { isDamped in
          if isDamped && !hasTrend || season == .multiplicative && !hasRelativeErrors {
            return nil
          }
          return ETSStructure(
            hasRelativeErrors: hasRelativeErrors, hasTrend: hasTrend, isDamped: isDamped,
            season: season)
        }
      }
    }
  }

  /// Returns the candidates with additive errors, a trend that may be damped, and a given season.
  static func trending(season: Component) -> [ETSStructure] {
    automatic.filter { !$0.hasRelativeErrors && $0.hasTrend && $0.season == season }
  }
}

extension ETSStructure: CustomStringConvertible {
  public var description: String {
    let season =
      switch season {
      case .none: "N"
      case .additive: "A"
      case .multiplicative: "M"
      }
    let trend = hasTrend ? (isDamped ? "Ad" : "A") : "N"
    return "ETS(\(hasRelativeErrors ? "M" : "A"),\(trend),\(season))"
  }
}
