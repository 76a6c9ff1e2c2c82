import Forecasting
import Foundation
import NeuralNetwork
import SalesTestSupport
import Testing

@Suite struct FeatureCausalityTests {
  private static let statistics: [Rolling.Statistic] = [
    .mean, .sum, .deviation, .minimum, .maximum, .quantile(0.3), .zeroShare, .positiveCount,
  ]
  private static let horizon = 5

  /// Every feature that there is, of every source that it takes; purchases as of a step are added
  /// where the step is known.
  static let features = FeatureSet(
    static: [
      StaticColumn("category", vocabulary: Vocabulary(["cup", "pot"])), StaticColumn("weight"),
      HashedNGrams(of: .id, count: 3), HashedNGrams(of: .column("category"), count: 3),
    ],
    past: [
      Column(.target), Column(.past("visits")), Column(.past("stock")), Column(.past("weather")),
      Column(.past("weather"), vocabulary: Vocabulary(["sun", "wind 3"]), name: "known weather"),
      CategoryFlag(of: .past("weather"), is: "rain"), StockOutFlag(), Lag(of: .target, by: 1),
      Lag(of: .past("weather"), by: 3), Lag(of: .past("visits"), by: 2),
      Rolling(.mean, of: .past("visits"), window: 7), PurchaseBehavior(window: 9),
      PurchaseBehavior(of: .past("visits"), amounts: .target, window: 3, lag: 2),
      TimeSincePromotion(of: .past("stock"), limit: 9), PriceLevel(of: .past("stock")),
      PriceAgainstHistory(of: .past("stock"), window: 4),
      PriceAgainstCategory(of: .past("stock"), category: "category"),
      DiscountDepth(of: .past("stock"), from: .highest(window: 3)),
      DiscountDepth(of: .known("price"), from: .column(.past("stock"))),
    ] + statistics.map { Rolling($0, of: .target, window: 6) },
    known: [
      Column(.known("price")), Column(.known("promotion")), Column(.known("campaign")),
      CategoryFlag(of: .known("campaign"), is: "mail"), Lag(of: .known("price"), by: 2),
      Lead(of: "price", by: 3), Lead(of: "campaign", by: 1), Lag(of: .target, by: 5),
      Lag(of: .past("visits"), by: 7),
      Rolling(.mean, of: .known("price"), window: 3), PriceLevel(of: .known("price")),
      PriceAgainstHistory(of: .known("price"), window: 10),
      PriceAgainstCategory(of: .known("price"), category: "category"),
      DiscountDepth(of: .known("price"), from: .column(.known("list price"))),
      DiscountDepth(of: .known("price"), from: .highest(window: 8)),
      TimeSincePromotion(of: .known("promotion"), limit: 17),
      TimeSincePromotion(of: .known("campaign"), limit: 3), FourierTerms(period: 30.5, order: 2),
      EventFeature(HolidayCalendar(.unitedStates)),
      EventFeature(ShopCalendar([.blackFriday]), .around(before: 2, after: 1)),
      EventFeature(HolidayCalendar(.germany), .daysUntil(limit: 9)),
      EventFeature(PaydayCalendar([-1]), .daysSince(limit: 31)),
      PurchaseBehavior(window: 4, lag: 5),
      CalendarFeature(.dayOfYear, as: .harmonics(2)),
    ] + CalendarFeature.Part.allCases.map { CalendarFeature($0) }
      + statistics.map { Rolling($0, of: .target, window: 4, lag: 5) })

