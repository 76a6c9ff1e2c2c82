import Forecasting
import Scenarios

/// A comparison of a plan and a scenario, as lines to print.
struct WhatIfReport: CustomStringConvertible {
  private let results: WhatIfResults
  private let names: [String: String]
  private var comparison: ScenarioComparison { results.comparison }

  init(_ results: WhatIfResults, names: [String: String]) {
    self.results = results
    self.names = names
  }

  var description: String {
    let series = TextTable(seriesRows(Self.shownSeries)).description
    let others = comparison.plan.ids.count - Self.shownSeries
    return [
      basis, TextTable(totalRows).description,
      series + (others > 0 ? "\nand \(others) more in series.csv" : ""), elasticity, cautionText,
    ].compactMap { $0 }.joined(separator: "\n\n")
  }

  private static let shownSeries = 10

  /// The days of the forecast, and the columns that differ.
  var basis: String {
    let calendar = comparison.plan.calendar
    let columns = comparison.differences.columns.map { column in
      "\(column.name): \(column.changedValues.counted("value")) changed, of "
        + "\(column.changedSeries) series"
    }
    let changes = results.changes.map(\.description).joined(separator: ", ")
    return
      "what if \(changes.isEmpty ? "the plan has the changes of the table" : changes), \(calendar.label(at: 0)) to \(calendar.label(at: calendar.count - 1))\n"
      + columns.joined(separator: "\n")
  }

  /// Rows of the sums over all series.
  var totalRows: [[String]] {
    var rows = [["All series", "Plan", "Scenario", "Change"]]
    rows.append(["units"] + Self.fields(comparison.units))
    if let revenue = comparison.revenue { rows.append(["revenue"] + Self.fields(revenue)) }
    return rows
  }

  /// Returns rows of the series that change most.
  func seriesRows(_ count: Int) -> [[String]] {
    let hasRevenue = comparison.revenue != nil
    let header =
      ["Series", "Plan", "Scenario", "Change"]
      + (hasRevenue ? ["Plan revenue", "Scenario revenue", "Change"] : [])
    return [header]
      + comparison.order.prefix(count).map { index in
        let id = comparison.plan.ids[index]
        return [names[id].map { "\(id) (\($0))" } ?? id]
          + Self.fields(comparison.units(at: index))
          + (comparison.revenue(at: index).map(Self.fields) ?? [])
      }
  }

  private static func fields(_ sums: ScenarioComparison.Sums) -> [String] {
    let change = sums.relativeChange.map { share in
      (share < 0 ? "" : "+") + (share * 100).fixed(1) + " %"
    }
    return [
      sums.plan.fixed(1, leastDigits: 3), sums.scenario.fixed(1, leastDigits: 3), change ?? "–",
    ]
  }

  // MARK: - Elasticity

  private var elasticity: String? {
    results.elasticity.map {
      "price elasticity: " + elasticityLines($0.ofSales, $0.ofModel).joined(separator: "\n")
    }
  }

  /// Returns lines about the elasticities of past sales and of the model.
  func elasticityLines(_ ofSales: PriceElasticities, _ ofModel: PriceResponse) -> [String] {
    let estimates = ofSales.series.count { (try? $0.own.get()) != nil }
    var lines: [String] = []
    if let mean = ofSales.mean, let deviation = ofSales.deviation {
      lines.append(
        "\(Self.text(mean)) in past sales, the mean of \(estimates) series; the standard deviation "
          + "between series is \(deviation.fixed(2))")
    } else {
      lines.append("fewer than three series have an estimate from past sales")
      for one in ofSales.series {
        if let own = try? one.own.get() { lines.append("  \(one.id): \(Self.text(own))") }
      }
    }
    lines.append(
      ofModel.ofTotal.map { "\($0.fixed(2)) in the model's forecasts of all series together" }
        ?? "none in the model's forecasts, which are 0")
    let reasons = PriceElasticities.Reason.allCases.compactMap { reason -> String? in
      let count = ofSales.count(without: reason)
      return count == 0 ? nil : "\(count) × \(reason)"
    }
    if !reasons.isEmpty {
      lines.append(
        "\(ofSales.series.count - estimates) series have no estimate of their own: "
          + reasons.joined(separator: ", "))
    }
    return lines
  }

  private static func text(_ estimate: EffectEstimate) -> String {
    let interval = estimate.interval
    return
      "\(estimate.value.fixed(2)) (\(interval.lowerBound.fixed(2)) to "
      + "\(interval.upperBound.fixed(2)))"
  }

  // MARK: - Cautions

  private var cautionText: String {
    "cautions:\n" + cautions.map { "- " + $0 }.joined(separator: "\n")
  }

  /// Sentences about what the data can't tell.
  var cautions: [String] {
    var lines: [String] = []
    for column in comparison.differences.columns {
      if !column.constantIDs.isEmpty {
        lines.append(
          "\(column.name) never changed in the history of \(Self.list(column.constantIDs)): what the "
            + "forecast does there was learned from other series.")
      }
      if !column.extrapolatedIDs.isEmpty {
        lines.append(
          "\(column.name) gets values outside of its history in \(Self.list(column.extrapolatedIDs)): the "
            + "forecast there is an extrapolation.")
      }
    }
    if let elasticity = results.elasticity, let mean = elasticity.ofSales.mean,
      let model = elasticity.ofModel.ofTotal, !mean.interval.contains(model)
    {
      lines.append(
        "The model reacts \(abs(model) < abs(mean.value) ? "less" : "more") to prices than past sales did: "
          + "an elasticity of \(model.fixed(2)), and \(Self.text(mean)) in past sales. Trust the smaller "
          + "effect, or test it in the shop.")
    }
    lines.append(
      "Both are what went together in the past. Prices that were cut when demand was expected to change "
        + "anyway do not show what a cut causes.")
    return lines
  }

  private static func list(_ ids: [String]) -> String {
    "\(ids.count) series, such as \(ids.prefix(3).map(\.debugDescription).joined(separator: ", "))"
  }
}
