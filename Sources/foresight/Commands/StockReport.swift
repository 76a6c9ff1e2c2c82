import Forecasting
import Inventory

/// The advice for all series, as lines to print.
struct StockReport: CustomStringConvertible {
  let advice: [StockAdvice]
  let policy: ReplenishmentPolicy
  /// The steps from the review on.
  let calendar: RegularCalendar
  /// The name of the model that forecast the demand.
  let model: String

  var description: String {
    ([basis, service, totals] + (advice.first?.order == nil ? [hint] : orders))
      .joined(separator: "\n")
  }

  private var unit: String { calendar.frequency.unit }

  private var basis: String {
    "review before \(calendar.label(at: 0)): an order arrives after "
      + "\(policy.leadTime.counted(unit)) and lasts until the order of the next review, in "
      + "\(policy.reviewPeriod.counted(unit)), arrives\ndemand forecast by: \(model)"
  }

  private var service: String {
    let level = (policy.target.level * 100).fixed(1) + " %"
    return switch policy.target {
    case .cycle: "service: in \(level) of the cycles, no product runs out"
    case .fillRate: "service: \(level) of the demand is met from stock"
    }
  }

  private var totals: String {
    "all \(advice.count) series: \(sum(\.expectedDemand)) expected over "
      + "\(policy.coveredSteps.counted(unit)), stock of \(sum(\.orderUpToLevel)) on hand and on order "
      + "after the review, \(sum(\.safetyStock)) of it safety stock"
  }

  private var hint: String {
    "The orders follow from the stock: --stock names a table with unique_id, on_hand, on_order."
  }

  private var orders: [String] {
    let ordered = advice.filter { $0.order ?? 0 > 0 }
      .sorted { ($1.order ?? 0, $0.id) < ($0.order ?? 0, $1.id) }
    let low = advice.count { $0.risk == .beforeArrival }
    let lines = [
      "stock now: \(sum { $0.position?.onHand ?? 0 }) on hand, "
        + "\(sum { $0.position?.onOrder ?? 0 }) on order",
      "at risk before an order arrives: \(low) of \(advice.count) series, whose stock is below the "
        + "reorder point",
      "order: \(sum { $0.order ?? 0 }) of \(ordered.count) series",
    ]
    guard !ordered.isEmpty else { return lines }
    let rows = ordered.prefix(Self.shownCount).map { row in
      [
        row.id, (row.position?.onHand ?? 0).fixed(0), (row.position?.onOrder ?? 0).fixed(0),
        row.expectedDemand.fixed(0), row.orderUpToLevel.fixed(0), (row.order ?? 0).fixed(0),
      ]
    }
    let header = [
      "Largest orders", "On hand", "On order", "Expected", "Order up to", "Order",
    ]
    return lines + ["", TextTable([header] + rows).description]
  }

  private func sum(_ number: (StockAdvice) -> Double) -> String {
    advice.reduce(0) { $0 + number($1) }.fixed(0)
  }

  /// The number of orders that are listed.
  private static let shownCount = 10
}