  /// What is known ahead by k steps is not changed up to k steps later, either. Categories are
  /// compared by their names: the vocabulary of a panel is made of all its days.
  @Test(arguments: 0..<9 as Range<UInt64>)
  func noFeatureKnowsTheFutureOfTargetOrPastColumns(seed: UInt64) throws {
    var shop = RandomShop(seed: seed)
    var generator = Xoshiro256(seed: seed)
    let step = Int.random(in: 15..<53, using: &generator)
    let before = try Self.table(of: shop, upTo: step)
    let vocabulary = try shop.panel.pastCovariate("weather").vocabulary
    shop.redrawPast(from: step + 1)
    let after = try Self.table(of: shop, upTo: step)
    let (known, past) = (Self.features.known, Self.features.past)
    let ahead = Dictionary(
      uniqueKeysWithValues: try (past + known).flatMap { feature in
        try feature.columns(of: shop.panel, futureSteps: Self.horizon).map {
          ($0.name, feature.role)
        }
      })
    var changed: Set<String> = []
    for column in before.historyColumns {
      let role = try #require(ahead[column.name])
      for index in shop.panel.ids.indices {
        let (whole, sees) = Self.steps(role, upTo: step)
        let label = "\(column.name) of \(index)"
        let (old, new) = (
          try values(before, column, index, whole), try values(after, column, index, whole)
        )
        #expect(old[0..<sees.count] == new[0..<sees.count], "\(label)")
        if old != new { changed.insert(column.name) }
      }
    }
    // The test can fail: what is computed from the past does change later on.
    for (name, role) in ahead {
      if case .past = role { #expect(changed.contains(name), "\(name)") }
      if role == .known { #expect(!changed.contains(name), "\(name)") }
    }
    for column in before.staticColumns {
      for index in shop.panel.ids.indices {
        let (old, new) = (
          try values(before, column, index, 0..<1), try values(after, column, index, 0..<1)
        )
        #expect(old == new, "\(column.name) of \(index)")
      }
    }
    #expect(try shop.panel.pastCovariate("weather").vocabulary != vocabulary)
    // Nor is this one blind: a later day sees other purchases.
    #expect(shop.purchases(upTo: step).values != shop.purchases(upTo: step + 9).values)
  }

  /// A feature that is added to the package must be added here.
  @Test func allFeaturesAreAmongThem() throws {
    let package = URL(filePath: #filePath)
      .deletingLastPathComponent().appending(path: "../../../Sources/Features")
    let files = try #require(
      FileManager.default.enumerator(at: package, includingPropertiesForKeys: nil))
    var declared: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let source = try String(contentsOf: file, encoding: .utf8)
      declared.formUnion(source.matches(of: /struct (\w+): Feature\b/).map { String($0.1) })
    }
    let set = Self.features
    let used = Set((set.static + set.past + set.known).map { String(describing: type(of: $0)) })
    #expect(used.union(["PurchaseSummary"]) == declared)
  }

  private static func table(of shop: RandomShop, upTo step: Int) throws -> FeatureTable {
    let features = FeatureSet(
      static: Self.features.static + [shop.purchases(upTo: step)], past: Self.features.past,
      known: Self.features.known)
    return try FeatureTable(features, of: shop.panel, futureSteps: horizon)
  }

  /// All steps at which a feature is known, and those of them that `step` and earlier ones decide.
  private static func steps(
    _ role: FeatureRole, upTo step: Int
  ) -> (whole: Range<Int>, seen: Range<Int>) {
    switch role {
    case .past(let ahead):
      let whole = 0..<RandomShop.stepCount + min(ahead, horizon)
      return (whole, 0..<min(step + 1 + ahead, whole.upperBound))
    case .known, .static:
      let whole = 0..<RandomShop.stepCount + horizon
      return (whole, whole)
    }
  }

  private func values(
    _ table: FeatureTable, _ column: FeatureColumn, _ index: Int, _ steps: Range<Int>
  ) throws -> [String?] {
    if let vocabulary = table.column(column.name).vocabulary {
      return try table.codes(column.name, of: index, over: steps).map(vocabulary.name)
    }
    let (values, missing) = try table.numbers(column.name, of: index, over: steps)
    return zip(values, missing).map { $1 ? nil : "\($0)" }
  }

  /// A slice shows features what a panel of its steps alone would.
  @Test func slicesHideTheFuture() throws {
    let panel = RandomShop(seed: 7).panel
    let slice = panel.slice(9..<41)
    let rebuilt = SampleShop.rebuilt(slice)
    let table = try FeatureTable(Self.features, of: slice, futureSteps: Self.horizon)
    let fresh = try FeatureTable(Self.features, of: rebuilt, futureSteps: Self.horizon)
    for column in table.historyColumns {
      for index in panel.ids.indices {
        #expect(
          try values(table, column, index, 0..<32) == values(fresh, column, index, 0..<32),
          "\(column.name) of \(index)")
      }
    }
  }
}
