/// Tables of the scores.
extension BacktestResults {
  /// The models from best to worst, with the differences between each model and the best one in the
  /// unit of the metric.
  public var leaderboardTable: EvaluationTable {
    let leaderboard = leaderboard
    let rows = leaderboard.rows.enumerated().map { rank, row in
      let interval = row.difference?.interval()
      let numbers = [
        row.difference?.mean, row.difference?.standardError, interval?.lowerBound,
        interval?.upperBound,
      ]
      return (
        keys: [
          "\(rank + 1)", row.model, leaderboard.metric.name,
          row.difference.map { "\($0.count)" } ?? "",
        ]
          + numbers.map { $0?.plainDecimal ?? "" },
        scores: row.scores
      )
    }
    return table(
      [
        "rank", "model", "metric", "windows", "difference", "standard-error", "lower-95",
        "upper-95",
      ], rows)
  }

  /// The scores of each model in each window.
  public var windowTable: EvaluationTable {
    table(
      ["model", "window", "first", "last", "refitted", "fallbacks"],
      models.flatMap { model in
        windows.indices.map { place in
          let window = windows[place]
          let texts = [
            model.name, "\(place + 1)", window.calendar.label(at: 0),
            window.calendar.label(at: horizon - 1), window.isRefitted ? "yes" : "no",
            "\(model.fallbackCounts[place])",
          ]
          return (keys: texts, scores: model.windows[place])
        }
      })
  }

  /// Returns the scores of each model for each series.
  ///
  /// - Parameter idColumn: The name of the column of ids.
  public func seriesTable(idColumn: String = "unique_id") -> EvaluationTable {
    table(
      ["model", idColumn],
      models.flatMap { model in
        model.series.map { (keys: [model.name, $0.id], scores: $0.scores) }
      })
  }

  /// The scores of each model for each step of the horizon, counted from 1.
  public var stepTable: EvaluationTable {
    table(
      ["model", "step"],
      models.flatMap { model in
        model.steps.enumerated().map { (keys: [model.name, "\($0 + 1)"], scores: $1) }
      })
  }

  /// The scores of each model for each category of each static column.
  public var groupTable: EvaluationTable {
    table(
      ["model", "column", "category"],
      models.flatMap { model in
        groups(of: model).flatMap { column, groups in
          groups.map { (keys: [model.name, column, $0.name], scores: $0.scores) }
        }
      })
  }

  /// The scores of each model for the sums of series at each level of the hierarchy.
  public var levelTable: EvaluationTable {
    table(
      ["model", "level"],
      models.flatMap { model in
        model.levels.map { (keys: [model.name, $0.name], scores: $0.scores) }
      })
  }

  /// Returns the scores of a model for each category of each static column.
  func groups(of model: Model) -> [(column: String, groups: [NamedScores])] {
    categories.compactMap { column in
      (try? model.series.groups(by: column)).map { (column.name, $0) }
    }
  }

  /// Returns a table whose metrics are the same as those of the other tables.
  private func table(
    _ header: [String], _ rows: [(keys: [String], scores: Scores)]
  ) -> EvaluationTable {
    let scores = models.map(\.overall) + models.flatMap(\.levels).map(\.scores)
    return EvaluationTable(header, rows, metrics: Metric.all(for: scores, detail: .file))
  }
}
