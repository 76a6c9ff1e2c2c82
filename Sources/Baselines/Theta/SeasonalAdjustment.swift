internal import RealModule

/// A seasonally adjusted series.
///
/// A series is adjusted if its autocorrelation at the season's lag is significant at a level of 90
/// %. The component is a factor if all values and all factors are positive, and a term otherwise.
///
/// Sources: Assimakopoulos & Nikolopoulos 2000; Fiorucci et al. 2016; the implementation of
/// statsforecast.
struct SeasonalAdjustment {
  /// The adjusted values.
  let values: [Double]
  /// The component of the next steps, one season long, or empty without a season.
  private let next: [Double]
  private let kind: ClassicalDecomposition.Kind

  init(_ values: [Double], season: Int) {
    guard Self.isSeasonal(values, season: season) else {
      (self.values, next, kind) = (values, [], .additive)
      return
    }
    var kind = ClassicalDecomposition.Kind.additive
    var seasonal: [Double] = []
    if values.allSatisfy({ $0 > 0 }) {
      seasonal = ClassicalDecomposition.seasonal(values, season: season, .multiplicative)
      if seasonal.allSatisfy({ $0 >= 0.01 }) { kind = .multiplicative }
    }
    if kind == .additive {
      seasonal = ClassicalDecomposition.seasonal(values, season: season, .additive)
    }
    self.values = values.enumerated().map { step, value in
      let part = seasonal[step % season]
      return kind == .additive ? value - part : value / part
    }
    next = (0..<season).map { seasonal[(values.count + $0) % season] }
    self.kind = kind
  }

  /// Returns a forecast of the adjusted values with the season added.
  func adding(to forecast: SeriesForecast) -> SeriesForecast {
    guard !next.isEmpty else { return forecast }
    let parts = forecast.mean.indices.map { next[$0 % next.count] }
    return kind == .additive
      ? SeriesForecast(
        mean: zip(forecast.mean, parts).map { $0 + $1 }, deviation: forecast.deviation)
      : SeriesForecast(
        mean: zip(forecast.mean, parts).map { $0 * $1 },
        deviation: zip(forecast.deviation, parts).map { $0 * $1 })
  }

  /// Returns a Boolean value that indicates whether a series is seasonal. It must cover at least
  /// two seasons of 4 steps or more.
  private static func isSeasonal(_ values: [Double], season: Int) -> Bool {
    guard season >= 4, values.count >= 2 * season else { return false }
    let mean = values.reduce(0, +) / Double(values.count)
    let centered = values.map { $0 - mean }
    func covariance(_ lag: Int) -> Double {
      zip(centered.dropFirst(lag), centered).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let variance = covariance(0)
    guard variance > 0 else { return false }
    let correlations = (1...season).map { covariance($0) / variance }
    let squares = correlations.dropLast().reduce(0) { $0 + $1 * $1 }
    let limit = ((1 + 2 * squares) / Double(values.count)).squareRoot()
    return abs(correlations[season - 1]) / limit > standardNormalQuantile(0.95)
  }
}
