import Forecasts

/// The HTML of a ``ReportPage``: what readers without scripts see, the data, and the scripts.
struct ReportMarkup {
  let page: ReportPage
  let document: ReportDocument
  let d3: D3Library

  func html() -> String {
    HTML.page(title: page.title, style: .reportStyle, body: body)
  }

  private var body: HTML {
    .element(
      "body", [:],
      [
        .element(
          "header", [:],
          [
            .element("h1", text: page.title),
            .element("p", ["id": "summary"], text: page.summary),
            .element("div", ["id": "settings"]),
          ]),
        .element("main", ["id": "report"], [staticPicture]),
        .element("footer", ["id": "footer"]),
        .element("p", ["id": "announcement", "class": "unseen", "aria-live": "polite"]),
        .data(JSON(encoding: document)),
        .element("script", [:], [.trusted(d3)]),
        .element("script", [:], [.trusted(PageResource.reportScript)]),
      ])
  }

  /// A picture of the main chart, for readers without scripts.
  private var staticPicture: HTML {
    let chart = LineChart(overviewOf: page)
    return .element(
      "figure", ["class": "card", "id": "picture"],
      [
        .element("figcaption", text: chart.title), chart.legendList,
        .element("div", ["class": "scroll"], [chart.svg()]),
        .element(
          "p", ["class": "hint"],
          text: "This page shows more, in English and Chinese, in a browser that runs scripts."),
      ])
  }
}

extension LineChart {
  /// Creates a chart of the last year of the total of a page, with its forecasts.
  fileprivate init(overviewOf page: ReportPage) {
    let panel = page.panel
    let horizon = page.next?.forecast.horizon ?? 0
    let total = panel.total().series(at: 0)
    let calendar = panel.calendar
    let shown = min(calendar.count, max(calendar.frequency.yearLength / 2, 2 * horizon))
    let steps = calendar.count - shown..<calendar.count + horizon
    var past = [Double?](repeating: nil, count: steps.count)
    for window in page.windows {
      let first = window.forecast.calendar.firstNumber - calendar.firstNumber
      for (step, value) in window.forecast.total().values.enumerated()
      where steps.contains(first + step) {
        past[first + step - steps.lowerBound] = value
      }
    }
    var lines = [
      Line(name: "Actual", style: .actual, values: steps.map { total.value(at: $0) })
    ]
    if let next = page.next {
      lines.append(
        Line(
          name: next.name, style: .forecast,
          values: Array(repeating: nil, count: shown) + next.forecast.total().values.map { $0 }))
    }
    if !page.windows.isEmpty {
      lines.append(Line(name: "Past forecasts", style: .baseline, values: past))
    }
    self.init(
      title: "Total of all series: \(page.unit) \(calendar.frequency.unitWithArticle)",
      calendar: calendar.slice(steps), lines: lines,
      shadedFrom: horizon > 0 ? shown : nil)
  }
}
