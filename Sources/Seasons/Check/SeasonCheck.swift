import Baselines

/// The comparison of a season's forecasts with what was sold.
public struct SeasonCheck: Sendable {
  /// The errors of one forecast.
  public struct Row: Sendable {
    /// The name of the model or of the rule.
    public let name: String
    /// The WAPE of the series at each step.
    public let stepWAPE: Double
    /// The WAPE of the sums of the series over the season.
    public let seriesWAPE: Double
    /// The WAPE of the sums of the categories of the first column over the season, or nil without columns.
    public let categoryWAPE: Double?
    /// The error of the sum of all series over the season, as a share of what was sold.
    public let bias: Double
  }

  /// The errors of the forecast, and of the rules that a shop could use instead.
  public let rows: [Row]
  /// The number of series that were sold for the first time in the season, which no forecast knew.
  public let newSeriesCount: Int
  /// The sales of these series.
  public let newSales: Double
  /// The actual sum of the series of the forecast at each step of the season.
  public let total: [Double]
}

extension SeasonResults {
  /// Compares the forecast with what was sold, and with three rules: last year's season multiplied by the
  /// growth of all sales since then, the last week (or season of other steps) repeated, and the mean of the
  /// last steps.
  ///
  /// - Parameter sales: A panel that contains the whole season. Otherwise, stops the program.
  /// - Returns: The results with the actual sums, and the errors.
  public func checked(against sales: Panel) throws -> (results: SeasonResults, check: SeasonCheck) {
    guard let first = sales.calendar.step(of: forecast.calendar.start),
      first + span.count <= sales.calendar.count
    else {
      fatalError(
        "SeasonResults.checked: expected sales from \(season.firstDay) to \(season.lastDay), got "
          + "\(sales.calendar.start) up to, but not including, \(sales.calendar.end)")
    }
    let actual = ActualSeason(of: sales, steps: first..<first + span.count, ids: history.ids)
    var results = self
    for level in levels.indices { results.levels[level].fillIn(actual.sums) }
    let categories = columnMembers
    let rows =
      try [(model, forecast)]
      + rules().map { rule in
        let all = try rule.forecast(from: history, horizon: span.horizon)
        return (rule.name, all.slice(span.steps))
      }
    let check = SeasonCheck(
      rows: rows.map { name, forecast in
        actual.errors(of: forecast, named: name, categories: categories)
      },
      newSeriesCount: actual.newSeriesCount, newSales: actual.newSales,
      total: actual.total)
    return (results, check)
  }

  /// The members of each category of the first column, or nil without columns.
  private var columnMembers: [[Int]]? { categoryLevels.first?.members }

  /// The rules that a shop could use without a model.
  private func rules() -> [any Forecaster & FittedForecaster] {
    var rules: [any Forecaster & FittedForecaster] = []
    if span.lastYear != nil, let growth = LastYearForecaster.growth(of: history) {
      rules.append(LastYearForecaster(growth: growth))
    }
    let length = span.recent.count
    return rules + [SeasonalNaiveForecaster(), MovingAverageForecaster(windowLength: length)]
  }
}

extension SeasonLevel {
  fileprivate mutating func fillIn(_ sums: [Double]) {
    for row in rows.indices { rows[row].actual = members[row].reduce(0) { $0 + sums[$1] } }
  }
}

/// The actual sales of a season.
private struct ActualSeason {
  /// The values of each step of the series of the forecast, [N, H], or nil where nothing was observed.
  let values: [Double?]
  /// The sums of the series.
  let sums: [Double]
  let newSeriesCount: Int
  let newSales: Double

  init(of sales: Panel, steps: Range<Int>, ids: [String]) {
    let places = Dictionary(uniqueKeysWithValues: sales.ids.enumerated().map { ($1, $0) })
    func values(_ place: Int?) -> [Double?] {
      guard let place else { return steps.map { _ in nil } }
      let series = sales.series(at: place)
      return steps.map { series.value(at: $0) }
    }
    func sum(_ values: [Double?]) -> Double { values.reduce(0) { $0 + ($1 ?? 0) } }
    let known = ids.map { values(places[$0]) }
    self.values = known.flatMap { $0 }
    sums = known.map(sum)
    let forecast = Set(ids)
    let new = sales.ids.indices.filter { !forecast.contains(sales.ids[$0]) }
      .map { sum(values($0)) }.filter { $0 != 0 }
    newSeriesCount = new.count
    newSales = new.reduce(0, +)
  }

  /// The sum of all series at each step, [H].
  var total: [Double] {
    let horizon = values.count / max(sums.count, 1)
    return (0..<horizon).map { step in
      sums.indices.reduce(0) { $0 + (values[$1 * horizon + step] ?? 0) }
    }
  }

  func errors(of forecast: Forecast, named name: String, categories: [[Int]]?) -> SeasonCheck.Row {
    var (error, size) = (0.0, 0.0)
    for (value, actual) in zip(forecast.values, values) {
      guard let actual else { continue }
      error += abs(value - actual)
      size += abs(actual)
    }
    let expected = forecast.sumsOfSeries
    func wape(_ members: [[Int]]) -> Double {
      let sums = members.map { members in
        members.reduce((0, 0)) { ($0.0 + expected[$1], $0.1 + self.sums[$1]) }
      }
      return sums.reduce(0) { $0 + abs($1.0 - $1.1) } / sums.reduce(0) { $0 + abs($1.1) }
    }
    let total = sums.reduce(0, +)
    return SeasonCheck.Row(
      name: name, stepWAPE: error / size, seriesWAPE: wape(sums.indices.map { [$0] }),
      categoryWAPE: categories.map(wape), bias: (expected.reduce(0, +) - total) / total)
  }
}
