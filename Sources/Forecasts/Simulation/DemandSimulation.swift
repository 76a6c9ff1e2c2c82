internal import RealModule
import Tensor

/// A simulation of the sales of many series at once, from forecasts and the errors of past ones.
///
/// ```swift
/// let simulation = try DemandSimulation(
///   of: next, past: [heldOut], on: panel,
///   groups: panel.aggregated(by: ["store", "department"]).members,
///   products: panel.aggregated(by: ["item"]).members)
/// let paths = simulation.paths(count: 200)
/// let states = try paths.forecast(
///   of: panel.aggregated(by: ["state"]), quantileLevels: [0.1, 0.5, 0.9])
/// ```
///
/// The forecasts can come from any model, and are means. Each path has sales of all series at all steps,
/// so that the quantiles of any sums, over series or over steps, are those of the paths' sums, and fit
/// together at every level.
///
/// A path multiplies the forecasts by errors of the groups, of the products, and of the series, and
/// draws sales around the result. Groups are large parts of the panel, such as the departments of each
/// store. Their errors are random sums of those of the past windows, which keeps their covariances
/// between groups and between steps (the wild bootstrap, Wu 1986). A product's error is the same in all
/// stores. It lasts for the horizon, as does a series' own. Their variances and that of a
/// step are estimated by their moments. If all sales are whole numbers, so are those of the paths, with a
/// negative binomial distribution. Others have a gamma distribution.
///
/// One past window is enough, but shows only one error of the level of all sales. With a few windows,
/// intervals of large sums are often too narrow.
public struct DemandSimulation: Sendable {
  private let forecast: Forecast
  private let groups: SeriesGroups
  private let products: SeriesGroups?
  /// The sizes of the past errors, by cause.
  public let dispersion: DemandDispersion
  private let isWhole: Bool
  /// The number of steps by which past errors can be moved.
  private let seasonLength: Int
  /// The forecast sums of the groups, `[G, H]`.
  private let sums: [Double]
  /// The variance of the logarithm of each group's factor, [G].
  private let variances: [Double]

  /// The largest variance of the factor of a series. Sales of series with tiny forecasts are random anyway.
  private static let largestVariance = 10.0
  /// The mean, relative to the spread, below which nothing is sold.
  private static let leastShape = 1e-12

  /// Estimates the errors of past forecasts.
  ///
  /// - Parameters:
  ///   - forecast: The forecast of all series of the panel, in its order, at least 0.
  ///   - past: Forecasts of earlier steps by the same model, at least one, with the same horizon. The model
  ///     must not have been trained on the steps.
  ///   - panel: The sales, which contain the steps of the past forecasts.
  ///   - groups: The indices of the series of each group. Each series is in one group.
  ///   - products: The indices of the series of each product, or nil if each series is a product of its
  ///     own. Each series has one product.
  /// - Throws: `SimulationError` if forecasts and sales don't match, are negative, or are all 0.
  public init(
    of forecast: Forecast, past: [Forecast], on panel: Panel, groups: [[Int]],
    products: [[Int]]? = nil
  ) throws(SimulationError) {
    guard !past.isEmpty else {
      fatalError("DemandSimulation: expected at least one past forecast, got none")
    }
    guard forecast.ids == panel.ids else { throw .otherSeries }
    if let cell = forecast.values.firstIndex(where: { $0 < 0 }) {
      throw .negative(
        id: forecast.ids[cell / forecast.horizon],
        step: forecast.calendar.label(at: cell % forecast.horizon))
    }
    var windows: [DemandWindow] = []
    for past in past {
      guard past.horizon == forecast.horizon else {
        throw .otherHorizon(past.horizon, expected: forecast.horizon)
      }
      windows.append(try DemandWindow(past, on: panel))
    }
    let horizon = forecast.horizon
    self.forecast = forecast
    self.groups = SeriesGroups(groups, of: forecast.ids.count)
    self.products = products.map { SeriesGroups($0, of: forecast.ids.count) }
    dispersion = try DemandDispersion(windows, groups: self.groups, products: self.products)
    isWhole = windows.allSatisfy { $0.sales.allSatisfy { $0 == $0.rounded() } }
    let season = panel.calendar.frequency.seasonLength
    seasonLength = horizon.isMultiple(of: season) ? season : horizon
    sums = self.groups.sums(of: forecast.values, width: horizon)
    variances = dispersion.variancesOfGroups
  }

