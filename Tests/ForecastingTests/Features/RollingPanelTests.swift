import Forecasting
import SalesTestSupport
import Testing

/// Rolling statistics of a panel whose series begin and end at different times, with gaps and zeros,
/// held against pandas: windows of 1, of an even and an odd number of steps, and longer than any
/// series.
///
/// The second series is at a hundred million until step 15 and small from there on: what a window
/// has left behind must leave nothing in it.
@Suite struct RollingPanelTests {
  private static let spans = [0..<40, 5..<32, 31..<40]

  private static let panel = Panel(
    calendar: RegularCalendar(start: date(2024, 2, 26), count: 40),
    series: spans.enumerated().map { index, span in
      Series(
        id: "s\(index)", start: span.lowerBound, values: span.map { value(of: index, at: $0) })
    })

  private static func value(of index: Int, at step: Int) -> Double? {
    if (5 * step + index) % 11 == 3 { return nil }
    if (step + index) % 4 == 0 { return 0 }
    let whole: Int = (7 * step * step + 3 * step * (index + 1)) % 23
    return Double(Double(whole) + Double(index) / 4 + (index == 1 && step < 15 ? 1e8 : 0))
  }

  struct Pin: CustomTestStringConvertible {
    let statistic: Rolling.Statistic
    let window: Int
    let lag: Int
    let minimumCount: Int
    /// How many steps of each series have no statistic.
    let missing: [Int]
    /// The sum of statistic times step, from 1; of the second series where no great value is in the
    /// window.
    let sums: [Double]

    init(
      _ statistic: Rolling.Statistic, _ window: Int, _ lag: Int, _ minimumCount: Int,
      _ missing: [Int], _ sums: [Double]
    ) {
      (self.statistic, self.window, self.lag) = (statistic, window, lag)
      (self.minimumCount, self.missing, self.sums) = (minimumCount, missing, sums)
    }

    var testDescription: String { "\(statistic) of \(window), \(lag) before" }
  }

