internal import RealModule

/// The sizes of the errors of past forecasts, by cause.
///
/// Around its forecast, the demand of a series is multiplied by an error that its group has at a step,
/// an error that all series of its product share, and an error of its own, which both last for the
/// window. Sales at a step are random around that demand.
public struct DemandDispersion: Sendable, Equatable {
  /// The logarithms of the factors of the groups in each past window, W × `[G, H]`.
  private(set) var groupErrors: [[Double]]
  /// The variance of the factor of a product.
  public let ofProducts: Double
  /// The variance of the sales of a series in the whole window, without that of its steps.
  public let ofSeries: VarianceLaw
  /// The variance of the sales of a series at a step.
  public let atSteps: VarianceLaw
  /// The number of steps, H.
  let horizon: Int

  /// The largest logarithm of a factor of a group.
  private static let largestError = Double.log(10)

  /// Estimates the sizes by their moments, one cause after the other.
  ///
  /// - Parameters:
  ///   - windows: The past forecasts, at least one.
  ///   - groups: The groups, whose sums have sales at most steps.
  ///   - products: The series that share a product, or nil if none do.
  /// - Throws: `SimulationError.nothingSold` if there is nothing to estimate from.
  init(
    _ windows: [DemandWindow], groups: SeriesGroups, products: SeriesGroups?
  ) throws(SimulationError) {
    horizon = windows[0].horizon
    groupErrors = windows.map { Self.errors(of: $0, groups) }
    let means = zip(windows, groupErrors).map { window, errors in
      window.scaled(by: errors.map { .exp($0) }, of: groups)
    }
    guard let ofWindows = Self.law(ofTotals: windows, around: means) else { throw .nothingSold }
    // A window of one step doesn't show what lasts.
    atSteps =
      Self.law(ofSteps: windows, around: means)
      ?? VarianceLaw(linear: ofWindows.linear, square: 0)
    ofProducts = products.map { Self.shared($0, windows, around: means, ofWindows) } ?? 0
    // The variance of a window's sum contains that of its steps.
    let ofSteps = atSteps.square * Self.shareOfSquares(of: means, horizon)
    ofSeries = VarianceLaw(
      linear: max(0, ofWindows.linear - atSteps.linear),
      square: max(0, ofWindows.square - ofProducts - ofSteps))
    shrinkErrors(around: means, groups)
  }

  /// Returns the variance of sales at a step around the level at which a series did sell in the window,
  /// or nil if there is nothing to estimate it from.
  private static func law(
    ofSteps windows: [DemandWindow], around means: [[Double]]
  ) -> VarianceLaw? {
    var moments = VarianceMoments()
    let horizon = Double(windows[0].horizon)
    guard horizon > 1 else { return nil }
    // The level is known from the steps themselves, which takes a degree of freedom.
    let correction = (horizon / (horizon - 1)).squareRoot()
    for (window, means) in zip(windows, means) {
      let (expected, sold) = (means.rowSums(window.horizon), window.sales.rowSums(window.horizon))
      for cell in means.indices where means[cell] > 0 {
        let series = cell / window.horizon
        let mean = means[cell] * sold[series] / expected[series]
        moments.add(mean: mean, error: correction * (window.sales[cell] - mean))
      }
    }
    return moments.law
  }

  /// Returns the variance of the sum of a window.
  private static func law(
    ofTotals windows: [DemandWindow], around means: [[Double]]
  ) -> VarianceLaw? {
    var moments = VarianceMoments()
    for (window, means) in zip(windows, means) {
      for (mean, sold) in zip(means.rowSums(window.horizon), window.sales.rowSums(window.horizon)) {
        moments.add(mean: mean, error: sold - mean)
      }
    }
    return moments.law
  }

  /// Returns the mean share of the sum of squares of a window's steps in the square of their sum, which is
  /// 1 / H if all steps are alike.
  private static func shareOfSquares(of means: [[Double]], _ horizon: Int) -> Double {
    let shares = means.flatMap { means in
      zip(means.rowSums(horizon), means.map { $0 * $0 }.rowSums(horizon))
        .filter { $0.0 > 0 }.map { $1 / ($0 * $0) }
    }
    return shares.isEmpty ? 0 : shares.reduce(0, +) / Double(shares.count)
  }

