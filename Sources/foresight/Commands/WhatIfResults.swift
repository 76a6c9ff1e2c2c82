import Forecasting
import Scenarios

/// All that `foresight what-if` computes.
struct WhatIfResults {
  /// The changes of `--set`.
  let changes: [PlanChange]
  let comparison: ScenarioComparison
  /// The elasticities of past sales and of the model, or nil without a column of prices.
  let elasticity: (ofSales: PriceElasticities, ofModel: PriceResponse)?

  init(
    of model: any FittedNetwork, plan: Panel, scenario: Panel, changes: [PlanChange], horizon: Int,
    priceColumn: String?
  ) throws {
    self.changes = changes
    comparison = try ScenarioComparison(
      of: model, plan: plan, scenario: scenario, horizon: horizon, priceColumn: priceColumn)
    elasticity = try priceColumn.map {
      (
        try PriceElasticities(of: $0, in: plan),
        try PriceResponse(of: model, to: $0, from: plan, horizon: horizon)
      )
    }
  }
}
