import Explanation
import Forecasting
import Reporting

extension ModelExplanation {
  /// Returns a page with the lines of the report and charts.
  func page(title: String, names: [String: String]) -> ChartPage {
    let report = ExplanationReport(self, names: names)
    var page = ChartPage(title: title, summary: report.basis)
    page.add(.heading("Importance of inputs"))
    page.add(.paragraph(report.cautions.replacing("\n", with: " ")))
    page.add(.chart(bars("Groups: increase of the error, in points", importance.groups)))
    page.add(.chart(bars("Inputs: increase of the error, in points", importance.inputs)))
    addContributions(to: &page, names: names)
    if let surrogates {
      page.add(.heading("What the network does, in simple terms"))
      page.add(.paragraph(report.treeTitle(surrogates)))
      page.add(.lines(report.rules(surrogates)))
      page.add(.paragraph(report.linearTitle(surrogates)))
      page.add(.table(report.coefficients(surrogates)))
    }
    addDependences(to: &page)
    return page
  }

  private func bars(_ title: String, _ increases: [PermutationImportance.Increase]) -> BarChart {
    let shown = increases.filter(\.isJudged).prefix(20)
    let values = shown.map { $0.increase * 100 }
    let intervals = zip(values, shown).map { value, one in
      value - 200 * one.standardError...value + 200 * one.standardError
    }
    return BarChart(
      title: title, labels: shown.map(\.input.name), values, intervals: Array(intervals))
  }

  private func addContributions(to page: inout ChartPage, names: [String: String]) {
    let calendar = contributions.calendar
    let unit = calendar.frequency.unit
    let name = names[contributions.id].map { "\($0) (\(contributions.id))" } ?? contributions.id
    page.add(.heading("The forecast of \(name)"))
    page.add(
      .paragraph(
        "Sales per \(unit). The baseline is the forecast for a window of the series in which nothing "
          + "changes, and the contributions are the difference from it."))
    page.add(
      .chart(
        LineChart(
          title: "Forecast and baseline", calendar: calendar,
          lines: [
            .init(name: "forecast", style: .forecast, values: contributions.forecast),
            .init(name: "baseline", style: .baseline, values: contributions.baseline),
          ])))
    let means = contributions.means(over: openSteps)
    let order = means.indices.filter { means[$0] != 0 }.sorted { abs(means[$0]) > abs(means[$1]) }
    page.add(
      .chart(
        BarChart(
          title: "Contributions, mean of the forecast",
          labels: order.map { contributions.inputs[$0].name },
          order.map { means[$0] })))
    let window = contributions.windowCalendar
    let shown = order.prefix(12)
    page.add(
      .chart(
        HeatMap(
          title: "Contributions by the \(unit) that they come from", rows: shown.count,
          columns: window.count,
          shown.flatMap { place in
            contributions.contributionsOverTime[
              place * window.count..<(place + 1) * window.count]
          }, rowLabels: shown.map { contributions.inputs[$0].name },
          columnLabels: (0..<window.count).map(window.label(at:)))))
  }

  private func addDependences(to page: inout ChartPage) {
    let shown = dependences.filter { !$0.ids.isEmpty && $0.settings.count > 1 }
    guard !shown.isEmpty else { return }
    page.add(.heading("Other values of columns that are known ahead"))
    page.add(
      .paragraph(
        "The mean forecast of a series if a column has another value in all future steps, and the "
          + "curves of the largest series."))
    for dependence in shown {
      page.add(
        .chart(
          BarChart(
            title: dependence.column, labels: dependence.settings.map(\.description),
            dependence.means)))
      let rows = dependence.ids.prefix(5).enumerated().map { index, id in
        [id]
          + dependence.settings.indices.map { place in
            dependence.curves[index * dependence.settings.count + place].fixed(2, leastDigits: 2)
          }
      }
      page.add(.table([["Series"] + dependence.settings.map(\.description)] + rows))
    }
  }
}
