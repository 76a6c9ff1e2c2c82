import Inventory

/// The results of `foresight stock` as JSON.
struct StockSummary: Encodable {
  /// The model of the demand.
  let model: String
  let series: [Advice]
  /// The back-test of the policy with each model, those first that cost least, or nil without one.
  let backtest: [Policy]?

  struct Advice: Encodable {
    let id: String
    let expectedDemand, safetyStock, orderUpToLevel, reorderPoint: Double
    let onHand, onOrder, order: Double?
  }

  struct Policy: Encodable {
    let model: String
    let cost: Double
    let fillRate, cycleService: Double?
  }

  init(_ advice: [StockAdvice], _ simulation: PolicyResults?, model: String) {
    self.model = model
    series = advice.map { row in
      Advice(
        id: row.id, expectedDemand: row.expectedDemand, safetyStock: row.safetyStock,
        orderUpToLevel: row.orderUpToLevel, reorderPoint: row.reorderPoint,
        onHand: row.position?.onHand, onOrder: row.position?.onOrder, order: row.order)
    }
    backtest = simulation.map { simulation in
      simulation.ranked.map { model in
        Policy(
          model: model.name, cost: model.total.cost(simulation.costs),
          fillRate: model.total.fillRate, cycleService: model.total.cycleService)
      }
    }
  }
}
