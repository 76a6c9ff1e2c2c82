import Forecasts

/// The part of a forecast page about one series or the total: chart, scores, and a table of the
/// forecast steps.
struct SeriesFigure {
  /// The id by which the page's address selects the figure. Empty for the total.
  let id: String
  let name: String
  let unit: String
  let seasonLength: Int
  let historyLength: Int
  /// A panel of this one series. `actual` and each model's forecast have the same series.
  let history: Panel
  let actual: Panel?
  let models: [ModelForecast]

  var html: HTML {
    .element(
      "figure", ["class": "series", "data-series": id],
      [
        .element("figcaption", text: name),
        legend,
        .element("div", ["class": "scroll"], [chart.svg()]),
        .data(chart.data()),
        .element("p", ["class": "unseen announcement", "aria-live": "polite"]),
        scores,
        steps,
      ])
  }

  /// The names of the lines and of the bands. The script adds their values at the selected step.
  private var legend: HTML {
    let keys = chart.lines.map { line in
      HTML.element(
        "li", ["class": line.style.rawValue],
        [
          .element("span", ["class": "swatch"]), .element("span", text: line.name),
          .element("b", ["class": "value"]),
        ])
    }
    let bandKeys = bands.map { band in
      HTML.element(
        "li", ["class": "interval"],
        [.element("span", ["class": "swatch"]), .element("span", text: band.name)])
    }
    return .element(
      "ul", ["class": "legend"],
      [.element("li", ["class": "step"], text: "\(unit) \(frequency.unitWithArticle)")] + keys
        + bandKeys)
  }

  private var chart: LineChart {
    let horizon = models[0].forecast.calendar.count
    let past = history.suffix(historyLength)
    let known = values(past) + (actual.map(values) ?? Array(repeating: nil, count: horizon))
    let forecasts = zip(models.indices, models).map { place, model in
      LineChart.Line(
        name: model.name, style: Self.style(place),
        values: Array(repeating: nil, count: historyLength) + model.forecast.values.map { $0 })
    }
    return LineChart(
      title: "\(name): \(unit) \(frequency.unitWithArticle), actual and forecast by \(names)",
      calendar: past.calendar.slice(0..<historyLength + horizon),
      lines: [LineChart.Line(name: "Actual", style: .actual, values: known)] + forecasts,
      bands: bands, shadedFrom: historyLength)
  }

  /// The intervals of the first model, the widest first.
  private var bands: [LineChart.Band] {
    LineChart.Band.bands(of: models[0].forecast) { "\($0) interval of \(models[0].name)" }
  }

  private var frequency: Frequency { history.calendar.frequency }

  private var names: String { models.map(\.name).joined(separator: ", ") }

  private static func style(_ place: Int) -> LineChart.Style {
    switch place {
    case 0: .forecast
    case 1: .baseline
    default: .secondBaseline
    }
  }

  private func values(_ panel: Panel) -> [Double?] {
    let series = panel.series(at: 0)
    return (0..<panel.calendar.count).map { series.value(at: $0) }
  }

  private var scores: HTML {
    guard let actual else { return HTML([]) }
    let rows = models.map { model in
      ScoreTable.Row(
        model.name,
        Evaluation(
          of: model.forecast, against: actual, scaledBy: history, seasonLength: seasonLength
        ).overall)
    }
    return ScoreTable(caption: "Scores on the held-out \(frequency.units)", rows: rows).html()
  }

  /// The forecast steps as a table.
  private var steps: HTML {
    let calendar = models[0].forecast.calendar
    let known = actual.map(values)
    let header =
      [frequency.unit.prefix(1).uppercased() + frequency.unit.dropFirst()]
      + (known == nil ? [] : ["Actual"]) + models.map(\.name)
    let rows = (0..<calendar.count).map { step -> HTML in
      let cells = (known.map { [$0[step]] } ?? []) + models.map { $0.forecast.values[step] }
      return .element(
        "tr", [:],
        [.element("th", ["scope": "row"], text: calendar.label(at: step))]
          + cells.map { .element("td", text: $0.map(\.quantity) ?? "–") })
    }
    return .element(
      "details", [:],
      [
        .element(
          "summary",
          text:
            "The \(calendar.count.counted(frequency.unit)) as a table"
        ),
        .element(
          "div", ["class": "scroll"],
          [
            .element(
              "table", [:],
              [
                .element(
                  "caption", ["class": "unseen"], text: "Forecast \(frequency.units) of \(name)"),
                .element(
                  "thead", [:],
                  [.element("tr", [:], header.map { .element("th", ["scope": "col"], text: $0) })]),
                .element("tbody", [:], rows),
              ])
          ]),
      ])
  }
}
