import SalesTestSupport
import Testing
import TimeSeries

@Suite struct JoiningTests {
  private let panel = SampleShop.panel

  @Test func columnsOfOnePanelGoToAnother() throws {
    let left = panel.removing(["price", "weather", "category"])
    let right = panel.removing(["store", "weight", "visits", "event", "payday"])
    let joined = try left.joining(right.selecting([3, 1, 4, 0, 2]))
    let expected = panel.removing(["category", "weather", "price"])
      .adding(level: "category", SampleShop.categories, vocabulary: Vocabulary(["food", "home"]))
    #expect(joined.staticCovariates == expected.staticCovariates)
    #expect(try joined.pastCovariate("weather") == panel.pastCovariate("weather"))
    #expect(try joined.knownCovariate("price") == panel.knownCovariate("price"))
    // Also where the panels are slices of their own.
    let sliced = try left.slice(5..<33).joining(right.slice(2..<40).slice(3..<31))
    #expect(try sliced.knownCovariate("price") == panel.slice(5..<33).knownCovariate("price"))
  }

  @Test func aTargetBecomesAPastColumn() throws {
    let visitors = Panel(
      calendar: panel.calendar,
      series: panel.ids.reversed().map { id in
        Series(
          id: id, start: 2, values: (2..<39).map { Double($0) },
          states: (2..<39).map { $0 == 20 ? .stockOut : .observed })
      })
    let joined = try panel.joining(visitors, targetAs: "visitors")
    let (values, missing) = try joined.pastCovariate("visitors").numberWindow(of: 0, over: 0..<41)
    #expect(values == (0..<41).map { (2..<39).contains($0) && $0 != 20 ? Double($0) : 0 })
    #expect(missing == (0..<41).map { !(2..<39).contains($0) || $0 == 20 })
    #expect(try joined.pastCovariate("visitors").steps(of: 3) == 15..<32)
  }

  @Test func seriesOfOnePanelGoBehindThoseOfAnother() throws {
    let joined = try panel.selecting([0, 1]).appending(panel.selecting([2, 3, 4]))
    #expect(joined == panel)
    #expect(
      try panel.selecting([0]).slice(3..<31).appending(panel.selecting([4]).slice(3..<31))
        == panel.selecting([0, 4]).slice(3..<31))
  }

  @Test func categoriesOfBothPanelsAreOneVocabulary() throws {
    func panel(_ ids: [String], _ categories: [String?]) -> Panel {
      Panel(
        calendar: RegularCalendar(start: SampleShop.start, count: 2),
        series: ids.map { Series(id: $0, values: [1, 2]) }
      )
      .adding(level: "category", categories)
      .adding(past: "weather", .categories(categories.flatMap { [$0, "sun"] }))
    }
    let joined = try panel(["a", "b"], ["tea", nil]).appending(
      panel(["c", "d", "e"], ["cups", "tea", nil]))
    let category = try joined.staticCovariate("category").categories()
    #expect(category.vocabulary.names == ["tea", "cups"])
    #expect(category.codes == [1, 0, 2, 1, 0])
    let weather = try joined.pastCovariate("weather")
    #expect(weather.vocabulary?.names == ["tea", "sun", "cups"])
    #expect(
      try (0..<5).map { try weather.codes(of: $0, over: 0..<2) }
        == [[1, 2], [0, 2], [3, 2], [1, 2], [0, 2]])
  }

  @Test func whatCannotBeJoinedIsAnErrorThatNamesIt() throws {
    let calendar = panel.calendar
    let shorter = panel.dropping(last: 1)
    let otherCalendar = PanelJoinError.otherCalendar(shorter.calendar, expected: calendar)
    #expect(throws: otherCalendar) { try panel.joining(shorter) }
    #expect(throws: otherCalendar) { try panel.appending(shorter) }
    #expect(
      otherCalendar.description == "one panel has 41 steps of a day from 2024-01-25, the other 40 "
        + "steps of a day from 2024-01-25; slice or aggregate them to the same")
    #expect(throws: PanelJoinError.seriesInOne(id: "p4")) {
      try panel.joining(SampleShop.plain.selecting([0, 1, 2, 3]))
    }
    #expect(throws: PanelJoinError.seriesInOne(id: "p1")) {
      try panel.selecting([0, 2]).joining(SampleShop.plain)
    }
    #expect(throws: PanelJoinError.columnInBoth(name: "category")) { try panel.joining(panel) }
    #expect(throws: PanelJoinError.columnInBoth(name: "price")) {
      try panel.joining(SampleShop.plain, targetAs: "price")
    }
    #expect(throws: PanelJoinError.seriesInBoth(id: "p2")) {
      try panel.selecting([1, 2]).appending(panel.selecting([4, 2]))
    }
    let (left, right) = (panel.selecting([0, 1]), panel.selecting([2, 3]))
    #expect(throws: PanelJoinError.columnInOne(name: "price")) {
      try left.appending(right.removing(["price"]))
    }
    #expect(throws: PanelJoinError.columnInOne(name: "visits")) {
      try left.removing(["visits"]).appending(right)
    }
    let others: [(String, Panel)] = [
      ("weight", right.removing(["weight"]).adding(static: "weight", .categories(["a", "b"]))),
      ("store", right.removing(["store"]).adding(static: "store", .categories(["a", "b"]))),
      (
        "payday",
        right.removing(["payday"])
          .adding(shared: "payday", .numbers((0..<44).map { Double($0) }), futureSteps: 3)
      ),
      (
        "event",
        right.removing(["event"]).adding(past: "event", .numbers((0..<36).map { Double($0) }))
      ),
    ]
    for (name, other) in others {
      #expect(throws: PanelJoinError.otherColumn(name: name)) { try left.appending(other) }
    }
  }
}
