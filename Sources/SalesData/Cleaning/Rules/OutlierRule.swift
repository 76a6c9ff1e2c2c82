/// A rule that detects extreme values of a series and caps or masks them.
///
/// The rule examines the deseasonalized series: each observed value minus the median of its
/// position in the season (relative to the overall median; unchanged if fewer than three values are
/// observed at that position). A Saturday is thus compared with Saturdays.
///
/// Series with fewer than ten observed values are skipped, and so are those whose spread is 0, such
/// as the interquartile range of an item that sells on one day in five, because the tests need a
/// positive spread. Real peaks (promotions, Christmas) also look like outliers. Covariates explain
/// them better than a cap does. The rule uses future values, because the spread is that of the
/// whole series or of a window on both sides.
public struct OutlierRule: CleaningRule, Hashable {
  /// A test for outliers, based on the deseasonalized value `r`.
  public enum Test: Sendable, Hashable {
    /// |r − mean| > threshold · standard deviation (with divisor N). No score of N values exceeds
    /// (N − 1) / √N, so series with few values have no outliers.
    case zScore(threshold: Double = 3)
    /// r < Q1 − factor · IQR or r > Q3 + factor · IQR: Tukey's fences (1977). A factor of 3 gives
    /// his outer fences, and 1.5 the inner ones.
    case interquartile(factor: Double = 3)
    /// |r − median| > threshold · 1.4826 · MAD over the value and the `halfWidth` steps on either
    /// side (Hampel 1974). The constant converts the median absolute deviation to the standard
    /// deviation of a normal distribution. This test adapts to a changing level. Windows are
    /// truncated at the ends of the series.
    case hampel(halfWidth: Int = 7, threshold: Double = 3)
  }

  /// A treatment of outliers.
  public enum Treatment: String, Sendable, CaseIterable {
    /// Replace the value by the nearest one that is not an outlier, within the range of the
    /// observed values. Without that limit, in a series with growing seasonality, the seasonal
    /// component is too large for the first years, and subtracting it could make a capped sale
    /// negative.
    case cap
    /// Turn the value into a gap.
    case mask
  }

  /// The test for outliers.
  public var test: Test
  /// The treatment of outliers.
  public var treatment: Treatment
  /// The season length in steps, or `nil` to derive it from the frequency. With 1, the series
  /// is not deseasonalized.
  public var seasonLength: Int?

  /// Creates a rule. Stops the program if a threshold or factor is not above 0, or a half width or
  /// season length is below 1.
  public init(_ test: Test, _ treatment: Treatment, seasonLength: Int? = nil) {
    let limit: Double
    switch test {
    case .zScore(let threshold): limit = threshold
    case .interquartile(let factor): limit = factor
    case .hampel(let halfWidth, let threshold):
      limit = threshold
      guard halfWidth >= 1 else {
        fatalError("OutlierRule: expected a half width of at least 1, got \(halfWidth)")
      }
    }
    guard limit > 0 else {
      fatalError("OutlierRule: expected a threshold above 0, got \(limit)")
    }
    self.test = test
    self.treatment = treatment
    self.seasonLength = seasonLength
  }

  public var name: String { "outliers by \(test.text): \(treatment.rawValue)" }
  public var isCausal: Bool { false }

  /// The minimum number of observed values for a series to be examined.
  private static let leastCount = 10

  public func cleaned(_ panel: Panel) -> Panel {
    let season = panel.seasonLength(seasonLength, "OutlierRule")
    return panel.mapCells { row in
      guard row.states.count(where: { $0 == .observed }) >= Self.leastCount else { return }
      let residuals = DeseasonalizedRow(row, SeasonalComponent(of: row, length: season))
      switch test {
      case .zScore(let threshold): treat(row, residuals, residuals.zScoreBounds(threshold))
      case .interquartile(let factor): treat(row, residuals, residuals.fences(factor))
      case .hampel(let halfWidth, let threshold):
        var filter = HampelFilter(halfWidth: halfWidth, threshold: threshold)
        filter.forEachBounds(of: residuals.values, row.states) { cell, bounds in
          treat(row, residuals, at: cell, bounds)
        }
      }
    }
  }

  private func treat(
    _ row: CellRow, _ residuals: DeseasonalizedRow, _ bounds: ClosedRange<Double>?
  ) {
    guard let bounds else { return }
    for cell in row.values.indices where row.states[cell] == .observed {
      treat(row, residuals, at: cell, bounds)
    }
  }

  private func treat(
    _ row: CellRow, _ residuals: DeseasonalizedRow, at cell: Int, _ bounds: ClosedRange<Double>
  ) {
    let residual = residuals.values[cell]
    guard !bounds.contains(residual) else { return }
    switch treatment {
    case .mask: row.mask(cell)
    case .cap:
      let capped = residual < bounds.lowerBound ? bounds.lowerBound : bounds.upperBound
      row.values[cell] = residuals.restored(capped, at: cell)
    }
  }
}

/// A series without its seasonal component.
private struct DeseasonalizedRow {
  /// A value for each cell, which is only meaningful for observed cells.
  let values: [Double]
  private let observed: [Double]
  private let component: SeasonalComponent
  private let firstStep: Int
  /// The range of the observed values, or `nil` if there are none.
  private let range: ClosedRange<Double>?

  init(_ row: CellRow, _ component: SeasonalComponent) {
    var values = [Double](repeating: 0, count: row.values.count)
    var observed: [Double] = []
    observed.reserveCapacity(values.count)
    for cell in values.indices where row.states[cell] == .observed {
      values[cell] = row.values[cell] - component[row.steps.lowerBound + cell]
      observed.append(values[cell])
    }
    self.values = values
    self.observed = observed
    self.component = component
    firstStep = row.steps.lowerBound
    range = row.observedRange
  }

  /// Returns a deseasonalized value of a cell with its seasonal component added, limited to the
  /// range of the observed values.
  func restored(_ value: Double, at cell: Int) -> Double {
    let value = value + component[firstStep + cell]
    guard let range else { return value }
    return min(max(value, range.lowerBound), range.upperBound)
  }

  /// Returns the range of values that are not outliers by z-score, or `nil` if all values are
  /// equal.
  func zScoreBounds(_ threshold: Double) -> ClosedRange<Double>? {
    let mean = observed.reduce(0, +) / Double(observed.count)
    let variance = observed.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(observed.count)
    let reach = threshold * variance.squareRoot()
    return reach > 0 ? mean - reach...mean + reach : nil
  }

  /// Returns the range between Tukey's fences, or `nil` if the quartiles are equal.
  func fences(_ factor: Double) -> ClosedRange<Double>? {
    var observed = observed
    guard let lower = observed.quantile(0.25), let upper = observed.quantile(0.75), lower < upper
    else { return nil }
    let reach = factor * (upper - lower)
    return lower - reach...upper + reach
  }
}

extension OutlierRule.Test {
  fileprivate var text: String {
    switch self {
    case .zScore(let threshold): "z-score above \(threshold)"
    case .interquartile(let factor): "\(factor) interquartile ranges"
    case .hampel(let halfWidth, let threshold):
      "Hampel filter of \(threshold) deviations over \(2 * halfWidth + 1) steps"
    }
  }
}
