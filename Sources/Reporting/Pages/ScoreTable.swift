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
    return PageTable(
      caption: caption, header: ["Model"] + metrics.map(\.name),
      rows: rows.enumerated().map { place, row in
        let cells = zip(metrics, best).map { metric, best in
          PageTable.Cell(metric.text(of: row.scores), isBest: best.contains(place))
        }
        return (row.model, cells)
      }
    ).html()
  }
}
