import Forecasts
import Seasons

/// A page about the forecast of a season: its growth over last year, the categories, the items to stock up,
/// the holidays, and, if it is known, what was sold.
///
/// The page is a single file that loads nothing from the network. Its charts are drawn by D3, like those
/// of a ``ReportPage``, in English and Chinese. Without D3, it has static charts and says what to
/// install.
public struct SeasonPage: Sendable {
  /// The page's title.
  public var title: String
  /// The forecast, with the actual sums if they are known.
  public let results: SeasonResults
  /// The errors of the forecast, or nil if the actual sales are unknown.
  public let check: SeasonCheck?
  /// The names of series on the page, by id. The page shows the id of a series without an entry.
  public var names: [String: String] = [:]
  /// The holidays of the season.
  public var holidays: [Holiday] = []
  /// The unit of the values, as it appears after a number, such as `units`.
  public var unit = "units"
  /// The number of items to stock up that are listed.
  public var itemLimit = 25

  /// Creates a page.
  public init(title: String, _ results: SeasonResults, _ check: SeasonCheck? = nil) {
    self.title = title
    self.results = results
    self.check = check
  }

  /// Returns the page as HTML.
  ///
  /// - Parameter d3: The library that draws the charts, or nil for static charts.
  public func html(drawnBy d3: D3Library? = .installed()) -> String {
    guard let d3 else { return staticPage.html() }
    return ReportMarkup(
      title: title, summary: summary, picture: LineChart(totalOf: self), document: document, d3: d3
    ).html()
  }

  /// The page with static charts.
  private var staticPage: ChartPage {
    var page = ChartPage(title: title, summary: summary)
    page.add(.paragraph(D3Library.advice))
    page.add(.chart(LineChart(totalOf: self)))
    let parts = [categories, items, holidayList, comparison].flatMap { $0 }
    for part in parts { page.add(part) }
    return page
  }
}

// MARK: - The data of the page

extension SeasonPage {
  private var document: ReportDocument {
    let calendar = results.history.calendar
    let ahead = results.span.lead + results.span.count
    var document = ReportDocument()
    document.title = title
    document.unit = unit
    document.setSteps(of: calendar.slice(0..<calendar.count + ahead))
    document.historyCount = calendar.count + results.span.lead
    document.model = results.model
    document.sumLevels = results.total.quantiles?.levels ?? []
    document.sums = [totalRow]
    document.events = holidayEvents
    document.seriesCount = results.seriesRows.count
    document.season = ReportDocument.Season(
      of: results, check, names: names, holidays: holidays, itemLimit: itemLimit)
    return document
  }

  /// The total before the season, its forecast, and, if they are known, the actual sums.
  private var totalRow: ReportDocument.Row {
    let total = results.history.total().series(at: 0)
    let lead = [Double?](repeating: nil, count: results.span.lead)
    let known = (0..<results.history.calendar.count).map { total.value(at: $0) }
    var row = ReportDocument.Row(id: results.totalRow.id, name: results.totalRow.id)
    row.history = PackedNumbers(known + (check.map { lead + $0.total.map { $0 } } ?? []))
    row.forecast = PackedNumbers(results.total.values[...])
    row.quantiles = results.total.quantiles.map { quantiles in
      let width = quantiles.levels.count
      return (0..<width).map { level in
        PackedNumbers(
          stride(from: level, to: quantiles.values.count, by: width).lazy
            .map { quantiles.values[$0] })
      }
    }
    return row
  }

  private var holidayEvents: [ReportDocument.Event] {
    let calendar = results.history.calendar
    return holidays.compactMap { holiday in
      calendar.steps(on: holiday.date).first.map {
        ReportDocument.Event(step: $0, kind: "holiday", name: holiday.name)
      }
    }
  }
}

// MARK: - The parts of the page

extension SeasonPage {
  private var frequency: Frequency { results.history.calendar.frequency }

  /// The probability of an interval, such as `80 %`.
  private var share: String {
    let levels = results.intervalLevels
    return ((levels.upperBound - levels.lowerBound) * 100).fixed(0) + " %"
  }

  private var summary: String {
    let row = results.totalRow
    let season = results.season
    var sentences = [
      "From \(season.firstDay) to \(season.lastDay), \(results.span.count.counted(frequency.unit)), "
        + "\(row.forecast.whole) \(unit) are expected, with a probability of \(share) between "
        + "\(row.interval.lowerBound.whole) and \(row.interval.upperBound.whole)."
    ]
    if let lastYear = row.lastYear, let growth = row.growth {
      sentences.append(
        "That is \(growth.change) than the \(lastYear.quantity) \(unit) of the same weeks last year."
      )
    }
    if let actual = row.actual {
      let ended = row.actualGrowth.map { ", \($0.change) than last year" } ?? ""
      sentences.append("\(actual.quantity) \(unit) were sold\(ended).")
    }
    return sentences.joined(separator: " ") + " The forecast is that of \(results.model)."
  }

  private var categories: [ChartPage.Part] {
    results.categoryLevels.filter { !$0.rows.isEmpty }.flatMap { parts(of: $0) }
  }

