import Forecasts

/// A table of scores with a row for each model. The best score in each column is marked.
struct ScoreTable {
  struct Row {
    let model: String
    let scores: Scores

    init(_ model: String, _ scores: Scores) {
      self.model = model
      self.scores = scores
    }
  }

  let caption: String
  let rows: [Row]

  func html() -> HTML {
    let metrics = Metric.all(for: rows.map(\.scores), detail: .page)
    let best = metrics.map { $0.best(of: rows.map(\.scores)) }
    let body = rows.enumerated().map { place, row in
      HTML.element(
        "tr", [:],
        [.element("th", ["scope": "row"], text: row.model)]
          + zip(metrics, best).map { metric, best in
            .element(
              "td", best.contains(place) ? ["class": "best"] : [:],
              text: metric.text(of: row.scores))
          })
    }
    return .element(
      "div", ["class": "scroll"],
      [
        .element(
          "table", ["class": "scores"],
          [
            .element("caption", text: caption),
            .element(
              "thead", [:],
              [
                .element(
                  "tr", [:],
                  (["Model"] + metrics.map(\.name)).map {
                    .element("th", ["scope": "col"], text: $0)
                  })
              ]),
            .element("tbody", [:], body),
          ])
      ])
  }
}
