import Forecasting
import Reporting
import Scenarios

extension WhatIfResults {
  /// Returns a page with the lines of the report and charts.
  func page(title: String, names: [String: String]) -> ChartPage {
    let report = WhatIfReport(self, names: names)
    var page = ChartPage(title: title, summary: report.basis.replacing("\n", with: "; "))
    page.add(.table(report.totalRows))
    page.add(.chart(total))
    page.add(.heading("Series"))
    page.add(.chart(changes(names)))
    page.add(.table(report.seriesRows(100)))
    if let elasticity {
      page.add(.heading("Price elasticity"))
      page.add(
        .paragraph(
          "The percentage by which sales change if the price rises by one percent, estimated from past "
            + "sales with the season, a trend, and the other columns that are known ahead."))
      page.add(.lines(report.elasticityLines(elasticity.ofSales, elasticity.ofModel)))
      if let chart = Self.elasticities(elasticity.ofSales, names) { page.add(.chart(chart)) }
    }
    page.add(.heading("Cautions"))
    for caution in report.cautions { page.add(.paragraph(caution)) }
    return page
  }

  private var total: LineChart {
    let (plan, scenario) = (comparison.plan.total(), comparison.scenario.total())
    return LineChart(
      title: "All series", calendar: plan.calendar,
      lines: [
        .init(name: "plan", style: .baseline, values: plan.values),
        .init(name: "scenario", style: .forecast, values: scenario.values),
      ])
  }

  private func changes(_ names: [String: String]) -> BarChart {
    let shown = comparison.order.prefix(Self.shownBars)
    var chart = BarChart(
      title: "The series that change most",
      labels: shown.map { comparison.plan.ids[$0].label(names) },
      shown.map { comparison.units(at: $0).change })
    chart.valueName = "change, units"
    return chart
  }

  /// Returns bars of the pooled elasticities of the series whose own estimates are the most precise, or nil
  /// if there are none.
  private static func elasticities(
    _ elasticities: PriceElasticities, _ names: [String: String]
  ) -> BarChart? {
    let precise = elasticities.series.compactMap {
      one -> (id: String, error: Double, EffectEstimate)? in
      guard let own = try? one.own.get() else { return nil }
      return (one.id, own.standardError, one.pooled ?? own)
    }.sorted { ($0.error, $0.id) < ($1.error, $1.id) }.prefix(shownBars)
    guard !precise.isEmpty else { return nil }
    return BarChart(
      title: "Elasticity of the series with the most precise estimates, with 95 % intervals",
      labels: precise.map { $0.id.label(names) }, precise.map(\.2.value),
      intervals: precise.map(\.2.interval))
  }

  private static let shownBars = 20
}

extension String {
  /// Returns the label of a series: its name and id, if it has a name.
  fileprivate func label(_ names: [String: String]) -> String {
    names[self].map { "\($0) (\(self))" } ?? self
  }
}
