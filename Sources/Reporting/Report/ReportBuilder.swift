import Forecasts

/// Builds the document of a page.
struct ReportBuilder {
  private let page: ReportPage
  private let panel: Panel
  private let sums: ReportSums
  private let scores: ReportScores
  /// The indices of the series on the page, the largest first.
  private let shown: [Int]
  private let periodLength: Int

  /// The levels of the quantiles of a step.
  private static let sumLevels = [0.025, 0.1, 0.25, 0.75, 0.9, 0.975]
  private static let seriesLevels = [0.025, 0.1, 0.9, 0.975]
  /// The largest number of cells of the history on a page, about 3 bytes each.
  private static let cellLimit = 2_400_000

  init(_ page: ReportPage) throws {
    self.page = page
    panel = page.panel
    sums = try ReportSums(of: panel)
    scores = ReportScores(page, sums)
    let recent = panel.suffix(min(panel.calendar.count, panel.calendar.frequency.yearLength))
    let volumes = recent.ids.indices.map { index in
      recent.series(at: index).values.reduce(0) { $0 + abs($1) }
    }
    let order = volumes.indices.sorted { (volumes[$1], $0) < (volumes[$0], $1) }
    shown = Array(order.prefix(max(1, page.seriesLimit)))
    let period = page.panel.calendar.frequency.periodLength
    periodLength = page.next.map { min($0.forecast.horizon, period) } ?? 0
  }

  func document() throws -> ReportDocument {
    let calendar = panel.calendar
    let horizon = page.next?.forecast.horizon ?? 0
    var document = ReportDocument()
    document.title = page.title
    document.unit = page.unit
    document.setSteps(of: calendar.slice(0..<calendar.count + horizon))
    document.historyCount = calendar.count
    document.model = page.next?.name ?? scores.modelName
    document.baseline = scores.baselineName
    document.groupings = sums.groupings
    document.periodLength = periodLength
    document.windows = page.windows.map { window in
      ReportDocument.Window(
        first: window.forecast.calendar.firstNumber - calendar.firstNumber,
        count: window.forecast.horizon)
    }
    document.seriesCount = panel.seriesCount
    try addSums(to: &document)
    try addSeries(to: &document)
    document.events = try ReportEvents(of: page).events(forecastSteps: horizon)
    document.accuracy = scores.accuracy(page)
    document.customers = page.customers.map { ReportDocument.Customers(of: $0) }
    document.drivers = page.drivers
    document.stock = page.stock.map { ReportDocument.Stock(of: $0, page.policy, names: page.names) }
    document.quality = try ReportDocument.Quality(of: panel, cleaning: page.cleaning)
    document.headline = headline(document)
    return document
  }

  // MARK: - Rows

  private func addSums(to document: inout ReportDocument) throws {
    let past = try scores.pastOfModels.map { try $0.map(sums.forecast) }
    let intervals = try page.next.map {
      try ReportIntervals(
        of: try sums.forecast($0.forecast), from: sums.panel, past: past.map { $0[0] },
        levels: Self.sumLevels, periodLength: periodLength)
    }
    document.sumLevels = intervals?.forecast.quantiles?.levels ?? []
    document.sums = sums.labels.indices.map { index in
      var row = row(of: index, in: sums.panel, from: 0, intervals, past)
      (row.name, row.grouping) = sums.labels[index]
      return row
    }
  }

  private func addSeries(to document: inout ReportDocument) throws {
    let chosen = panel.selecting(shown)
    let past = scores.pastOfModels.map { $0.map { $0.selecting(shown) } }
    let intervals = try page.next.map {
      try ReportIntervals(
        of: $0.forecast.selecting(shown), from: chosen, past: past.map { $0[0] },
        levels: Self.seriesLevels, periodLength: periodLength)
    }
    document.seriesLevels = intervals?.forecast.quantiles?.levels ?? []
    let steps = max(panel.calendar.frequency.seasonLength * 2, Self.cellLimit / shown.count)
    let firstWindow = document.windows.first?.first ?? panel.calendar.count
    let first = max(0, min(panel.calendar.count - steps, firstWindow))
    let categories = sums.groupings.indices.map {
      sums.categories(in: $0, seriesCount: panel.seriesCount)
    }
    document.series = shown.enumerated().map { place, index in
      var row = row(of: place, in: chosen, from: first, intervals, past)
      row.name = page.names[row.id] ?? row.id
      row.categories = categories.map { $0[index] }
      row.scores = scores.scores(of: index)
      return row
    }
  }

  private func row(
    of index: Int, in panel: Panel, from first: Int, _ intervals: ReportIntervals?,
    _ past: [[Forecast]]
  ) -> ReportDocument.Row {
    let series = panel.series(at: index)
    let steps = series.steps.clamped(to: first..<max(first, panel.calendar.count))
    var row = ReportDocument.Row(id: series.id, name: series.id)
    row.start = steps.lowerBound
    row.history = PackedNumbers(steps.lazy.map { series.value(at: $0) })
    let soldOut = steps.filter { series.state(at: $0) == .stockOut }
    if !soldOut.isEmpty { row.soldOut = soldOut }
    if let intervals {
      row.forecast = PackedNumbers(intervals.forecast.values(at: index))
      row.quantiles = intervals.forecast.quantiles.map { quantiles in
        let width = quantiles.levels.count
        let cells = index * intervals.forecast.horizon..<(index + 1) * intervals.forecast.horizon
        return (0..<width).map { level in
          PackedNumbers(cells.lazy.map { quantiles.values[$0 * width + level] })
        }
      }
      row.total = PackedNumbers(intervals.totals[index][...])
      row.periods = intervals.periods[index].map { PackedNumbers($0[...]) }
    }
    row.past = past.map { $0.map { PackedNumbers($0.values(at: index)) } }
    return row
  }

  // MARK: - Headline

  private func headline(_ document: ReportDocument) -> ReportDocument.Headline {
    var headline = scores.headline
    guard let next = page.next?.forecast else { return headline }
    headline.total = next.values.reduce(0, +)
    let bounds = document.sums[0].total?.numbers ?? []
    if bounds.count == 3 { (headline.low, headline.high) = (bounds[1], bounds[2]) }
    let first = panel.calendar.count - panel.calendar.frequency.yearLength
    let total = sums.panel.series(at: 0)
    if first >= 0, first + next.horizon <= panel.calendar.count {
      let year = (first..<first + next.horizon).compactMap { total.value(at: $0) }
      if year.count * 2 > next.horizon { headline.lastYear = year.reduce(0, +) }
    }
    return headline
  }
}

extension Frequency {
  /// The number of steps of a period of a forecast: a week of days, four weeks, a quarter of months.
  fileprivate var periodLength: Int {
    switch self {
    case .hour: 24
    case .day: 7
    case .businessDay: 5
    case .week, .quarter: 4
    case .month: 3
    case .year: 1
    }
  }
}
