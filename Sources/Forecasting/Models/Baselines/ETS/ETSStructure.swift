/// The parts of an exponential smoothing model: how errors, trend, and season combine.
///
/// Its description is in the notation of Hyndman et al., such as `ETS(M,Ad,N)`: multiplicative errors, a damped
/// additive trend, and no season.
public struct ETSStructure: Sendable, Hashable {
  /// How a component combines with the others.
  public enum Component: Sendable, Hashable {
    case none
    case additive
    case multiplicative
  }

  /// A Boolean value that indicates whether errors are relative to the forecast.
  public let hasRelativeErrors: Bool
  /// A Boolean value that indicates whether there is a slope.
  public let hasTrend: Bool
  /// A Boolean value that indicates whether the slope fades over the steps to come.
  public let isDamped: Bool
  /// The season.
  public let season: Component

  init(hasRelativeErrors: Bool, hasTrend: Bool, isDamped: Bool, season: Component) {
    self.hasRelativeErrors = hasRelativeErrors
    self.hasTrend = hasTrend
    self.isDamped = isDamped
    self.season = season
  }

  var hasSeason: Bool { season != .none }

  /// The candidates of the automatic choice, in the order in which they are tried: none has absolute errors
  /// with seasonal factors, which are unstable.
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

  /// The candidates with absolute errors, a trend, and a given season: the trend may be damped.
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