  private func parts(of level: SeasonLevel) -> [ChartPage.Part] {
    let rows = level.rows.sorted { $0.forecast > $1.forecast }
    let grown = rows.filter { $0.growthInterval != nil }
    var header = [level.name, "Last year", "Forecast", "Interval of \(share)", "Growth"]
    if check != nil { header += ["Actual", "Actual growth"] }
    var parts = [ChartPage.Part.heading("Categories")]
    if !grown.isEmpty {
      let chart = BarChart(
        title: "Growth over last year by \(level.name), in percent, with intervals of \(share)",
        labels: grown.map(\.id), grown.map { ($0.growth ?? 0) * 100 },
        intervals: grown.map { $0.growthInterval! * 100 })
      parts.append(.chart(chart))
    }
    parts.append(.table([header] + rows.map { cells(of: $0) }))
    return parts
  }

  private func cells(of row: SeasonRow) -> [String] {
    [
      row.id, row.lastYear?.quantity ?? "–", row.forecast.whole, row.intervalText,
      row.growth?.percent ?? "–",
    ] + (check == nil ? [] : [row.actual?.quantity ?? "–", row.actualGrowth?.percent ?? "–"])
  }

  private var items: [ChartPage.Part] {
    let rows = results.largestRises(itemLimit)
    guard !rows.isEmpty else { return [] }
    let recent = "Last \(results.span.recent.count.counted(frequency.unit))"
    let header =
      ["Item", recent, "Last year", "Forecast", "Interval of \(share)"]
      + (check == nil ? [] : ["Actual"])
    let cells = rows.map { row -> [String] in
      let name = names[row.id].map { "\($0) (\(row.id))" } ?? row.id
      let sums = [row.recent.quantity, row.lastYear?.quantity ?? "–", row.forecast.whole]
      let actual = check == nil ? [] : [row.actual?.quantity ?? "–"]
      return [name] + sums + [row.intervalText] + actual
    }
    return [
      .heading("Items to stock up"),
      .paragraph("The items whose sales rise most above those of the last \(frequency.units)."),
      .table([header] + cells),
    ]
  }

  private var holidayList: [ChartPage.Part] {
    holidays.isEmpty
      ? []
      : [
        .heading("Holidays in the season"), .lines(holidays.map { "\($0.date): \($0.name)" }),
      ]
  }

  private var comparison: [ChartPage.Part] {
    guard let check else { return [] }
    let hasCategories = check.rows.contains { $0.categoryWAPE != nil }
    let header =
      ["Forecast", "WAPE by \(frequency.unit)", "WAPE of items"]
      + (hasCategories ? ["WAPE of categories"] : []) + ["Error of the total"]
    let cells = check.rows.map { row -> [String] in
      let ofCategories = hasCategories ? [row.categoryWAPE?.share ?? "–"] : []
      return [row.name, row.stepWAPE.share, row.seriesWAPE.share] + ofCategories
        + [row.bias.percent]
    }
    let coverage = results.levels.compactMap { level in
      level.coverage.map { "\(level.name): \(($0 * 100).fixed(0)) %" }
    }
    let parts: [ChartPage.Part] = [
      .heading("The forecast and what was sold"), .table([header] + cells),
      .paragraph("Sums within their interval of \(share): \(coverage.joined(separator: ", "))."),
    ]
    guard check.newSeriesCount > 0 else { return parts }
    return parts + [
      .paragraph(
        "\(check.newSeriesCount) items were first sold in the season, \(check.newSales.quantity) \(unit) in "
          + "all. They are not part of the comparison.")
    ]
  }
}

extension SeasonRow {
  fileprivate var intervalText: String {
    "\(interval.lowerBound.whole) to \(interval.upperBound.whole)"
  }
}

extension LineChart {
  /// Creates a chart of the total: the steps before the season, the season, and last year's line.
  fileprivate init(totalOf page: SeasonPage) {
    let results = page.results
    let calendar = results.history.calendar
    let total = results.history.total().series(at: 0)
    let shown = min(calendar.count, 2 * results.span.count)
    let steps = calendar.count - shown..<calendar.count + results.span.horizon
    let ahead = [Double?](repeating: nil, count: shown + results.span.lead)
    let year = calendar.frequency.yearLength
    let first = calendar.count + results.span.lead
    func sold(_ step: Int) -> Double? { step >= 0 ? page.check?.total[step] : nil }
    let lines = [
      Line(
        name: "Actual", style: .actual,
        values: steps.map { step in
          step < calendar.count ? total.value(at: step) : sold(step - first)
        }),
      Line(name: "Forecast", style: .forecast, values: ahead + results.total.values.map { $0 }),
      Line(
        name: "Last year", style: .lastYear,
        values: steps.map { $0 >= year ? total.value(at: $0 - year) : nil }),
    ]
    self.init(
      title: "All items: \(page.unit) \(calendar.frequency.unitWithArticle)",
      calendar: calendar.slice(steps), lines: lines,
      bands: Band.bands(of: results.total) { "\($0) interval" },
      shadedFrom: shown + results.span.lead)
  }
}

extension ClosedRange<Double> {
  fileprivate static func * (range: Self, factor: Double) -> Self {
    range.lowerBound * factor...range.upperBound * factor
  }
}

extension Double {
  /// The number without decimals.
  fileprivate var whole: String { rounded().quantity }

  /// The number as a percentage.
  fileprivate var share: String { (self * 100).fixed(1) + " %" }

  /// The number as a percentage with its sign.
  fileprivate var percent: String { (self > 0 ? "+" : "") + share }

  /// The number as a change, such as `8.0 % more`.
  fileprivate var change: String { (abs(self) * 100).fixed(1) + (self < 0 ? " % less" : " % more") }
}
