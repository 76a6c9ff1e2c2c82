import Foundation
import Testing

/// `foresight segments` analyzes a segment of customers.
@Suite(.timeLimit(.minutes(30))) struct SegmentsTests {
  private static func workspace() throws -> Workspace {
    let workspace = try Workspace()
    try SmallShop.write(to: workspace)
    return workspace
  }

  private static let columns = [
    "--id-column", "sku", "--time-column", "day", "--quantity-column", "units", "--amount-column",
    "paid", "--customer-column", "who", "--discount-column", "off", "--coupon-column", "coupon",
  ]

  @Test func analyzesASegment() throws {
    let workspace = try Self.workspace()
    let outcome = try workspace.run(
      ["segments", "bought.csv", "--output", "out"] + Self.columns + SmallShop.options)
    expectSuccess(outcome)
    for text in [
      "segment age = young: 5 customers, compared with 5 others\n",
      "effects from 2024-01-01 on, checked from 2024-03-25 to 2024-04-21\n",
      "Bought more by the segment", "discount +10 points", "coupon held", "campaign A",
      "Discount +10 points on", "factorization machine", "logistic regression",
      "no difference between customers", "What the data cannot tell:\n",
      "- The segment has only 5 customers.", "- Coupons are redeemed only by buyers",
      "wrote out/strategies.csv\n",
    ] {
      #expect(outcome.output.contains(text), "\(text)")
    }
    let rates = PlainTable(try workspace.text("out/rates.csv"))
    #expect(rates.rows.map { $0[0] }.sorted() == (0..<4).map { "kind \($0)" })
    let levers = PlainTable(try workspace.text("out/levers.csv"))
    let (low, high) = (levers.numbers("members_low"), levers.numbers("members_high"))
    let values = levers.numbers("members")
    for place in values.indices {
      #expect(low[place] <= values[place] && values[place] <= high[place])
    }
    let json = try JSONSerialization.jsonObject(with: workspace.data("out/segments.json"))
    let report = try #require(json as? [String: Any])
    #expect(report["memberCount"] as? Int == 5)
    #expect((report["warnings"] as? [String])?.isEmpty == false)
  }

  /// A schema file gives the same results as options, and threads do not matter.
  @Test func aSchemaNamesTheColumns() throws {
    let workspace = try Self.workspace()
    let runs = [Self.columns + ["--threads", "1"], ["--schema", "bought.json", "--threads", "2"]]
    for (place, options) in runs.enumerated() {
      expectSuccess(
        try workspace.run(
          ["segments", "bought.csv", "--output", "out\(place)"] + options + SmallShop.options))
    }
    for name in ["rates.csv", "strategies.csv", "levers.csv", "segments.json"] {
      #expect(try workspace.data("out0/" + name) == workspace.data("out1/" + name), "\(name)")
    }
  }

  @Test func tablesOfCampaignsAndProductsAreOptional() throws {
    let workspace = try Self.workspace()
    let outcome = try workspace.run([
      "segments", "bought.csv", "--output", "out", "--schema", "bought.json", "--customers",
      "ages.csv", "--segment", "age=young", "--least-purchases", "1", "--rank", "1",
    ])
    expectSuccess(outcome)
    #expect(!outcome.output.contains("campaign A"))
    #expect(outcome.output.contains("discount +10 points"))
  }

  @Test func badInputsAreErrors() throws {
    let workspace = try Self.workspace()
    func expectFailure(_ options: [String], _ message: String) throws {
      try workspace.expectFailure(
        ["segments", "bought.csv", "--customers", "ages.csv"] + options, message)
    }
    try expectFailure(
      Self.columns + ["--segment", "age=ancient"], "(see --segment, --customers, --customer-column)"
    )
    try expectFailure(
      Self.columns + ["--segment", "town=Ulm"],
      "ages.csv:1: no column \"town\"; there are \"who\", \"age\"; specify the column to use instead "
        + "(see --segment)")
    try expectFailure(
      ["--schema", "bought.json", "--segment", "age=old", "--least-purchases", "999"],
      "no category has 999 purchases of the segment")
    try expectFailure(
      [
        "--id-column", "sku", "--time-column", "day", "--customer-column", "who", "--segment",
        "age=old",
      ],
      "no column \"quantity\"")
    for options in [
      ["--schema", "bought.json"], ["--segment", "age"],
      ["--segment", "age=old", "--coupons", "x"],
      ["--segment", "age=old", "--campaigns", "x"],
      ["--segment", "age=old", "--start-column", "x"],
      ["--segment", "age=old", "--later-share", "1"], ["--segment", "age=old", "--rank", "0"],
      ["--segment", "age=old", "--discount-column", "off"],
      ["--segment", "age=old", "--schema", "bought.json", "--amount-column", "paid"],
      ["--segment", "age=old", "--missing-days", "gap"],
    ] {
      let outcome = try workspace.run(
        ["segments", "bought.csv", "--customers", "ages.csv"] + options)
      #expect(outcome.status == 64, "\(options): \(outcome.errors)")
    }
  }
}