  /// ```python
  /// def y(s, t):
  ///   a, b = [(0, 40), (5, 32), (31, 40)][s]
  ///   if not a <= t < b or (5*t + s) % 11 == 3: return np.nan
  ///   if (t + s) % 4 == 0: return 0.0
  ///   return float(np.float32((7*t*t + 3*t*(s + 1)) % 23 + s/4 + 1e8*(s == 1 and t < 15)))
  /// panel = pd.DataFrame({s: [y(s, t) for t in range(40)] for s in range(3)})
  /// zero = (panel == 0).astype(float).where(panel.notna())
  /// positive = (panel > 0).astype(float).where(panel.notna())
  /// def rolling(frame): return frame.shift(lag).rolling(window, min_periods=minimum_count)
  /// # mean(), sum(), apply(lambda v: np.nanstd(v, ddof=1)), min(), max(), quantile(…)
  /// # of rolling(panel); rolling(zero).mean(), rolling(positive).sum(); of each a column c:
  /// c.isna().sum(), (c * (c.index + 1))[first:].sum()    # first = 15 + window + lag − 1 or 0
  /// ```
  private static let pins: [Pin] = [
    Pin(.mean, 1, 1, 1, [5, 16, 33], [6049, 3452.25, 1524.5]),
    Pin(.deviation, 1, 1, 1, [40, 40, 40], [0, 0, 0]),
    Pin(.zeroShare, 1, 1, 1, [5, 16, 33], [207, 125, 76]),
    Pin(.mean, 2, 3, 1, [3, 12, 35], [6593.5, 4529.125, 1307.75]),
    Pin(.sum, 2, 3, 1, [3, 12, 35], [12640, 7567, 2453.5]),
    Pin(.deviation, 2, 3, 1, [10, 20, 36], [4639.328, 2545.761, 677.762]),
    Pin(.minimum, 2, 3, 1, [3, 12, 35], [3313, 2729, 828.5]),
    Pin(.maximum, 2, 3, 1, [3, 12, 35], [9874, 6329.25, 1787]),
    Pin(.quantile(0.1), 2, 3, 1, [3, 12, 35], [3969.1, 3089.025, 924.35]),
    Pin(.quantile(0.75), 2, 3, 1, [3, 12, 35], [8233.75, 5429.188, 1547.375]),
    Pin(.zeroShare, 2, 3, 1, [3, 12, 35], [234, 157.5, 38.5]),
    Pin(.positiveCount, 2, 3, 1, [3, 12, 35], [1078, 548, 267]),
    Pin(.mean, 7, 1, 3, [3, 13, 35], [6860.448, 4242.689, 1187.568]),
    Pin(.sum, 7, 1, 3, [3, 13, 35], [43730, 24181.5, 6134]),
    Pin(.deviation, 7, 1, 3, [3, 13, 35], [6262.497, 3846.23, 968.916]),
    Pin(.minimum, 7, 1, 3, [3, 13, 35], [63, 0, 0]),
    Pin(.maximum, 7, 1, 3, [3, 13, 35], [15361, 8813.25, 2231]),
    Pin(.quantile(0.1), 7, 1, 3, [3, 13, 35], [575.3, 356.2, 219]),
    Pin(.quantile(0.75), 7, 1, 3, [3, 13, 35], [10874.5, 6796.75, 1929]),
    Pin(.zeroShare, 7, 1, 3, [3, 13, 35], [233.498, 127.005, 46.779]),
    Pin(.positiveCount, 7, 1, 3, [3, 13, 35], [3683, 1674, 730]),
    Pin(.mean, 8, 2, 2, [3, 8, 35], [6889.089, 5181.948, 1209.65]),
    Pin(.sum, 8, 2, 2, [3, 8, 35], [49891, 29644.5, 5060]),
    Pin(.deviation, 8, 2, 2, [3, 8, 35], [6421.048, 5068.73, 877.169]),
    Pin(.minimum, 8, 2, 2, [3, 8, 35], [0, 0, 162]),
    Pin(.maximum, 8, 2, 2, [3, 8, 35], [15958, 10899, 2083]),
    Pin(.quantile(0.1), 8, 2, 2, [3, 8, 35], [326, 267.375, 401.2]),
    Pin(.quantile(0.75), 8, 2, 2, [3, 8, 35], [11003.5, 8299.812, 1819]),
    Pin(.zeroShare, 8, 2, 2, [3, 8, 35], [233.095, 177.805, 36.3]),
    Pin(.positiveCount, 8, 2, 2, [3, 8, 35], [4184, 2042, 616]),
    Pin(.mean, 60, 4, 5, [8, 14, 40], [6509.536, 0, 0]),
    Pin(.sum, 60, 4, 5, [8, 14, 40], [142822, 0, 0]),
    Pin(.deviation, 60, 4, 5, [8, 14, 40], [5970.125, 0, 0]),
    Pin(.minimum, 60, 4, 5, [8, 14, 40], [0, 0, 0]),
    Pin(.maximum, 60, 4, 5, [8, 14, 40], [16423, 0, 0]),
    Pin(.quantile(0.1), 60, 4, 5, [8, 14, 40], [0, 0, 0]),
    Pin(.quantile(0.75), 60, 4, 5, [8, 14, 40], [11682, 0, 0]),
    Pin(.zeroShare, 60, 4, 5, [8, 14, 40], [223.442, 0, 0]),
    Pin(.positiveCount, 60, 4, 5, [8, 14, 40], [12275, 0, 0]),
  ]

  @Test(arguments: pins) func statisticsAreThoseOfPandas(pin: Pin) throws {
    let rolling = Rolling(
      pin.statistic, of: .target, window: pin.window, lag: pin.lag,
      minimumCount: pin.minimumCount)
    let table = try FeatureTable(FeatureSet(past: [rolling]), of: Self.panel)
    for index in 0..<3 {
      let (values, missing) = try table.numbers(rolling.name, of: index, over: 0..<40)
      #expect(missing.count { $0 } == pin.missing[index], "series \(index)")
      let first = index == 1 ? min(40, 15 + pin.window + pin.lag - 1) : 0
      var sum = 0.0
      for step in first..<40 where !missing[step] { sum += Double(values[step]) * Double(step + 1) }
      #expect(abs(sum - Double(pin.sums[index])) < 1e-3 + 1e-6 * sum, "series \(index)")
    }
  }
}
