import Forecasting
import SalesTestSupport
import Testing

@Suite struct PriceFeatureTests {
  /// Three products over 4 days with prices for 6: the first two of one category, the last of none.
  private static let panel = Panel(
    calendar: RegularCalendar(start: date(2024, 2, 26), count: 4),
    series: [
      Series(id: "a", values: [1, 2, 3, 4]), Series(id: "b", values: [1, 2, 3, 4]),
      Series(id: "c", start: 2, values: [3, 4]),
    ]
  )
  .adding(level: "category", ["tea", "tea", nil])
  .adding(
    known: "price", .numbers([2, 2, 3, nil, 2.5, 2, 4, 3, 3, 5, 4, 4, 1, 1.5, 1, 2]),
    futureSteps: 2
  )
  .adding(shared: "list", .numbers([4, 4, 3, 3, 2, 2]), futureSteps: 2)
  .adding(shared: "sale", .categories([nil, "mail", nil, nil, nil, "web"]), futureSteps: 2)

  /// ```python
  /// price = pd.DataFrame({"a": [2, 2, 3, np.nan, 2.5, 2], "b": [4, 3, 3, 5, 4, 4],
  ///                       "c": [np.nan, np.nan, 1, 1.5, 1, 2]})
  /// np.log(price.a)
  /// price / price.shift(1).rolling(2, min_periods=1).mean()
  /// mean = price[["a", "b"]].mean(axis=1); price.a / mean; price.b / mean
  /// (1 - price.a / [4, 4, 3, 3, 2, 2]).clip(lower=0)
  /// (1 - price.b / price.b.rolling(3, min_periods=1).max()).clip(lower=0)
  /// ```
  @Test func featuresOfPricesAreThoseOfPandas() throws {
    let price = FeatureSource.known("price")
    try expect(
      PriceLevel(of: price), of: 0, [0.6931472, 0.6931472, 1.0986123, nil, 0.9162908, 0.6931472])
    let history = PriceAgainstHistory(of: price, window: 2)
    try expect(history, of: 0, [nil, 1, 1.5, nil, 0.8333333, 0.8])
    try expect(history, of: 2, [nil, nil, nil, 1.5, 0.8, 1.6])
    let category = PriceAgainstCategory(of: price, category: "category")
    try expect(category, of: 0, [0.6666667, 0.8, 1, nil, 0.7692308, 0.6666667])
    try expect(category, of: 1, [1.3333334, 1.2, 1, 1, 1.2307693, 1.3333334])
    try expect(category, of: 2, [nil, nil, nil, nil, nil, nil])
    let list = DiscountDepth(of: price, from: .column(.known("list")))
    try expect(list, of: 0, [0.5, 0.5, 0, nil, 0, 0])
    let highest = DiscountDepth(of: price, from: .highest(window: 2))
    try expect(highest, of: 1, [0, 0.25, 0.25, 0, 0.2, 0.2])
  }

  /// A discount from a list price of one day to come is not known for two, however far
  /// ahead the price is; and nothing of it is missing in silence.
  @Test func discountsAreKnownAsFarAsBothPrices() throws {
    let panel = Self.panel.adding(shared: "short", .numbers([4, 4, 4, 4, 4]), futureSteps: 1)
    for (price, list) in [("price", "short"), ("short", "price")] {
      let discount = DiscountDepth(of: .known(price), from: .column(.known(list)))
      let features = FeatureSet(known: [discount])
      let table = try FeatureTable(features, of: panel, futureSteps: 1)
      #expect(try table.numbers(discount.name, of: 0, over: 4..<5).missing == [false])
      #expect(
        throws: CovariateError.beyondReach(
          column: discount.name, id: "a", date: date(2024, 3, 2), futureSteps: 1)
      ) { try FeatureTable(features, of: panel, futureSteps: 2) }
    }
  }

  @Test func timeSincePromotionIsCountedUpToItsLimit() throws {
    try expect(TimeSincePromotion(of: .known("sale"), limit: 3), of: 1, [3, 0, 1, 2, 3, 0])
    try expect(CategoryFlag(of: .known("sale"), is: "web"), of: 0, [0, 0, 0, 0, 0, 1])
  }

  @Test func pricesThatAreNoneHaveNoLevel() throws {
    let panel = Self.panel.adding(past: "cost", .numbers([0, -1, 2, 0, 0, 1, 0, 4, 0, 8]))
    let table = try FeatureTable(
      FeatureSet(past: [
        PriceLevel(of: .past("cost")), PriceAgainstHistory(of: .past("cost"), window: 1),
        DiscountDepth(of: .known("price"), from: .column(.past("cost"))),
      ]), of: panel)
    #expect(
      try table.numbers("cost level", of: 0, over: 0..<4).missing == [true, true, false, true])
    #expect(
      try table.numbers("cost against 1 before", of: 0, over: 0..<4).missing
        == [true, true, true, false])
    #expect(
      try table.numbers("price discount from cost", of: 1, over: 0..<4).missing
        == [true, false, true, false])
  }

  private func expect(
    _ feature: some Feature, of index: Int, _ expected: [Float?],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let table = try FeatureTable(FeatureSet(known: [feature]), of: Self.panel, futureSteps: 2)
    let (values, missing) = try table.numbers(feature.name, of: index, over: 0..<6)
    expectClose(
      zip(values, missing).map { $1 ? nil : $0 }, expected, sourceLocation: sourceLocation)
  }
}
