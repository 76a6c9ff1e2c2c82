import Segments

/// A segment report as lines to print.
struct SegmentsText: CustomStringConvertible {
  private let report: SegmentReport
  private let depth: Double

  /// Creates the text.
  ///
  /// - Parameter depth: The depth of the strategies' discounts.
  init(_ report: SegmentReport, depth: Double) {
    self.report = report
    self.depth = depth
  }

  var description: String {
    var parts = [basis, rates]
    if !report.levers.isEmpty { parts.append(levers) }
    if !report.strategies.isEmpty { parts.append(strategies) }
    parts.append(check)
    if !report.warnings.isEmpty {
      parts.append(
        (["What the data cannot tell:"] + report.warnings.map { "- " + $0 }).joined(separator: "\n")
      )
    }
    return parts.joined(separator: "\n\n")
  }

  private var basis: String {
    """
    segment \(report.segment): \(report.memberCount.counted("customer")), compared with \
    \(report.otherCount.counted("other"))
    effects from \(report.start) on, checked from \(report.split) to \
    \(CalendarDate(dayNumber: report.end.dayNumber - 1))
    \(report.categoryCount) of \(report.allCategoryCount) categories have enough purchases; a member buys \
    \(Self.percent(report.memberRate)) of them in a week, another customer \
    \(Self.percent(report.otherRate))
    All effects are in percentage points of this purchase rate, with 95 % intervals.
    """
  }

  private var rates: String {
    let shown = report.rates.prefix(Self.shownCount)
    let rows = shown.map { rate in
      [
        rate.category, Self.percent(rate.members), Self.percent(rate.others),
        Self.text(rate.difference),
      ]
    }
    return TextTable([["Bought more by the segment", "Members", "Others", "Difference"]] + rows)
      .description
  }

  private var levers: String {
    let rows = report.levers.map { lever in
      [
        lever.lever.name, Self.text(lever.members), Self.text(lever.others),
        Self.text(lever.difference), lever.plainDifference.map(Self.points) ?? "–",
        Self.text(lever.before), Self.text(lever.later),
      ]
    }
    let header = [
      "Effect of", "Members", "Others", "Difference", "Uncorrected", "Before", "Later weeks",
    ]
    return TextTable([header] + rows).description
  }

  private var strategies: String {
    let rows = report.strategies.prefix(Self.shownCount).map { row in
      [
        row.category, Self.percent(row.rate), Self.text(row.predicted), Self.points(row.model),
        Self.text(row.realized),
      ]
    }
    let title = "Discount +\((depth * 100).fixed(0)) points on"
    let table = TextTable(
      [[title, "Rate", "Predicted uplift", "Machine", "Later weeks"]] + rows)
    guard let top = report.check.top else { return table.description }
    let slope = report.check.strategies.map {
      "\nall \(report.strategies.count) strategies: in the later weeks, discounts had \(Self.slope($0)) of the "
        + "predicted uplift"
    }
    return table.description + (slope ?? "")
      + "\nthe first \(top.count) together: \(Self.points(top.predicted)) predicted, "
      + "\(Self.text(top.realized)) in the later weeks, where \(top.positiveCount) of \(top.count) are above 0"
  }

  private var check: String {
    let levers = report.check.models.first?.slopes.map(\.lever) ?? []
    let rows = report.check.models.map { model in
      [model.name, model.auc.fixed(4), Self.lead(model.lead), model.logLoss.fixed(4)]
        + levers.map { lever in
          model.slopes.first { $0.lever == lever }.map { Self.slope($0.estimate) } ?? "–"
        }
    }
    let header =
      ["Later weeks", "AUC", "Lead of the first", "Log loss"] + levers.map { "Slope, \($0)" }
    return """
      \(TextTable([header] + rows))
      \(report.check.rowCount) rows of members, \(report.check.purchaseCount.counted("purchase")). A slope \
      is the realized uplift for a predicted one of 1: 1 if predictions are right, 0 for no difference.
      """
  }

  private static func percent(_ share: Double) -> String { (share * 100).fixed(2) + " %" }

  private static func points(_ share: Double) -> String { (share * 100).fixed(2) }

  private static func text(_ estimate: EffectEstimate?) -> String {
    guard let estimate else { return "–" }
    let interval = estimate.interval
    return
      "\(points(estimate.value)) (\(points(interval.lowerBound)) to \(points(interval.upperBound)))"
  }

  private static func lead(_ estimate: EffectEstimate?) -> String {
    guard let estimate else { return "" }
    let interval = estimate.interval
    return "\(estimate.value.fixed(4)) (\(interval.lowerBound.fixed(4)) to "
      + "\(interval.upperBound.fixed(4)))"
  }

  private static func slope(_ estimate: EffectEstimate) -> String {
    let interval = estimate.interval
    return "\(estimate.value.fixed(2)) (\(interval.lowerBound.fixed(2)) to "
      + "\(interval.upperBound.fixed(2)))"
  }

  /// The number of categories and strategies that are listed.
  private static let shownCount = 10
}
