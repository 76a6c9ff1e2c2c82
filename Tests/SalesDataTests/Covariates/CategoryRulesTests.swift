import SalesData
import Testing

@Suite struct CategoryRulesTests {
  private static let rules = CategoryRules([
    "Christmas": ["*christmas*", "*ADVENT*"], "Bags": ["*BAG*"], "Cards": ["C##"],
  ])

  private static func panel(described: Bool) -> Panel {
    let calendar = RegularCalendar(
      start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 2)
    let panel = Panel(
      calendar: calendar,
      series: ["C12", "red bag", "7", "8", "9"].map { Series(id: $0, values: [1, 2]) })
    let vocabulary = Vocabulary(["Gift", "Christmas Bag", "ADVENT CALENDAR"])
    return described
      ? panel.adding(
        static: "description",
        .categories(CategoryColumn([1, 1, 2, 3, 0], vocabulary: vocabulary))) : panel
  }

  @Test func firstMatchCounts() throws {
    for (isDescribed, expected) in [
      (true, ["Cards", "Bags", "Christmas", "Christmas", "Other"]),
      (false, ["Cards", "Bags", "Other", "Other", "Other"]),
    ] {
      let panel = try Self.rules.categorizing(Self.panel(described: isDescribed))
      #expect(panel.levels == ["category"])
      let (codes, vocabulary) = try panel.staticCovariate("category").categories()
      #expect(codes.map { vocabulary.name(of: $0) } == expected)
    }
  }

  @Test func otherItemsHaveAName() throws {
    var rules = Self.rules
    rules.otherName = "Rest"
    let panel = try rules.categorizing(Self.panel(described: false), column: "group")
    #expect(try panel.aggregated(by: ["group"]).panel.ids == ["Cards", "Bags", "Rest"])
  }
}
