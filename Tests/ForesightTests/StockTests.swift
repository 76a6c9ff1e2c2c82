import Foundation
import Reporting
import Testing

/// `foresight stock` advises orders and back-tests them.
@Suite(.timeLimit(.minutes(30))) struct StockTests {
  private static func workspace(stock: String? = nil) throws -> Workspace {
    let workspace = try Workspace()
    try workspace.write(SalesTable().csv, to: "sales.csv")
    if let stock { try workspace.write(stock, to: "levels.csv") }
    return workspace
  }

  private static func arguments(_ more: String...) -> [String] {
    [
      "stock", "sales.csv", "--output", "out", "--lead-time", "2", "--review", "5", "--no-network",
      "--baselines", "naive,seasonal-naive",
    ] + more
  }

  @Test func ordersFillTheStockUp() throws {
    let workspace = try Self.workspace(stock: "unique_id,on_hand,on_order\na,3,2\nb,900,0\nc,0,0\n")
    let outcome = try workspace.run(
      Self.arguments("--stock", "levels.csv", "--fill-rate", "0.9", "--pack-size", "4"))
    expectSuccess(outcome)
    for text in [
      "review before 2024-03-31: an order arrives after 2 days and lasts until the order of the next "
        + "review, in 5 days, arrives\n",
      "service: 90.0 % of the demand is met from stock\n", "stock now: 903 on hand, 2 on order\n",
      "Largest orders",
    ] {
      #expect(outcome.output.contains(text), "\(text)")
    }
    #expect(
      try workspace.contents() == [
        "levels.csv", "out", "out/stock.csv", "out/stock.html", "sales.csv",
      ])
    let table = PlainTable(try workspace.text("out/stock.csv"))
    let (levels, orders) = (table.numbers("order_up_to"), table.numbers("order"))
    #expect(table.rows.map { $0[0] } == ["a", "b", "c"])
    #expect(orders[1] == 0)
    for (place, position) in [(0, 5.0), (2, 0)] {
      #expect(orders[place] >= levels[place] - position)
      #expect(orders[place] < levels[place] - position + 4)
      #expect(orders[place].truncatingRemainder(dividingBy: 4) == 0)
    }
    let page = try workspace.text("out/stock.html")
    #expect(page.contains("<title>Stock advice: sales.csv</title>"))
    guard D3Library.installed() != nil else { return }
    #expect(
      page.contains(#""policy":{"isFillRate":true,"leadTime":2,"level":0.9,"reviewPeriod":5}"#))
    #expect(page.contains(#""stock":{"#) && page.contains(#""risk":"covered""#))
  }

  @Test func theBacktestComparesCosts() throws {
    let workspace = try Self.workspace()
    let outcome = try workspace.run(
      Self.arguments("--backtest", "4", "--price", "10", "--cost", "6", "--salvage", "5"))
    expectSuccess(outcome)
    // The critical ratio is 4 / 5, and a unit too many costs 1 for 5 days.
    for text in [
      "service: in 80.0 % of the cycles, no product runs out\n",
      "back-test from 2024-03-11 to 2024-03-30: 4.00 for a unit short, 0.2000 for a unit held for a day",
      "Policy with", "Cost of a period above ", "--stock names a table",
    ] {
      #expect(outcome.output.contains(text), "\(text)")
    }
    let table = PlainTable(try workspace.text("out/simulation.csv"))
    // Two baselines, their combination, and the mean.
    #expect(table.rows.count == 4 * 3)
    #expect(Set(table.rows.map { $0[0] }).contains("Combination"))
    let (held, short) = (table.numbers("mean_stock"), table.numbers("shortage"))
    for (place, cost) in table.numbers("cost").enumerated() {
      #expect(abs(cost - (4 * short[place] + 0.2 * 20 * held[place])) < 1e-6)
    }
    #expect(PlainTable(try workspace.text("out/stock.csv")).rows.allSatisfy { $0.last == "" })
  }

  @Test func badInputsAreErrors() throws {
    let workspace = try Self.workspace(stock: "unique_id,on_hand\na,3\nb,-4\nc,0\n")
    try workspace.expectFailure(
      Self.arguments("--stock", "levels.csv"), "must be a number of at least 0")
    try workspace.write("unique_id,on_hand\na,3\n", to: "levels.csv")
    try workspace.expectFailure(
      Self.arguments("--stock", "levels.csv"),
      "series \"b\" has no stock position, but 1 others have one; add a row with its stock, which may "
        + "be 0 (see --stock)")
    try workspace.expectFailure(
      Self.arguments("--backtest", "9"), "(see --backtest, --lead-time, --review)")
    for options in [
      ["--service-level", "95"], ["--fill-rate", "0.9", "--service-level", "0.9"],
      ["--price", "3"], ["--price", "3", "--cost", "4"], ["--horizon", "9"], ["--pack-size", "0"],
    ] {
      #expect(try workspace.run(Self.arguments() + options).status == 64, "\(options)")
    }
  }
}
