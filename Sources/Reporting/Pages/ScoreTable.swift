import Forecasting

/// Scores as a table, a row for each model, the best of each column marked.
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
    let best = bestRows()
    let body = rows.enumerated().map { place, row in
      HTML.element(
        "tr", [:],
        [.element("th", ["scope": "row"], text: row.model)]
          + zip(Scoreboard.cells(of: row.scores), best).map { cell, best in
            best.contains(place)
              ? .element("td", ["class": "best"], text: cell) : .element("td", text: cell)
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
                  (["Model"] + Scoreboard.columns).map {
                    .element("th", ["scope": "col"], text: $0)
                  })
              ]),
            .element("tbody", [:], body),
          ])
      ])
  }

  /// For each column the rows that are nearest to 0; none where there is nothing to compare.
  private func bestRows() -> [Set<Int>] {
    let columns: [KeyPath<Scores, Double?>] = [
      \.mae, \.rmse, \.wape, \.mase, \.rmsse, \.smape, \.bias,
    ]
    return columns.map { column in
      let sizes = rows.map { $0.scores[keyPath: column].map(abs) }
      guard rows.count > 1, let least = sizes.compactMap({ $0 }).min() else { return [] }
      return Set(sizes.indices.filter { sizes[$0] == least })
    }
  }
}
