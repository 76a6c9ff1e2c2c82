import Foundation
import Scenarios
import Testing

@Suite struct ScenarioComparisonTests {
  private static let panel: Panel = {
    var shop = PriceShop(elasticities: [-1, -1, -1])
    return shop.panel()
  }()

  @Test func sumsFollowFromTheForecasts() throws {
    let changed = try Self.panel.applying(
      [PlanChange("price*0.5"), PlanChange("promotion=0")], horizon: 5)
    let comparison = try ScenarioComparison(
      of: FormulaForecaster(), plan: Self.panel, scenario: changed, horizon: 5,
      priceColumn: "price")
    for index in 0..<3 {
      let cells = (0..<5).map { step -> (plan: Double, scenario: Double, price: Double) in
        let day = PriceShop.dayCount + step
        let price = PriceShop.price(index, day)
        let base = Double(10 + index)
        return (
          plan: base * pow(price, -1.3) * (1 + PriceShop.promotion(index, day)),
          scenario: base * pow(price / 2, -1.3), price: price
        )
      }
      let units = comparison.units(at: index)
      let revenue = try #require(comparison.revenue(at: index))
      let expected: [(Double, Double)] = [
        (units.plan, cells.reduce(0) { $0 + $1.plan }),
        (units.scenario, cells.reduce(0) { $0 + $1.scenario }),
        (revenue.plan, cells.reduce(0) { $0 + $1.plan * $1.price }),
        (revenue.scenario, cells.reduce(0) { $0 + $1.scenario * $1.price / 2 }),
      ]
      for (found, sum) in expected { #expect(abs(found - sum) < 1e-11) }
    }
    let sums = (0..<3).map { comparison.units(at: $0) }
    let change: Double = sums.reduce(0) { $0 + $1.change }
    #expect(abs(comparison.units.change - change) < 1e-11)
    let changes = comparison.order.map { abs(sums[$0].change) }
    #expect(changes == changes.sorted(by: >))
  }

  @Test func tables() throws {
    let changed = try Self.panel.applying([PlanChange("price*0.5")], horizon: 2)
    let comparison = try ScenarioComparison(
      of: FormulaForecaster(), plan: Self.panel, scenario: changed, horizon: 2,
      priceColumn: "price")
    let lines = comparison.csv(idColumn: "item", timeColumn: "day").split(separator: "\n")
    #expect(lines.count == 7)
    #expect(lines[0] == "item,day,plan,scenario,change,plan-price,scenario-price")
    #expect(lines[1].hasPrefix("s0,2024-02-26,\(comparison.plan.values[0]),"))
    let price = PriceShop.price(0, PriceShop.dayCount)
    #expect(lines[1].hasSuffix(",\(price),\(price / 2)"))
    let series = comparison.csvOfSeries().split(separator: "\n")
    #expect(series.count == 4)
    #expect(series[1].hasPrefix("s\(comparison.order[0]),"))
    let plain = try ScenarioComparison(
      of: FormulaForecaster(), plan: Self.panel, scenario: changed, horizon: 2)
    #expect(plain.revenue == nil)
    #expect(plain.csv().hasPrefix("unique_id,ds,plan,scenario,change\n"))
  }

  @Test func differencesTellWhatTheModelHasNotSeen() throws {
    let length = PriceShop.dayCount + PriceShop.horizon
    let prices = (0..<3).flatMap { series in
      (0..<length).map { series == 1 ? 6 : PriceShop.price(series, $0) }
    }
    let panel = Self.panel.removing(["price"])
      .adding(known: "price", .numbers(prices), futureSteps: PriceShop.horizon)
    func column(_ change: PlanChange) throws -> PlanDifferences.Column {
      let changed = try panel.applying([change], horizon: 4)
      let columns = PlanDifferences(from: panel, to: changed, horizon: 4).columns
      #expect(columns.count == 1)
      return columns[0]
    }
    let half = try column(PlanChange("price*0.5"))
    #expect(half.name == "price" && half.changedValues == 12 && half.changedSeries == 3)
    #expect(half.constantIDs == ["s1"] && half.extrapolatedIDs == ["s0", "s2"])
    var within = try PlanChange("price=4.1")
    within.ids = ["s0"]
    let inside = try column(within)
    #expect(inside.changedValues == 4 && inside.changedSeries == 1)
    #expect(inside.constantIDs.isEmpty && inside.extrapolatedIDs.isEmpty)
    #expect(try column(PlanChange("promotion=1")).extrapolatedIDs.isEmpty)
  }

  @Test func nothingChangedIsAnError() throws {
    #expect(throws: ScenarioError.noChange) {
      try ScenarioComparison(
        of: FormulaForecaster(), plan: Self.panel, scenario: Self.panel, horizon: 3)
    }
  }
}
