import Forecasting

extension AutomaticResults {
  /// A report on the search and the choice for a terminal, without a newline at the end.
  public var report: String {
    var lines = study.trials.isEmpty ? study.notes : searchLines
    if let reasonOfNoSearch {
      lines.append(
        "There was no search: \(reasonOfNoSearch). The forecast is from the default network and the "
          + "baselines.")
      return lines.joined(separator: "\n")
    }
    lines += [windowNote].compactMap { $0 } + ["", table.description, ""]
    for candidate in candidates {
      guard let values = candidate.values else { continue }
      lines.append("\(candidate.name): \(study.space.text(of: values))")
    }
    lines.append(choice)
    return lines.joined(separator: "\n")
  }

  private var searchLines: [String] {
    let trials = study.trials
    let counts = [
      (trials.count { $0.state == .complete }, "complete"),
      (trials.count { $0.state == .stopped }, "stopped early"),
      (trials.count(where: \.isFailed), "failed"),
    ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    var lines = ["Search: \(trials.count.counted("trial")), \(counts.joined(separator: ", "))"]
    lines += study.notes
    if study.resumedCount > 0 {
      lines.append("\(study.resumedCount.counted("evaluation")) from the journal")
    }
    if study.end == .time {
      lines.append(
        "The search ended because its time was used up: the number of trials depends on the speed of the "
          + "machine.")
    }
    if let failed = trials.first(where: \.isFailed), case .failed(let error) = failed.state {
      lines.append("Trial \(failed.number) failed: \(error)")
    }
    let shares = study.importances.filter { $0.share >= 0.01 }.map {
      "\($0.dimension) \(($0.share * 100).fixed(0)) %"
    }
    if !shares.isEmpty {
      lines.append(
        "Share of the variance of the scores' ranks by hyperparameter: "
          + shares.joined(separator: ", "))
    }
    return lines
  }

  /// The candidates with their scores on the windows, and their weights.
  private var table: TextTable {
    let metrics = [metric, .wape, .bias]
    let title = "On \(windowCount.counted("window")) before the held-out steps"
    return TextTable(
      [[title] + metrics.map(\.name) + ["Weight"]]
        + candidates.map { candidate in
          [candidate.name] + metrics.map { $0.text(of: candidate.scores) }
            + [method == .single ? "–" : candidate.weight.fixed(3)]
        })
  }

  private var choice: String {
    guard !methodCosts.isEmpty else {
      return "Chosen: \(method.rawValue), since one window leaves no other to compare methods on."
    }
    let costs = methodCosts.map { "\($0.method.rawValue) \(metric.text($0.cost))" }
    return
      "Chosen: \(method.rawValue). \(metric.name) on windows that the weights were not fitted on: "
      + costs.joined(separator: ", ") + "."
  }
}
