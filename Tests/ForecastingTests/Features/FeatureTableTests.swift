import Forecasting
import SalesTestSupport
import Testing
import TestSupport

@Suite struct FeatureTableTests {
  private static let panel = SampleShop.panel

  @Test func columnsAreThoseOfThePanel() throws {
    let features = FeatureSet(
      static: [StaticColumn("category"), StaticColumn("weight")],
      past: [Column(.target), Column(.past("visits")), Column(.past("weather"))],
      known: [Column(.known("price")), Column(.known("event"), name: "campaign")])
    let table = try FeatureTable(features, of: Self.panel, futureSteps: 7)
    #expect(table.staticColumns.map(\.name) == ["category", "weight"])
    #expect(
      table.historyColumns.map(\.name) == ["target", "visits", "weather", "price", "campaign"])
    #expect(table.futureColumns.map(\.name) == ["price", "campaign"])
    for (index, range) in SampleShop.ranges.enumerated() {
      let (sales, missing) = try table.numbers("target", of: index, over: 0..<41)
      for day in 0..<41 {
        let expected = range.contains(day) ? SampleShop.sales(index, day) : nil
        #expect(missing[day] ? expected == nil : Double(sales[day]) == expected, "\(index) \(day)")
      }
      let prices = try table.numbers("price", of: index, over: -2..<48)
      let expected = try Self.panel.knownCovariate("price").numberWindow(of: index, over: -2..<48)
      #expect(prices.values.map { Double($0) } == expected.values)
      #expect(prices.missing == expected.missing)
      #expect(
        try table.codes("weather", of: index, over: 0..<41)
          == Self.panel.pastCovariate("weather").codes(of: index, over: 0..<41))
    }
    #expect(try table.codes("category", of: 4, over: 3..<6) == [2, 2, 2])
    #expect(try table.numbers("weight", of: 1, over: 0..<1).missing == [true])
  }

  @Test func whatIsNotKnownCannotBeAskedFor() throws {
    let lag = Lag(of: .target, by: 3)
    let table = try FeatureTable(
      FeatureSet(past: [Column(.past("visits")), lag], known: [Column(.known("price"))]),
      of: Self.panel, futureSteps: 9)
    let (first, later) = (date(2024, 3, 6), date(2024, 3, 9))
    let visits = CovariateError.notYetKnown(column: "visits", id: "p1", date: first)
    #expect(throws: visits) { try table.numbers("visits", of: 1, over: 38..<42) }
    #expect(try table.numbers(lag.name, of: 1, over: 38..<44).missing.count == 6)
    #expect(
      throws: CovariateError.beyondReach(column: lag.name, id: "p4", date: later, futureSteps: 3)
    ) { try table.numbers(lag.name, of: 4, over: 38..<45) }
    #expect(
      throws: CovariateError.beyondReach(
        column: "price", id: "p0", date: date(2024, 3, 15), futureSteps: 9)
    ) { try table.numbers("price", of: 0, over: 49..<52) }
    #expect(
      visits.description == """
        covariate "visits" of series "p1" is requested on 2024-03-06, after the panel's end, but is \
        known only in the past
        """)
  }

  @Test func whatIsNotKnownAheadIsNoFeatureOfTheFuture() throws {
    func table(_ feature: any Feature, _ futureSteps: Int) throws -> FeatureTable {
      try FeatureTable(FeatureSet(known: [feature]), of: Self.panel, futureSteps: futureSteps)
    }
    #expect(
      throws: CovariateError.notYetKnown(column: "visits", id: "p0", date: date(2024, 3, 6))
    ) { try table(Column(.past("visits")), 1) }
    let mean = Rolling(.mean, of: .target, window: 5, lag: 4)
    #expect(throws: Never.self) { try table(mean, 4) }
    #expect(
      throws: CovariateError.beyondReach(
        column: mean.name, id: "p0", date: date(2024, 3, 10), futureSteps: 4)
    ) { try table(mean, 5) }
    // Prices are known for 14 days, events for 7.
    #expect(throws: Never.self) { try table(Column(.known("event")), 7) }
    #expect(
      throws: CovariateError.beyondReach(
        column: "event", id: "p0", date: date(2024, 3, 13), futureSteps: 7)
    ) { try table(Column(.known("event")), 8) }
  }

  @Test func columnsThatAreNotThereAreAnError() throws {
    func expectError(_ feature: any Feature, _ error: CovariateError) {
      #expect(throws: error) { try FeatureTable(FeatureSet(past: [feature]), of: Self.panel) }
    }
    expectError(
      Column(.past("price")), .otherRole(column: "price", asked: .past, found: .known))
    expectError(
      Lag(of: .past("views"), by: 2),
      .noSuchColumn("views", role: .past, present: ["visits", "weather"]))
    expectError(
      Rolling(.mean, of: .past("weather"), window: 2),
      .otherKind(column: "weather", asked: .numeric))
    expectError(
      CategoryFlag(of: .past("weather"), is: "snow"),
      .noSuchCategory(column: "weather", name: "snow"))
    expectError(
      PriceAgainstCategory(of: .known("price"), category: "weight"),
      .otherKind(column: "weight", asked: .categorical))
  }

  /// A model that was trained on another panel knows its categories by its own numbers.
  @Test func unseenCategoriesBecomeUnknown() throws {
    let trained = Vocabulary(["home", "garden"])
    let features = FeatureSet(static: [StaticColumn("category", vocabulary: trained)])
    let table = try FeatureTable(features, of: Self.panel)
    #expect(table.staticColumns[0].vocabulary == trained)
    let codes = try (0..<5).map { try table.codes("category", of: $0, over: 0..<1)[0] }
    #expect(codes == [0, 1, 0, 0, 1])
  }

  @Test func featuresOfYourOwnTakeTheirPlace() throws {
    struct Age: Feature {
      var name: String { "age" }
      var role: FeatureRole { .known }

      func columns(of panel: Panel, futureSteps: Int) -> [FeatureColumn] {
        let end = panel.calendar.count + futureSteps
        let steps = panel.ids.indices.map { panel.steps(at: $0).lowerBound..<end }
        let ages = steps.flatMap { $0.map { Double($0) } }
        return [FeatureColumn(name: name, values: .numbers(ages), steps: steps)]
      }
    }
    let table = try FeatureTable(FeatureSet(known: [Age()]), of: Self.panel, futureSteps: 3)
    let (ages, missing) = try table.numbers("age", of: 3, over: 13..<44)
    #expect(ages.last == 43)
    #expect(missing.prefix(3) == [true, true, false])
  }

  @Test func namesThatComeTwiceStop() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = FeatureSet(past: [Column(.target)], known: [Column(.known("target"))]) }
    expectStopped(result, "FeatureSet: expected names that differ, got \"target\" twice")
  }
}