  /// Draws paths of all series. The same seed draws the same paths with any number of threads.
  ///
  /// The paths take 4 · S · N · H bytes.
  ///
  /// - Parameters:
  ///   - count: The number of paths, S, at least 1.
  ///   - seed: The seed of the random numbers.
  public func paths(count: Int, seed: UInt64 = 0) -> DemandPaths {
    guard count >= 1 else {
      fatalError("DemandSimulation.paths: expected at least one path, got \(count)")
    }
    var seeds = Xoshiro256(seed: seed)
    let generators = (0..<count).map { _ in Xoshiro256(seed: seeds.next()) }
    return DemandPaths(forecast, values: parallelMap(count) { path(generators[$0]) })
  }

  /// Draws a path of all series, `[N, H]`.
  private func path(_ generator: Xoshiro256) -> [Float] {
    var generator = generator
    let factors = groupFactors(using: &generator)
    let horizon = forecast.horizon
    let shared = (0..<(products?.count ?? 0)).map { _ in
      factor(variance: dispersion.ofProducts, using: &generator)
    }
    var means = forecast.values
    for series in forecast.ids.indices {
      let cells = series * horizon..<(series + 1) * horizon
      let total = means[cells].reduce(0, +)
      guard total > 0 else { continue }
      let variance = dispersion.ofSeries.square + dispersion.ofSeries.linear / total
      let own = factor(variance: min(variance, Self.largestVariance), using: &generator)
      let common = products.map { shared[$0.owner[series]] } ?? 1
      for cell in cells { means[cell] *= own * common }
    }
    let drawn = groups.sums(of: means, width: horizon)
    return means.indices.map { cell in
      let place = groups.owner[cell / horizon] * horizon + cell % horizon
      guard drawn[place] > 0 else { return 0 }
      // The errors within a group don't change its sum.
      let mean = means[cell] * factors[place] * sums[place] / drawn[place]
      return Float(sales(around: mean, using: &generator))
    }
  }

  /// Draws the factors of all groups, `[G, H]`, with a mean of 1.
  private func groupFactors(using generator: inout Xoshiro256) -> [Double] {
    let horizon = forecast.horizon
    var errors = [Double](repeating: 0, count: sums.count)
    let shifts = Array(stride(from: 0, to: horizon, by: seasonLength))
    let scale = 1 / Double(dispersion.groupErrors.count * shifts.count).squareRoot()
    for past in dispersion.groupErrors {
      for shift in shifts {
        let weight = scale * standardNormal(using: &generator)
        for cell in errors.indices {
          let step = (cell % horizon + shift) % horizon
          errors[cell] += weight * past[cell - cell % horizon + step]
        }
      }
    }
    return errors.indices.map { .exp(errors[$0] - variances[$0 / horizon] / 2) }
  }

  /// Draws a factor of a gamma distribution with a mean of 1.
  private func factor(variance: Double, using generator: inout Xoshiro256) -> Double {
    guard variance > 0 else { return 1 }
    return GammaDistribution(shape: 1 / variance, scale: variance).sample(using: &generator)
  }

  private func sales(around mean: Double, using generator: inout Xoshiro256) -> Double {
    guard mean > 0 else { return 0 }
    let law = dispersion.atSteps
    if isWhole {
      guard mean > Self.leastShape else { return 0 }
      return NegativeBinomialDistribution(
        mean: mean, dispersion: max(0, law.square + (law.linear - 1) / mean)
      ).sample(using: &generator)
    }
    let scale = law.linear + law.square * mean
    guard scale > 0 else { return mean }
    guard mean / scale > Self.leastShape else { return 0 }
    return GammaDistribution(shape: mean / scale, scale: scale).sample(using: &generator)
  }
}
