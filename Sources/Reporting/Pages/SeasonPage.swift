import Forecasts
import Seasons

/// A page about the forecast of a season: its growth over last year, the categories, the items to stock up,
/// the holidays, and, if it is known, what was sold.
///
/// The page is a single file without scripts, and it makes no network requests.
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
  public func html() -> String {
    let head =
      HTML.offlineHead(title: title) + [
        .element("style", [:], [.trusted(PageResource.pageStyle)])
      ]
    let document = HTML.element(
      "html", ["lang": "en"], [.element("head", [:], head), body])
    return "<!DOCTYPE html>\n" + document.markup + "\n"
  }

  private var body: HTML {
    let sections = [totalSection, categorySection, itemSection, holidaySection, checkSection]
    return .element(
      "body", [:],
      [
        .element(
          "header", [:], [.element("h1", text: title)] + summary.map { .element("p", text: $0) }),
        .element("main", [:], sections.compactMap { $0 }),
      ])
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

  private var summary: [String] {
    let row = results.totalRow
    let season = results.season
    var sentences = [
      "From \(season.firstDay) to \(season.lastDay), \(results.span.count.counted(frequency.unit)), "
        + "\(row.forecast.quantity) \(unit) are expected, with a probability of \(share) between "
        + "\(row.interval.lowerBound.quantity) and \(row.interval.upperBound.quantity)."
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
    return [sentences.joined(separator: " "), "Forecast by \(results.model)."]
  }

  private var totalSection: HTML? { figure(LineChart(totalOf: self)) }

  private var categorySection: HTML? {
    let levels = results.categoryLevels.filter { !$0.rows.isEmpty }
    guard !levels.isEmpty else { return nil }
    let parts = levels.flatMap { level -> [HTML] in
      let rows = level.rows.sorted { $0.forecast > $1.forecast }
      let grown = rows.filter { $0.growthInterval != nil }
      let chart = BarChart(
        title: "Growth over last year by \(level.name), in percent, with intervals of \(share)",
        labels: grown.map(\.id), grown.map { ($0.growth ?? 0) * 100 },
        intervals: grown.map { $0.growthInterval! * 100 })
      let table = PageTable(
        caption: "The sums of the season by \(level.name)",
        header: ["Category", "Last year", "Forecast", "Interval of \(share)", "Growth"]
          + (check == nil ? [] : ["Actual", "Actual growth"]),
        rows: rows.map { ($0.id, cells(of: $0)) })
      return (grown.isEmpty ? [] : [figure(chart)]) + [table.html()]
    }
    return section("Categories", parts)
  }

  private func cells(of row: SeasonRow) -> [PageTable.Cell] {
    let texts =
      [
        row.lastYear?.quantity ?? "–", row.forecast.quantity,
        "\(row.interval.lowerBound.quantity) to \(row.interval.upperBound.quantity)",
        row.growth?.percent ?? "–",
      ]
      + (check == nil ? [] : [row.actual?.quantity ?? "–", row.actualGrowth?.percent ?? "–"])
    return texts.map { PageTable.Cell($0) }
  }

  private var itemSection: HTML? {
    let rows = results.largestRises(itemLimit)
    guard !rows.isEmpty else { return nil }
    let recent = "Last \(results.span.recent.count.counted(frequency.unit))"
    let table = PageTable(
      caption: "The items whose sales rise most above those of the last \(frequency.units)",
      header: ["Item", recent, "Last year", "Forecast", "Interval of \(share)"]
        + (check == nil ? [] : ["Actual"]),
      rows: rows.map { row in
        let texts =
          [
            row.recent.quantity, row.lastYear?.quantity ?? "–", row.forecast.quantity,
            "\(row.interval.lowerBound.quantity) to \(row.interval.upperBound.quantity)",
          ] + (check == nil ? [] : [row.actual?.quantity ?? "–"])
        return (names[row.id].map { "\($0) (\(row.id))" } ?? row.id, texts.map { .init($0) })
      })
    return section("Items to stock up", [table.html()])
  }

  private var holidaySection: HTML? {
    guard !holidays.isEmpty else { return nil }
    let items = holidays.map { HTML.element("li", text: "\($0.date): \($0.name)") }
    return section("Holidays in the season", [.element("ul", [:], items)])
  }

  private var checkSection: HTML? {
    guard let check else { return nil }
    let hasCategories = check.rows.contains { $0.categoryWAPE != nil }
    let columns: [(name: String, error: (SeasonCheck.Row) -> Double)] =
      [
        ("WAPE by \(frequency.unit)", { $0.stepWAPE }), ("WAPE of items", { $0.seriesWAPE }),
      ] + (hasCategories ? [("WAPE of categories", { $0.categoryWAPE ?? .nan })] : []) + [
        ("Error of the total", { $0.bias })
      ]
    let best = columns.map { column in check.rows.map { abs(column.error($0)) }.min() }
    let table = PageTable(
      caption: "Errors; the smallest of each column is marked",
      header: ["Forecast"] + columns.map(\.name),
      rows: check.rows.map { row in
        let cells = zip(columns, best).map { column, best in
          PageTable.Cell(column.error(row).percent, isBest: abs(column.error(row)) == best)
        }
        return (row.name, cells)
      })
    let coverage = results.levels.compactMap { level in
      level.coverage.map { "\(level.name): \(($0 * 100).fixed(0)) %" }
    }
    let new =
      check.newSeriesCount > 0
      ? [
        HTML.element(
          "p",
          text: "\(check.newSeriesCount) items were first sold in the season, "
            + "\(check.newSales.quantity) \(unit) in all. They are not part of the comparison.")
      ] : []
    return section(
      "The forecast and what was sold",
      [
        table.html(),
        .element(
          "p",
          text: "Sums within their interval of \(share): \(coverage.joined(separator: ", "))."),
      ] + new)
  }

  private func section(_ heading: String, _ content: [HTML]) -> HTML {
    .element("section", [:], [.element("h2", text: heading)] + content)
  }

  private func figure(_ chart: some Chart) -> HTML {
    .element(
      "figure", ["class": "series"],
      [.element("figcaption", text: chart.title), chart.keys]
        + [.element("div", ["class": "scroll"], [chart.svg()])])
  }
}

extension Chart {
  /// The legend as a list.
  fileprivate var keys: HTML {
    .element(
      "ul", ["class": "legend"],
      legend.map { entry in
        .element(
          "li", ["class": entry.style],
          [.element("span", ["class": "swatch"]), .element("span", text: entry.name)])
      })
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
      calendar: calendar.slice(steps), lines: lines, bands: Self.bands(of: results.total),
      shadedFrom: shown + results.span.lead)
  }

  private static func bands(of total: Forecast) -> [Band] {
    guard let quantiles = total.quantiles else { return [] }
    func bounds(_ level: Int) -> [Double] {
      stride(from: level, to: quantiles.values.count, by: quantiles.levels.count).map {
        quantiles.values[$0]
      }
    }
    return quantiles.centralIntervals.map {
      Band(name: "\($0.name) interval", lower: bounds($0.lower), upper: bounds($0.upper))
    }
  }
}

extension ClosedRange<Double> {
  fileprivate static func * (range: Self, factor: Double) -> Self {
    range.lowerBound * factor...range.upperBound * factor
  }
}

extension Double {
  /// The number as a percentage with its sign.
  fileprivate var percent: String { (self > 0 ? "+" : "") + (self * 100).fixed(1) + " %" }

  /// The number as a change, such as `8.0 % more`.
  fileprivate var change: String { (abs(self) * 100).fixed(1) + (self < 0 ? " % less" : " % more") }
}
