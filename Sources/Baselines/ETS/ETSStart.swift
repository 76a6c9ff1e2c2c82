internal import RealModule
import Tensor

/// The bounds of the smoothing weights.
///
/// Candidates are tried in order. Each lowers the upper bounds so that, from its initial weights,
/// the slope and the season change more slowly than the level, as in statsforecast.
struct ETSBounds {
  static let lowest = 0.0001
  static let highest = 0.9999
  static let damping = 0.8...0.98
  private(set) var beta = highest
  private(set) var gamma = highest

  /// Returns the initial smoothing weights of the search for a candidate, and their bounds.
  mutating func weights(
    of structure: ETSStructure, season: Int
  ) -> (first: [Double], lower: [Double], upper: [Double]) {
    let range = Self.highest - Self.lowest
    let alpha = Self.lowest + 0.2 * range / Double(structure.hasSeason ? season : 1)
    var (first, lower, upper) = ([alpha], [Self.lowest], [Self.highest])
    if structure.hasTrend {
      beta = min(beta, alpha)
      first.append(Self.lowest + 0.1 * (beta - Self.lowest))
      lower.append(Self.lowest)
      upper.append(beta)
    }
    if structure.hasSeason {
      gamma = min(gamma, 1 - alpha)
      first.append(Self.lowest + 0.05 * (gamma - Self.lowest))
      lower.append(Self.lowest)
      upper.append(gamma)
    }
    if structure.isDamped {
      let (low, high) = (Self.damping.lowerBound, Self.damping.upperBound)
      first.append(low + 0.99 * (high - low))
      lower.append(low)
      upper.append(high)
    }
    return (first, lower, upper)
  }
}

/// The initial states of the search for the candidates of a series.
///
/// Source: Hyndman, Koehler, Ord & Snyder 2008, section 2.6.1, as implemented in statsforecast.
struct ETSStart {
  let values: [Double]
  let season: Int
  private var additive: [Double]?
  private var multiplicative: [Double]?

  /// Creates the initial states of T values with a season of m steps.
  init(_ values: [Double], season: Int) {
    self.values = values
    self.season = season
  }

  /// Returns the level, the slope if there is a trend, and, if there is a season, its terms from
  /// the last step to the second. The term of the first step follows from the others.
  mutating func states(of structure: ETSStructure) -> [Double] {
    guard structure.hasSeason else { return trend(of: values, structure, season: 1) }
    let seasonal = component(structure.season)
    var free = Array(seasonal[1..<season].reversed())
    let adjusted: [Double]
    if structure.season == .additive {
      adjusted = values.indices.map { values[$0] - seasonal[$0] }
    } else {
      free = free.map { max($0, 0.01) }
      let sum = free.reduce(0, +)
      if sum > Double(season) {
        let scale = free.reduce(0) { $0 + ($1 + 0.01) }
        free = free.map { $0 / scale }
      }
      adjusted = values.indices.map { values[$0] / max(seasonal[$0], 0.01) }
    }
    return trend(of: adjusted, structure, season: season) + free
  }

  /// Returns the level and the slope of the first values, by a mean or a line.
  private func trend(of values: [Double], _ structure: ETSStructure, season: Int) -> [Double] {
    let first = values.prefix(max(10, 2 * season))
    guard structure.hasTrend else { return [first.reduce(0, +) / Double(first.count)] }
    var (level, slope) = line(through: first)
    if abs(level + slope) < 1e-8 {
      level *= 1 + 1e-3
      slope *= 1 - 1e-3
    }
    return [level, slope]
  }

  /// Returns the seasonal component of each value.
  private mutating func component(_ kind: ETSStructure.Component) -> [Double] {
    if kind == .additive {
      if additive == nil { additive = decomposed(.additive) }
      return additive!
    }
    if multiplicative == nil { multiplicative = decomposed(.multiplicative) }
    return multiplicative!
  }

  private func decomposed(_ kind: ClassicalDecomposition.Kind) -> [Double] {
    guard values.count >= 3 * season else {
      let (level, slope) = lineBesideWave()
      return values.enumerated().map { step, value in
        let trend = level + slope * Double(step + 1)
        return kind == .additive ? value - trend : value / trend
      }
    }
    let seasonal = ClassicalDecomposition.seasonal(values, season: season, kind)
    return values.indices.map { seasonal[$0 % season] }
  }

  /// Returns the line of a regression of the values on their step and on a sine wave with the
  /// season's period, for series too short for seasonal averages.
  private func lineBesideWave() -> (level: Double, slope: Double) {
    let rows = values.indices.flatMap { step -> [Double] in
      let angle = 2 * Double.pi * Double(step + 1) / Double(season)
      return [1, Double(step + 1), .cos(angle), .sin(angle)]
    }
    let matrix = Tensor(rows).reshaped(to: [values.count, 4])
    guard let fit = try? leastSquares(matrix, Tensor(values)) else {
      return line(through: values[...])
    }
    let coefficients = fit.solution.scalars
    return (coefficients[0], coefficients[1])
  }
}

/// Returns the least-squares line through values at steps 1, 2, ….
private func line(through values: ArraySlice<Double>) -> (level: Double, slope: Double) {
  let count = Double(values.count)
  let center = (count + 1) / 2
  let mean = values.reduce(0, +) / count
  var (covariance, spread) = (0.0, 0.0)
  for (step, value) in values.enumerated() {
    let distance = Double(step + 1) - center
    covariance += distance * (value - mean)
    spread += distance * distance
  }
  let slope = covariance / spread
  return (mean - slope * center, slope)
}
