// The snippets are laid out as the comments that show them:
// swift-format-ignore-file

import Forecasting
import Inventory
import Testing

/// The examples of the module Inventory.
@Suite struct InventorySnippets {
  private static let panel = Panel(
    calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 160),
    series: [Series(id: "tea", values: (0..<160).map { units(on: $0) })])

  private static func units(on day: Int) -> Double {
    let (weekday, other) = (day % 7, day * 5 % 11)
    return Double(4 + weekday + other)
  }

  private func creatingAPolicy() throws -> ReplenishmentPolicy {
    // begin
    let policy = try ReplenishmentPolicy(
      leadTime: 3, reviewPeriod: 7, target: .fillRate(0.95), packSize: 6)
    // end
    return policy
  }

  @Test func choosingAQuantityOnce() throws {
    // begin
    let problem = try NewsvendorProblem(price: 10, cost: 6, salvage: 5)
    let quantity = problem.quantity(for: NormalDistribution(mean: 100, standardDeviation: 20))
    // end
    #expect(quantity > 116 && quantity < 117)
  }

  @Test func simulatingAPolicy() throws {
    let panel = Self.panel
    // begin
    let policy = try ReplenishmentPolicy(leadTime: 3, reviewPeriod: 7, target: .fillRate(0.95))
    let simulation = try PolicySimulation(
      policy: policy, costs: StockCosts(margin: 4, asImpliedBy: policy), reviewCount: 8)
    let results = try simulation([ThetaForecaster(), SeasonalNaiveForecaster()], on: panel)
    print(results)
    // end
    #expect(results.models.count == 2)
  }

  @Test func advisingFromPaths() throws {
    let panel = Self.panel
    // begin
    let policy = try ReplenishmentPolicy(leadTime: 3, reviewPeriod: 7, target: .cycle(0.95))
    let forecaster = ConformalForecaster(
      ThetaForecaster(), horizon: policy.coveredSteps, quantileLevels: [0.1, 0.5, 0.9])
    let model = try forecaster.fit(panel)
    let paths = try model.paths(from: panel, horizon: policy.coveredSteps)
    let stock = StockPositions(["tea": try StockPosition(onHand: 30, onOrder: 12, of: "tea")])
    let advice = try StockAdvice.advice(
      for: paths.ids, LeadTimeDemand.demands(of: paths, policy: policy), policy: policy,
      stock: stock)
    // end
    #expect((advice[0].order ?? 0) + 42 == advice[0].orderUpToLevel)
  }
}
