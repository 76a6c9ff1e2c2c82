import Segments
import Testing

@Suite struct SegmentAnalysisTests {
  private static let shop = SampleShopTables(customersOfEach: 60, seed: 1)

  private static func report(of age: String) throws -> SegmentReport {
    var analysis = SegmentAnalysis()
    analysis.trainer.epochs = 12
    analysis.trainer.rank = 4
    return try analysis.report(on: shop.history(of: age), segment: "age = \(age)")
  }

  private static let young = Result { try report(of: "young") }
  private static let old = Result { try report(of: "old") }

  private static func lever(
    _ name: String, _ report: SegmentReport
  ) throws -> SegmentReport.LeverEffect {
    try #require(report.levers.first { $0.lever.name == name })
  }

  /// The effect of 10 points is 0.05 for young customers and 0 for old ones.
  @Test func aReactionToDiscountsIsFound() throws {
    let effect = try Self.lever("discount +10 points", Self.young.get())
    #expect(effect.members.isClear && effect.members.interval.contains(0.05))
    #expect(try #require(effect.others).interval.contains(0))
    #expect(try #require(effect.difference).isClear)
    #expect(try #require(effect.difference).interval.contains(0.05))
    #expect(try #require(effect.later).interval.contains(0.05))
    #expect(try #require(effect.before).interval.contains(0))
  }

  @Test func aSegmentThatDoesNotReactHasAnIntervalWithZero() throws {
    let report = try Self.old.get()
    let effect = try Self.lever("discount +10 points", report)
    #expect(effect.members.interval.contains(0))
    #expect(try #require(effect.others).interval.contains(0.05))
    let top = try #require(report.check.top)
    #expect(top.realized.interval.contains(0))
    // Shrinking leaves little of the luckiest categories.
    #expect(report.strategies.count { $0.predicted.isClear } <= 1)
    let slope = try #require(report.check.models[0].slopes.first { $0.lever == "discounts" })
    #expect(
      !(slope.estimate.isClear && slope.estimate.value > 0.9) || slope.estimate.interval.contains(0)
    )
  }

  @Test func couponsAndCampaignsThatWorkAreFound() throws {
    let report = try Self.young.get()
    let coupon = try Self.lever("coupon held", report)
    #expect(coupon.members.isClear && coupon.members.interval.contains(0.2))
    let campaign = try Self.lever("campaign A", report)
    #expect(campaign.members.isClear && campaign.members.interval.contains(0.1))
    #expect(try #require(campaign.later).interval.contains(0.1))
  }

  /// The recipients of type B buy more in any week: a plain comparison takes their habit for an
  /// effect, a comparison of each customer with itself does not.
  @Test func habitIsNotTakenForAnEffect() throws {
    let report = try Self.young.get()
    let campaign = try Self.lever("campaign B", report)
    #expect(try #require(campaign.plainDifference) > 0.04)
    #expect(campaign.members.interval.contains(0))
    #expect(
      report.warnings.contains { $0.hasPrefix("The shop chose whom it sent campaign B") },
      "\(report.warnings)")
    #expect(report.warnings.contains { $0.hasPrefix("Coupons are redeemed only by buyers") })
    #expect(report.warnings.contains { $0.hasPrefix("The segment has only 60 customers") })
  }

  @Test func laterWeeksAreCheckedAgainstBaselines() throws {
    let check = try Self.young.get().check
    #expect(
      check.models.map(\.name) == [
        "factorization machine", "logistic regression", "own rate of the category",
        "no difference between customers",
      ])
    #expect(check.rowCount == 60 * 12 * 10)
    #expect(check.models.allSatisfy { $0.auc > 0.5 && $0.logLoss > 0 })
    let lead = try #require(check.models[3].lead)
    #expect(lead.isClear && lead.value > 0)
    // Discounts work for the segment, and the machine knows.
    let slope = try #require(check.models[0].slopes.first { $0.lever == "discounts" }?.estimate)
    #expect(slope.isClear && slope.interval.contains(1), "\(slope)")
    let top = try #require(check.top)
    #expect(top.realized.isClear && top.positiveCount >= 8)
  }

  @Test func ratesAndCounts() throws {
    let report = try Self.young.get()
    #expect(report.memberCount == 60 && report.otherCount == 60)
    #expect(report.categoryCount == 12 && report.allCategoryCount == 12)
    #expect("\(report.start) \(report.split) \(report.end)" == "2024-01-01 2024-07-29 2024-10-07")
    #expect(report.rates.count == 12 && report.strategies.count == 12)
    let strengths = report.rates.map { $0.difference.value / $0.difference.standardError }
    #expect(strengths == strengths.sorted(by: >))
    #expect(report.ratesCSV.split(separator: "\n").count == 13)
    #expect(report.strategiesCSV.hasPrefix("category,member_rate,predicted,predicted_low,"))
    #expect(report.leversCSV.split(separator: "\n").count == 6)
  }

  @Test func threadsDoNotMatter() throws {
    let before = Parallelism.threadCount
    defer { Parallelism.threadCount = before }
    let tables = SampleShopTables(customersOfEach: 8, seed: 2)
    let texts = try [1, 3].map { threads in
      Parallelism.threadCount = threads
      var analysis = SegmentAnalysis()
      analysis.trainer.epochs = 3
      let report = try analysis.report(on: tables.history(of: "young"))
      return report.leversCSV + report.strategiesCSV + "\(report.check)"
    }
    #expect(texts[0] == texts[1])
  }

  @Test func whatCannotBeComparedIsAnError() throws {
    let tables = SampleShopTables(customersOfEach: 2, seed: 2)
    #expect {
      try tables.history(of: "ancient")
    } throws: { "\($0)".hasPrefix("none of the 4 customers of the order lines is in the segment") }
    var analysis = SegmentAnalysis()
    analysis.leastPurchases = 10_000
    #expect(throws: SegmentError.noCategory(leastPurchases: 10_000)) {
      try analysis.report(on: tables.history(of: "old"))
    }
  }
}
