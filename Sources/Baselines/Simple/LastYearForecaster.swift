/// The same steps of last year, multiplied by the growth since then.
///
/// The growth is the sum of the last weeks divided by the sum of the same weeks a year earlier. It is what a
/// shop expects of a season such as Christmas: the same weeks again, and some percent more. A year has 52
/// weeks, so that weekdays meet weekdays, or the 12 months or 4 quarters of a calendar year. Prediction
/// intervals follow from its forecasts of the steps in the history.
public struct LastYearForecaster: LocalForecaster {
  public let name = "Last year"
  /// The growth of every series, or nil to measure that of each series.
  public let growth: Double?
  public let quantileLevels: [Double]

  /// The last season, for series with less than a year and the weeks in which growth is measured.
  public var fallback: any LocalForecaster {
    SeasonalNaiveForecaster(quantileLevels: quantileLevels)
  }

  /// Creates a forecaster with a growth, or one that measures the growth of each series. Stops the
  /// program if the growth is negative.
  public init(growth: Double? = nil, quantileLevels: [Double] = []) {
    if let growth, !(growth >= 0 && growth.isFinite) {
      fatalError("LastYearForecaster: expected a growth of at least 0, got \(growth)")
    }
    self.growth = growth
    self.quantileLevels = checkedLevels(quantileLevels, of: "LastYearForecaster")
  }

  public func forecast(_ history: SeriesHistory, horizon: Int) -> SeriesForecast? {
    let values = history.values
    let year = history.frequency.yearLength
    let window = Self.growthLength(of: history.frequency)
    guard year > 1, values.count >= year + window else { return nil }
    func growth(before place: Int) -> Double? {
      self.growth ?? Self.growth(of: values[..<place], yearLength: year, over: window)
    }
    guard let next = growth(before: values.count) else { return nil }
    let errors = (year + window..<max(values.count, year + window)).map { place in
      values[place] - (growth(before: place) ?? next) * values[place - year]
    }
    var extended = values
    for _ in 0..<horizon {
      let isFirstYear = extended.count < values.count + year
      extended.append((isFirstYear ? next : 1) * extended[extended.count - year])
    }
    return SeriesForecast(
      mean: Array(extended.suffix(horizon)),
      deviation: deviations(ofErrors: errors, history: values, horizon: horizon))
  }

  /// Returns the growth of the sum of all series over a year, or nil if the history is shorter than a year
  /// and the weeks in which growth is measured, or had no sales in these weeks a year ago.
  public static func growth(of panel: Panel) -> Double? {
    let total = panel.total()
    guard let history = try? SeriesHistory(total.series(at: 0), of: total) else { return nil }
    let frequency = history.frequency
    return growth(
      of: history.values[...], yearLength: frequency.yearLength, over: growthLength(of: frequency))
  }

  private static func growth(
    of values: ArraySlice<Double>, yearLength: Int, over window: Int
  ) -> Double? {
    guard yearLength > 1, values.count >= yearLength + window else { return nil }
    let earlier = values.dropLast(yearLength).suffix(window).reduce(0, +)
    let now = values.suffix(window).reduce(0, +)
    return earlier > 0 ? max(now / earlier, 0) : nil
  }

  /// The number of steps in which growth is measured: eight weeks, two months, or two quarters.
  private static func growthLength(of frequency: Frequency) -> Int {
    max(frequency.yearLength * 2 / 13, min(2, frequency.yearLength / 2))
  }
}
