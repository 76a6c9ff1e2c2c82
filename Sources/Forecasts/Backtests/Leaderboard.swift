/// The models of a back-test, ranked by a metric.
public struct Leaderboard: Sendable {
  /// The row of one model.
  public struct Row: Sendable {
    /// The index of the model in the results.
    public let place: Int
    /// The model's name.
    public let model: String
    /// The scores over all windows.
    public let scores: Scores
    /// The difference between the model and the best one in the windows in which both have a score,
    /// or nil for the best one and if there is no such window.
    ///
    /// A positive mean says that the model is worse. For metrics that are best near a number, it is
    /// the difference between the distances from this number.
    public let difference: PairedDifference?
  }

  /// The metric.
  public let metric: Metric
  /// The models from best to worst. Those without a score are last.
  public let rows: [Row]

  init(of results: BacktestResults, by metric: Metric) {
    self.metric = metric
    let costs = results.models.map { metric.cost(of: $0.overall) ?? .infinity }
    let order = costs.indices.sorted { (costs[$0], $0) < (costs[$1], $1) }
    let windows = results.models.map { $0.windows.map(metric.cost) }
    rows = order.map { place in
      let differences = zip(windows[place], windows[order[0]]).compactMap { own, best in
        own.flatMap { own in best.map { own - $0 } }
      }
      return Row(
        place: place, model: results.models[place].name, scores: results.models[place].overall,
        difference: place == order[0] || differences.isEmpty ? nil : PairedDifference(differences))
    }
  }
}

extension Leaderboard: CustomStringConvertible {
  /// Two aligned tables for a terminal, without a newline at the end: the scores, and the
  /// differences between each model and the best one.
  public var description: String {
    var scoreboard = Scoreboard()
    for row in rows { scoreboard.add(row.model, row.scores) }
    guard rows.count > 1 else { return scoreboard.description }
    let best = rows[0].model
    let header = ["\(metric.name) above \(best)", "Mean", "Standard error", "95 % interval"]
    let differences = rows.dropFirst().map { row in
      [
        row.model, row.difference.map { metric.text($0.mean) } ?? "–",
        row.difference?.standardError.map(metric.text) ?? "–",
        row.difference?.interval().map {
          "\(metric.text($0.lowerBound)) to \(metric.text($0.upperBound))"
        } ?? "–",
      ]
    }
    return "\(scoreboard)\n\n\(TextTable([header] + differences))"
  }
}
