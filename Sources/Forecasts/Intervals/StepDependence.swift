internal import RealModule

/// The dependence between the steps of a forecast: a Gaussian copula with three components.
///
/// The first component is common to all steps, such as an error of the level. The second one repeats
/// with the season, such as an error of a weekday. The third one is autoregressive. The parameters are
/// so few that a few past windows suffice.
///
/// The coupling of samples by their ranks follows Schefzik, Thorarinsdottir & Gneiting 2013, Uncertainty
/// quantification in complex simulation models using ensemble copula coupling.
struct StepDependence: Sendable, Equatable {
  /// The share of the variance of the common component.
  private(set) var common = 0.0
  /// The share of the variance of the seasonal component.
  private(set) var seasonal = 0.0
  /// The correlation of the autoregressive component with that of the next step.
  private(set) var decay = 0.0
  /// The season length, in steps.
  let seasonLength: Int

  /// Creates independent steps.
  init(seasonLength: Int) { self.seasonLength = seasonLength }

  /// Fits the components to the correlations of past scores by least squares.
  ///
  /// - Parameters:
  ///   - rows: The normal scores of the steps of each series, [K] each, with NaN where unknown.
  ///   - seasonLength: The season length, in steps.
  init(_ rows: [[Double]], seasonLength: Int) {
    self.init(seasonLength: seasonLength)
    let lags = LagCorrelations(rows)
    guard !lags.values.isEmpty else { return }
    let shares = (0...Self.gridSize).map { Double($0) / Double(Self.gridSize) }
    // The seasonal share is unknown if no two steps are a season apart.
    let seasonalShares = seasonLength >= 2 && lags.values.count > seasonLength ? shares : [0]
    var least = lags.squares(of: self)
    for decay in shares.dropLast() {
      for common in shares {
        for seasonal in seasonalShares where common + seasonal <= 1 + 1e-9 {
          var candidate = self
          (candidate.decay, candidate.common, candidate.seasonal) = (decay, common, seasonal)
          let squares = lags.squares(of: candidate)
          if squares < least - 1e-12 { (self, least) = (candidate, squares) }
        }
      }
    }
  }

  /// Returns the correlation of the scores of two steps that are `lag` steps apart.
  func correlation(lag: Int) -> Double {
    let rest = max(0, 1 - common - seasonal) * .pow(decay, lag)
    return common + (lag.isMultiple(of: seasonLength) ? seasonal : 0) + rest
  }

  /// Returns samples of the scores of all steps, row-major `[S, H]`.
  ///
  /// The scores of a step are the quantiles of the standard normal distribution at the levels
  /// (s + ½) / S, in an order that is random.
  func samples(_ count: Int, steps: Int, using generator: inout Xoshiro256) -> [Double] {
    var drawn = [Double](repeating: 0, count: count * steps)
    let weights = (
      common.squareRoot(), seasonal.squareRoot(), max(0, 1 - common - seasonal).squareRoot()
    )
    let fresh = (1 - decay * decay).squareRoot()
    for sample in 0..<count {
      let level = standardNormal(using: &generator)
      let season = (0..<min(seasonLength, steps)).map { _ in standardNormal(using: &generator) }
      var rest = standardNormal(using: &generator)
      for step in 0..<steps {
        if step > 0 { rest = decay * rest + fresh * standardNormal(using: &generator) }
        drawn[sample * steps + step] =
          weights.0 * level + weights.1 * season[step % seasonLength] + weights.2 * rest
      }
    }
    let scores = (0..<count).map { standardNormalQuantile((Double($0) + 0.5) / Double(count)) }
    for step in 0..<steps {
      let order = (0..<count).sorted { drawn[$0 * steps + step] < drawn[$1 * steps + step] }
      for (rank, sample) in order.enumerated() { drawn[sample * steps + step] = scores[rank] }
    }
    return drawn
  }

  /// The number of intervals of the search grid for a share.
  private static let gridSize = 20
}

/// The correlations of scores by lag.
private struct LagCorrelations {
  /// The correlations at the lags 1, 2, ….
  private(set) var values: [Double] = []
  /// The number of pairs at each lag.
  private var counts: [Double] = []

  init(_ rows: [[Double]]) {
    guard let steps = rows.first?.count else { return }
    for lag in 1..<max(steps, 1) {
      var (products, earlier, later, count) = (0.0, 0.0, 0.0, 0.0)
      for row in rows {
        for step in 0..<steps - lag where !row[step].isNaN && !row[step + lag].isNaN {
          products += row[step] * row[step + lag]
          earlier += row[step] * row[step]
          later += row[step + lag] * row[step + lag]
          count += 1
        }
      }
      let size = (earlier * later).squareRoot()
      // The correlation of few pairs is shrunk toward 0.
      values.append(size > 0 ? products / size * count / (count + Self.priorCount) : 0)
      counts.append(size > 0 ? count : 0)
    }
    if counts.allSatisfy({ $0 == 0 }) { values = [] }
  }

  /// Returns the mean squared difference from the correlations of a dependence.
  func squares(of dependence: StepDependence) -> Double {
    var sum = 0.0
    for (place, value) in values.enumerated() {
      let distance = value - dependence.correlation(lag: place + 1)
      sum += counts[place] * distance * distance
    }
    return sum / counts.reduce(0, +)
  }

  /// The number of uncorrelated pairs to which the shrinkage is equivalent.
  private static let priorCount = 10.0
}
