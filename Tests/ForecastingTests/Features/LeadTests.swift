import Forecasting
import SalesTestSupport
import Testing

@Suite struct LeadTests {
  /// Eleven days, and three days after them.
  private static func panel(_ series: [Series] = [Series(id: "a", values: sales)]) -> Panel {
    Panel(calendar: RegularCalendar(start: date(2024, 12, 16), count: 11), series: series)
  }

  private static let sales = (0..<11).map(Double.init)

  /// ```python
  /// event = pd.Series([None] * 9 + ["Christmas", "Boxing Day", None, "Sales", "Sales"])
  /// event.shift(-2)
  /// price = pd.Series([4, 4, 5, np.nan, 5, 5, 3, 3, 3, 5, 5, 5, 4.5, 4])
  /// price.shift(-4)
  /// ```
  @Test func valuesAreThoseOfPandas() throws {
    let events: [String?] =
      Array(repeating: nil, count: 9) + ["Christmas", "Boxing Day", nil, "Sales", "Sales"]
    let panel = Self.panel()
      .adding(shared: "event", .categories(events), futureSteps: 3)
      .adding(
        known: "price", .numbers([4, 4, 5, nil, 5, 5, 3, 3, 3, 5, 5, 5, 4.5, 4]), futureSteps: 3)
    let (event, price) = (Lead(of: "event", by: 2), Lead(of: "price", by: 4))
    let table = try FeatureTable(
      FeatureSet(known: [event, price]), of: panel, futureSteps: 3)
    let codes = try table.codes("event 2 after", of: 0, over: 0..<14)
    let vocabulary = try #require(table.column(event.name).vocabulary)
    #expect(
      codes.map(vocabulary.name)
        == Array(repeating: nil, count: 7)
        + ["Christmas", "Boxing Day", nil, "Sales", "Sales", nil, nil])
    let (values, missing) = try table.numbers("price 4 after", of: 0, over: 0..<14)
    let expected: [Float?] = [5, 5, 3, 3, 3, 5, 5, 5, 4.5, 4, nil, nil, nil, nil]
    #expect(zip(values, missing).map { $1 ? nil : $0 } == expected)
  }

  /// A series that starts later has its own row of values.
  @Test func seriesLeadByThemselves() throws {
    let panel = Self.panel([
      Series(id: "a", values: Self.sales), Series(id: "b", start: 8, values: [7, 8, 9]),
    ]).adding(known: "display", .numbers((0..<14).map(Double.init)), futureSteps: 0)
    let table = try FeatureTable(FeatureSet(known: [Lead(of: "display", by: 1)]), of: panel)
    let (values, missing) = try table.numbers("display 1 after", of: 1, over: 6..<11)
    #expect(values == [0, 11, 12, 13, 0])
    #expect(missing == [true, false, false, false, true])
  }

  /// A plan that ends with the horizon is enough. One that ends before is not.
  @Test func lastStepsMayBeMissing() throws {
    let panel = Self.panel().adding(
      shared: "event", .numbers([Double](repeating: 0, count: 14)), futureSteps: 3)
    let features = FeatureSet(known: [Lead(of: "event", by: 2)])
    #expect(throws: Never.self) { try FeatureTable(features, of: panel, futureSteps: 3) }
    #expect(throws: CovariateError.self) { try FeatureTable(features, of: panel, futureSteps: 4) }
  }

  @Test func featuresAheadAreNoColumnsOfTheHistory() throws {
    let panel = Self.panel().adding(
      shared: "event", .numbers((0..<14).map { $0 % 5 == 0 ? 1 : 0 }), futureSteps: 3)
    let features = FeatureSet(
      past: [Column(.target)], known: [Column(.known("event"))],
      ahead: [Lead(of: "event", by: 1), Lag(of: .known("event"), by: 2)])
    let table = try FeatureTable(features, of: panel, futureSteps: 3)
    #expect(table.historyColumns.map(\.name) == ["target", "event"])
    #expect(table.futureColumns.map(\.name) == ["event", "event 1 after", "event 2 before"])
    #expect(try table.numbers("event 1 after", of: 0, over: 8..<14).values == [0, 1, 0, 0, 0, 0])
    #expect(try table.numbers("event 2 before", of: 0, over: 8..<14).values == [0, 0, 0, 0, 1, 0])
  }

  @Test func onlyColumnsKnownAheadLead() {
    let panel = Self.panel().adding(past: "visits", .numbers(Self.sales))
    #expect(
      throws: CovariateError.otherRole(column: "visits", asked: .known, found: .past)
    ) { try FeatureTable(FeatureSet(known: [Lead(of: "visits", by: 1)]), of: panel) }
  }

  // MARK: - Automatic features

  /// Returns the features of future steps of a panel of some years whose column has values that repeat.
  private static func featuresAhead(
    _ values: [String?], _ frequency: Frequency = .day, years: Double = 3
  ) -> [String] {
    let year = [Frequency.day: 365, .hour: 8_760, .week(): 52, .month: 12][frequency]!
    let count = Int((years * Double(year)).rounded())
    let names = (0..<count + 1).map { values[$0 % values.count] }
    let numbers = names.map { $0.flatMap(Double.init) }
    let isNumeric = names.allSatisfy { $0.flatMap(Double.init) != nil }
    let panel = Panel(
      calendar: RegularCalendar(
        start: frequency.start(of: date(2020, 1, 1)), count: count, frequency: frequency),
      series: [Series(id: "a", values: [Double](repeating: 1, count: count))]
    ).adding(shared: "x", isNumeric ? .numbers(numbers) : .categories(names), futureSteps: 1)
    let features = FeatureSet.automatic(for: panel, seasonLength: frequency.seasonLength)
    #expect(features.known.map(\.name).contains("x"))
    return features.ahead.map(\.name)
  }

  @Test func aNetworkSeesTheEventsAroundFutureSteps() {
    let around = ["x 1 after", "x 2 after", "x 1 before"]
    let events = [nil, nil, "fair", nil, nil, nil, nil, "sale", nil, nil, nil]
    #expect(Self.featuresAhead(events) == around)
    #expect(Self.featuresAhead(events, .week()) == ["x 1 after", "x 1 before"])
    #expect(
      Self.featuresAhead(events, .hour) == ["x 24 after", "x 48 after", "x 24 before"])
    #expect(Self.featuresAhead(events, .month) == [])
    // The most frequent value may be any: shops are open on most days.
    #expect(Self.featuresAhead(["1", "1", "1", "1", "0", "1", "1", "1", "1"]) == around)
  }

  @Test func columnsWithoutEventsAreLeftAlone() {
    // Food stamps are spent on a third of the days.
    #expect(Self.featuresAhead(["1", "0", "0"]) == [])
    #expect(Self.featuresAhead(["0", "0", "0", "0", "0", "0", "0", "0", "0", "2"]) == [])
    #expect(Self.featuresAhead(["0"]) == [])
    #expect(Self.featuresAhead(["spring", "summer", "fall", "winter"]) == [])
  }

  /// A yearly event that was seen twice is a coincidence.
  @Test func eventsNeedThreeYears() {
    let events = ["fair", nil, nil, nil, nil, nil, nil]
    #expect(Self.featuresAhead(events, years: 2.99) == [])
    #expect(Self.featuresAhead(events, years: 3).count == 3)
  }
}
