// The snippets are laid out as the comments that show them:
// swift-format-ignore-file

import Forecasting
import Scenarios

// begin
/// Prints what a cut of all prices by a tenth changes.
func compare(_ model: some FittedForecaster, on panel: Panel) throws {
  let cheaper = try panel.applying([PlanChange("price-10%")], horizon: 28)
  let comparison = try ScenarioComparison(
    of: model, plan: panel, scenario: cheaper, horizon: 28, priceColumn: "price")
  print(comparison.units.change, comparison.revenue?.relativeChange ?? 0)
  for column in comparison.differences.columns where !column.constantIDs.isEmpty {
    print("\(column.name) never changed in the history of \(column.constantIDs)")
  }
}
// end

private func changes(_ panel: Panel, _ model: some FittedForecaster) throws {
  do {
    // begin
    let cut = PlanChange(of: "price", .multiply(0.9))
    let cheaper = try panel.applying([cut], horizon: 28)
    // end
    _ = cheaper
  }
  do {
    // begin
    let cheaper = try panel.applying([PlanChange("price*0.9")], horizon: 28)
    let comparison = try ScenarioComparison(
      of: model, plan: panel, scenario: cheaper, horizon: 28, priceColumn: "price")
    print(comparison.units.change, comparison.revenue!.change)
    // end
  }
  do {
    // begin
    let elasticities = try PriceElasticities(of: "price", in: panel)
    print(elasticities.mean!.value, elasticities.mean!.interval)
    // end
  }
}
