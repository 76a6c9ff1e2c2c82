import Scenarios
import Testing

@Suite struct PlanChangeTests {
  @Test(arguments: [
    ("price*0.9", PlanChange(of: "price", .multiply(0.9))),
    (" unit price * 2 ", PlanChange(of: "unit price", .multiply(2))),
    ("price/4", PlanChange(of: "price", .multiply(0.25))),
    ("price-50%", PlanChange(of: "price", .multiply(0.5))),
    ("price+25 %", PlanChange(of: "price", .multiply(1.25))),
    ("price*80%", PlanChange(of: "price", .multiply(0.8))),
    ("price+0.5", PlanChange(of: "price", .add(0.5))),
    ("price-0.5", PlanChange(of: "price", .add(-0.5))),
    ("unit-price*3", PlanChange(of: "unit-price", .multiply(3))),
    ("discount=-1", PlanChange(of: "discount", .set(to: "-1"))),
    ("a*b=007", PlanChange(of: "a*b", .set(to: "007"))),
    ("event=Father's day = sale", PlanChange(of: "event", .set(to: "Father's day = sale"))),
  ])
  func readsTexts(_ text: String, _ change: PlanChange) throws {
    #expect(try PlanChange(text) == change)
  }

  @Test(arguments: [
    "", "price", "*2", "=3", "price*", "price=", "price*x", "price/10%", "price*inf", "price*nan%",
  ])
  func refusesOtherTexts(_ text: String) {
    #expect(throws: ScenarioError.unreadable(text: text)) { try PlanChange(text) }
  }

  @Test func refusesToDivideByZero() {
    #expect(throws: ScenarioError.divisionByZero(text: "price/0")) { try PlanChange("price/0") }
  }

  @Test func descriptions() throws {
    let texts = try ["price*0.9", "price-2", "price+2.50", "price=1.50"].map {
      try PlanChange($0).description
    }
    #expect(texts == ["price × 0.9", "price − 2", "price + 2.5", "price = 1.50"])
  }

  // MARK: - Applying

  private static let calendar = RegularCalendar(
    start: CalendarDate(year: 2024, month: 2, day: 26)!, count: 4)
  private static let panel = Panel(
    calendar: calendar,
    series: [Series(id: "a", values: [1, 2, 3, 4]), Series(id: "b", start: 1, values: [5, 6, 7])]
  )
  .adding(
    known: "price", .numbers([2, 2, 3, 3, 2, 4, nil, 8, 8, 8, 8, 8, 8]), futureSteps: 3
  )
  .adding(
    shared: "event", .categories(["fair", nil, nil, nil, nil, "7", nil]), futureSteps: 3)

  private func prices(_ panel: Panel, _ index: Int) throws -> [Double?] {
    let (values, missing) = try panel.knownCovariate("price").numberWindow(of: index, over: 3..<7)
    return zip(values, missing).map { $1 ? nil : $0 }
  }

  @Test func appliesToTheStepsOfTheHorizon() throws {
    let cut = try Self.panel.applying([PlanChange("price*0.5"), PlanChange("price+1")], horizon: 2)
    #expect(try prices(cut, 0) == [3, 2, 3, nil])
    #expect(try prices(cut, 1) == [8, 5, 5, 8])
    let set = try Self.panel.applying([PlanChange("price=1")], horizon: 3)
    #expect(try prices(set, 0) == [3, 1, 1, 1])
    // Values of the history stay.
    #expect(
      try set.knownCovariate("price").numbers(of: 0, over: 0..<4)
        == Self.panel.knownCovariate("price").numbers(of: 0, over: 0..<4))
  }

  @Test func appliesToSomeSeriesAndDays() throws {
    var change = try PlanChange("price*2")
    change.ids = ["b"]
    let day = CalendarDate(year: 2024, month: 3, day: 2)!
    change.days = day...day
    let changed = try Self.panel.applying([change], horizon: 3)
    #expect(try prices(changed, 0) == [3, 2, 4, nil])
    #expect(try prices(changed, 1) == [8, 8, 16, 8])
  }

  @Test func categories() throws {
    let changed = try Self.panel.applying([PlanChange("event=7")], horizon: 3)
    let column = try changed.knownCovariate("event")
    let names = try column.codes(of: 1, over: 0..<7).map { column.vocabulary!.name(of: $0) }
    #expect(names == ["fair", nil, nil, nil, "7", "7", "7"])
  }

  @Test func errors() throws {
    func apply(_ text: String, ids: Set<String>? = nil) throws {
      var change = try PlanChange(text)
      change.ids = ids
      _ = try Self.panel.applying([change], horizon: 3)
    }
    #expect(throws: ScenarioError.sharedColumn("event")) { try apply("event=fair", ids: ["a"]) }
    #expect(throws: ScenarioError.notANumber(column: "price", text: "low")) {
      try apply("price=low")
    }
    #expect(throws: ScenarioError.notFinite(column: "price", change: "price = inf")) {
      try apply("price=inf")
    }
    let huge = PlanChange(of: "price", .multiply(1e308))
    #expect(throws: ScenarioError.notFinite(column: "price", change: huge.description)) {
      try Self.panel.applying([huge], horizon: 3)
    }
    #expect(throws: CovariateError.noSuchSeries(id: "z")) { try apply("price=1", ids: ["a", "z"]) }
    #expect(throws: CovariateError.noSuchCategory(column: "event", name: "storm")) {
      try apply("event=storm")
    }
    #expect(throws: CovariateError.otherKind(column: "event", asked: .numeric)) {
      try apply("event*2")
    }
    #expect(throws: CovariateError.self) { try apply("cost=1") }
  }
}
