import Forecasting

/// The scores of models as tables for a terminal.
struct ScoreTables {
  private let models: [ModelForecast]

  init(_ models: [ModelForecast]) { self.models = models }

  /// The scores of each model.
  var scoreboard: Scoreboard {
    var scoreboard = Scoreboard()
    for model in models { scoreboard.add(model.name, model.evaluation!) }
    return scoreboard
  }

  /// The weighted RMSSE of each model at each level.
  var levels: TextTable {
    let levels = models[0].evaluation!.levels
    return TextTable(
      [["Weighted RMSSE"] + models.map(\.name)]
        + levels.indices.map { place in
          [levels[place].name]
            + models.map { Metric.wrmsse.text(of: $0.evaluation!.levels[place].scores) }
        })
  }
}
