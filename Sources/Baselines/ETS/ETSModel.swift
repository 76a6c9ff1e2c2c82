internal import RealModule

/// An exponential smoothing model fitted to a series.
public struct ETSModel: Sendable {
  /// The components of the model.
  public let structure: ETSStructure
  /// The smoothing weight of the level.
  public let alpha: Double
  /// The smoothing weight of the slope, or 0 without a trend.
  public let beta: Double
  /// The smoothing weight of the season, or 0 without a season.
  public let gamma: Double
  /// The damping factor of the slope at each step, or 1 if it isn't damped.
  public let phi: Double
  /// The log-likelihood, up to a constant that all models of a series share.
  public let logLikelihood: Double
  /// The corrected Akaike information criterion, AICc.
  public let aicc: Double
  /// The variance of the errors, which are relative if the structure has multiplicative errors.
  public let variance: Double

  /// The level and the slope after the last step.
  let level: Double
  let slope: Double
  /// The seasonal terms of the next m steps, or `[0]` without a season.
  let season: [Double]

  /// Returns the means of the next steps, and the standard deviations of their errors.
  func forecast(horizon: Int) -> SeriesForecast {
    let trend = trend(horizon: horizon)
    let terms = (0..<horizon).map { season[$0 % season.count] }
    let isFactor = structure.season == .multiplicative
    let mean = zip(trend, terms).map { isFactor ? $0 * $1 : $0 + $1 }
    return SeriesForecast(
      mean: mean,
      deviation: variances(mean: mean, trend: trend, terms: terms).map {
        max($0, 0).squareRoot()
      })
  }

  /// Returns the level and slope at the next steps.
  ///
  /// As in R's forecast package and in statsforecast, the factors of a damped slope sum to φ + φ +
  /// φ² + …, so that forecasts are equal to theirs. By the recurrence itself, the sum would be φ +
  /// φ² + φ³ + ….
  private func trend(horizon: Int) -> [Double] {
    var factor = phi
    var power = phi
    return (0..<horizon).map { _ in
      defer {
        factor += power
        power *= phi
      }
      return level + factor * slope
    }
  }

  /// Returns the variances of the errors of the next steps, which are approximate for
  /// multiplicative seasons and exact otherwise.
  ///
  /// Source: Hyndman, Koehler, Ord & Snyder 2008, sections 6.2 to 6.4.
  private func variances(mean: [Double], trend: [Double], terms: [Double]) -> [Double] {
    if !structure.hasRelativeErrors {
      var sum = 1.0
      return mean.indices.map { step in
        defer { sum += response(step + 1) * response(step + 1) }
        return variance * sum
      }
    }
    let isFactor = structure.season == .multiplicative
    let center = isFactor ? trend : mean
    let squares = secondMoments(center)
    return mean.indices.map { step in
      guard isFactor else { return (1 + variance) * squares[step] - center[step] * center[step] }
      let seasons = Double(step / season.count)
      let growth = Double.pow(1 + gamma * gamma * variance, seasons)
      return terms[step] * terms[step]
        * (squares[step] * (1 + variance) * growth - center[step] * center[step])
    }
  }

  /// Returns the expected squares of the means of the next steps.
  private func secondMoments(_ center: [Double]) -> [Double] {
    let weights = center.indices.dropLast().map { response($0 + 1) * response($0 + 1) }
    var squares: [Double] = []
    for step in center.indices {
      var sum = 0.0
      for lag in 0..<step { sum += weights[lag] * squares[step - 1 - lag] }
      squares.append(center[step] * center[step] + variance * sum)
    }
    return squares
  }

  /// Returns the effect of an error on the mean of a later step, excluding its effect on seasonal
  /// factors.
  private func response(_ lag: Int) -> Double {
    var value = alpha
    if structure.hasTrend {
      let sum = phi == 1 ? Double(lag) : phi * (1 - Double.pow(phi, lag)) / (1 - phi)
      value += beta * sum
    }
    if structure.season == .additive, lag % season.count == 0 { value += gamma }
    return value
  }
}
