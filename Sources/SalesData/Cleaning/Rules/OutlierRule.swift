/// Finds values that stand far out of their series, and caps or masks them.
///
/// What is judged is the deseasonalised series: each observed value less the median of its place in
/// the season (relative to the median of all; nothing where fewer than three values of that place
/// are observed). So a Saturday is compared with Saturdays.
///
/// Series with fewer than ten observed values are not judged, nor are those whose measure of spread
/// is 0, such as the interquartile range of an item that sells on one day in five: nothing is far
/// out by a spread of 0. A real peak (a promotion, Christmas) looks like an outlier, too;
/// covariates explain it better than a cap does. Looks ahead: the spread is that of the whole
/// series, or of a window on both sides.
public struct OutlierRule: CleaningRule, Hashable {
  /// What is far out, by the deseasonalised value `r`.
  public enum Test: Sendable, Hashable {
    /// |r − mean| > threshold · standard deviation, the latter with N as its divisor. In N values
    /// no score is above (N − 1) / √N, so that few values have no outliers.
    case zScore(threshold: Double = 3)
    /// r < Q1 − factor · IQR or r > Q3 + factor · IQR: Tukey's fences (1977), his outer ones for
    /// the factor 3, the inner ones for 1.5.
    case interquartile(factor: Double = 3)
    /// |r − median| > threshold · 1.4826 · MAD over the `halfWidth` steps on either side and the
    /// value itself (Hampel 1974); the factor makes the median absolute deviation that of a normal
    /// distribution. Follows a level that changes. Windows are cut at the ends of the series.
    case hampel(halfWidth: Int = 7, threshold: Double = 3)
  }

  /// What becomes of an outlier.
  public enum Treatment: String, Sendable, CaseIterable {
    /// It becomes the nearest value that would be none, but no value outside of the range of what
    /// was observed: where a season grows, its component is too great for the first years, and less
    /// it the cap of a sale could be below 0.
    case cap
    /// It becomes a gap.
    case mask
  }

  /// What is far out.
  public var test: Test
  /// What becomes of it.
  public var treatment: Treatment
  /// The steps after which the season repeats; nil for that of the calendar's frequency. At 1
  /// nothing is deseasonalised.
  public var seasonLength: Int?

  /// A rule of that test and treatment. A threshold or factor that is not above 0, a half width or
  /// a season length below 1 stop the program.
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

  /// The fewest observed values of a series that is judged.
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

/// A series less its seasonal component.
private struct DeseasonalizedRow {
  /// A value for each cell; only those of observed cells mean something.
  let values: [Double]
  private let observed: [Double]
  private let component: SeasonalComponent
  private let firstStep: Int
  /// The least and the greatest observed value, nil where there is none.
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

  /// A deseasonalised value of a cell with its season again, within the range of what was observed.
  func restored(_ value: Double, at cell: Int) -> Double {
    let value = value + component[firstStep + cell]
    guard let range else { return value }
    return min(max(value, range.lowerBound), range.upperBound)
  }

  /// The values that are no outliers by their z-score; nil where all are alike.
  func zScoreBounds(_ threshold: Double) -> ClosedRange<Double>? {
    let mean = observed.reduce(0, +) / Double(observed.count)
    let variance = observed.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(observed.count)
    let reach = threshold * variance.squareRoot()
    return reach > 0 ? mean - reach...mean + reach : nil
  }

  /// The values between Tukey's fences; nil where the quartiles are alike.
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