  /// Returns the variance that the series of a product have in common: the part of the squared errors of
  /// its sum that is left without the spread of each series, by weighted least squares.
  private static func shared(
    _ products: SeriesGroups, _ windows: [DemandWindow], around means: [[Double]],
    _ law: VarianceLaw
  ) -> Double {
    var (numerator, denominator) = (0.0, 0.0)
    for (window, means) in zip(windows, means) {
      let totals = means.rowSums(window.horizon)
      let expected = products.sums(of: totals, width: 1)
      let squares = products.sums(of: totals.map { $0 * $0 }, width: 1)
      let sold = products.sums(of: window.sales.rowSums(window.horizon), width: 1)
      for product in expected.indices where expected[product] > 0 {
        let own = law.linear * expected[product] + law.square * squares[product]
        let pairs = expected[product] * expected[product] - squares[product]
        let variance = own + law.square * pairs
        guard variance > 0 else { continue }
        let error = sold[product] - expected[product]
        let weight = pairs / (variance * variance)
        numerator += weight * (error * error - own)
        denominator += weight * pairs
      }
    }
    return denominator > 0 ? min(max(numerator / denominator, 0), law.square) : 0
  }

  /// The mean square of the errors of each group, [G].
  var variancesOfGroups: [Double] {
    var sums = [Double](repeating: 0, count: groupErrors[0].count / horizon)
    for errors in groupErrors {
      for cell in errors.indices { sums[cell / horizon] += errors[cell] * errors[cell] }
    }
    return sums.map { $0 / Double(groupErrors.count * horizon) }
  }

  /// Returns the logarithms of sales divided by forecasts of each group, `[G, H]`, and 0 where a group
  /// has none of them.
  private static func errors(of window: DemandWindow, _ groups: SeriesGroups) -> [Double] {
    let forecasts = groups.sums(of: window.forecasts, width: window.horizon)
    let sales = groups.sums(of: window.sales, width: window.horizon)
    return zip(forecasts, sales).map { forecast, sold in
      guard forecast > 0, sold > 0 else { return 0 }
      return min(max(.log(sold / forecast), -largestError), largestError)
    }
  }

  /// Shrinks the errors of each group by the part of their variance that comes from the spread of its
  /// series at a step, which is drawn anew. Little of it is in the mean error of a window.
  private mutating func shrinkErrors(around means: [[Double]], _ groups: SeriesGroups) {
    let (horizon, steps) = (horizon, Double(horizon))
    var levels = [Double](repeating: 0, count: groups.count)
    var (deviations, noise) = (levels, levels)
    let windowLevels = zip(means, groupErrors).map { means, errors in
      let spread = groups.sums(of: means.map { atSteps.variance(of: $0) }, width: horizon)
      let sums = groups.sums(of: means, width: horizon)
      let found = errors.rowSums(horizon).map { $0 / steps }
      for cell in errors.indices where sums[cell] > 0 {
        let group = cell / horizon
        levels[group] += found[group] * found[group]
        deviations[group] += (errors[cell] - found[group]) * (errors[cell] - found[group])
        noise[group] += spread[cell] / (sums[cell] * sums[cell])
      }
      return found
    }
    func shrinkages(_ squares: [Double], share: Double) -> [Double] {
      zip(noise, squares).map { noise, squares in
        squares > 0 ? max(0, 1 - share * noise / squares).squareRoot() : 0
      }
    }
    let ofLevels = shrinkages(levels, share: 1 / (steps * steps))
    let ofDeviations = shrinkages(deviations, share: 1 - 1 / steps)
    for (window, levels) in windowLevels.enumerated() {
      for cell in groupErrors[window].indices {
        let group = cell / horizon
        let (level, shrinkage) = (levels[group], ofDeviations[group])
        groupErrors[window][cell] =
          ofLevels[group] * level + shrinkage * (groupErrors[window][cell] - level)
      }
    }
  }
}

extension [Double] {
  /// Returns the sums of the rows of a width.
  fileprivate func rowSums(_ width: Int) -> [Double] {
    stride(from: 0, to: count, by: width).map { self[$0..<$0 + width].reduce(0, +) }
  }
}
