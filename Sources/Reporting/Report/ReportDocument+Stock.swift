import Forecasts
import Inventory

extension ReportDocument {
  /// The stock that is advised for each series.
  struct Stock: Encodable {
    var policy: Policy?
    /// The rows, the largest orders first.
    var rows: [StockRow]
  }

  struct Policy: Encodable {
    var leadTime: Int
    var reviewPeriod: Int
    /// The service level.
    var level: Double
    /// A Boolean value that indicates whether the level is a share of the demand, and not of the cycles.
    var isFillRate: Bool
  }

  struct StockRow: Encodable {
    var id: String
    var name: String
    /// The stock and the order, or nil if they are unknown.
    var onHand: Double?
    var onOrder: Double?
    var order: Double?
    var expected: Double
    var safety: Double
    var orderUpTo: Double
    var reorderPoint: Double
    /// A key of the page's texts, such as `beforeArrival`.
    var risk: String?
  }
}

extension ReportDocument.Stock {
  init(of advice: [StockAdvice], _ policy: ReplenishmentPolicy?, names: [String: String]) {
    self.policy = policy.map(ReportDocument.Policy.init)
    rows = advice.largestOrdersFirst.map { row in
      ReportDocument.StockRow(
        id: row.id, name: names[row.id] ?? row.id, onHand: row.position?.onHand,
        onOrder: row.position?.onOrder, order: row.order,
        expected: row.expectedDemand.roundedToSixDigits,
        safety: row.safetyStock.roundedToSixDigits,
        orderUpTo: row.orderUpToLevel.roundedToSixDigits,
        reorderPoint: row.reorderPoint.roundedToSixDigits, risk: row.risk?.rawValue)
    }
  }
}

extension ReportDocument.Policy {
  fileprivate init(_ policy: ReplenishmentPolicy) {
    leadTime = policy.leadTime
    reviewPeriod = policy.reviewPeriod
    level = policy.target.level
    isFillRate = if case .fillRate = policy.target { true } else { false }
  }
}

extension [StockAdvice] {
  /// The rows in the order of what to order, the largest first, and then of the expected demand.
  fileprivate var largestOrdersFirst: [StockAdvice] {
    sorted {
      ($1.order ?? 0, $1.expectedDemand, $0.id) < ($0.order ?? 0, $0.expectedDemand, $1.id)
    }
  }
}

extension ReportPage {
  /// The stock advice as parts of a page without scripts.
  var stockParts: [ChartPage.Part] {
    guard let stock else { return [] }
    let header = [
      "Item", "Order", "On hand", "On order", "Expected demand", "Order up to", "Safety stock",
      "Reorder point", "Risk",
    ]
    let rows = stock.largestOrdersFirst.map { row in
      [
        names[row.id].map { "\($0) (\(row.id))" } ?? row.id, row.order?.quantity ?? "–",
        row.position?.onHand.quantity ?? "–", row.position?.onOrder.quantity ?? "–",
        row.expectedDemand.quantity, row.orderUpToLevel.quantity, row.safetyStock.quantity,
        row.reorderPoint.quantity, row.risk?.text ?? "–",
      ]
    }
    return [.heading("Stock advice"), .table([header] + rows)]
  }
}

extension StockRisk {
  fileprivate var text: String {
    switch self {
    case .beforeArrival: "may run out before an order arrives"
    case .withoutOrder: "runs out without an order"
    case .covered: "enough"
    }
  }
}
