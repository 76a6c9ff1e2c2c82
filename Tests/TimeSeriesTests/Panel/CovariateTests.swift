import SalesTestSupport
import Testing
import TestSupport
import TimeSeries

@Suite struct CovariateTests {
  private let panel = SampleShop.panel

  @Test func columnsAreListedByRole() throws {
    #expect(panel.staticCovariates.map(\.name) == ["category", "store", "weight"])
    #expect(panel.pastCovariates.map(\.name) == ["visits", "weather"])
    #expect(panel.knownCovariates.map(\.name) == ["price", "event", "payday"])
    #expect(panel.levels == ["category", "store"])
    #expect(panel.role(of: "visits") == .past)
    #expect(panel.role(of: "none") == nil)
    #expect(panel.knownCovariates.map(\.futureSteps) == [14, 7, 3])
    #expect(panel.knownCovariates.map(\.isShared) == [false, true, true])
    #expect(panel.knownCovariates.map(\.kind) == [.numeric, .categorical, .numeric])
  }

  @Test func staticColumnsHaveAValueForEachSeries() throws {
    let store = try panel.staticCovariate("store").categories()
    #expect(store.codes == [3, 2, 2, 3, 2])
    #expect(store.vocabulary.names == ["x", "s", "n"])
    #expect(store.vocabulary.count == 4)
    let category = try panel.staticCovariate("category").categories()
    #expect(category.codes.map(category.vocabulary.name) == ["food", "home", "food", nil, "home"])
    #expect(category.vocabulary.code(of: "garden") == Vocabulary.unknown)
    #expect(try panel.selecting([0, 4, 2]).staticCovariate("weight").numbers() == [0.5, 7, 3])
    #expect(throws: CovariateError.missing(column: "weight", id: "p1", date: nil)) {
      try panel.staticCovariate("weight").numbers()
    }
  }

  @Test func pastColumnsEndWithThePanel() throws {
    let visits = try panel.pastCovariate("visits")
    #expect(visits.steps(of: 3) == 15..<32)
    #expect(try visits.numbers(of: 3, over: 15..<18) == [60, 64, 68])
    #expect(try visits.numbers(of: 0, over: 38..<41) == [38, 39, 40])
    let date = SampleShop.start.advanced(by: 41)
    let expected = CovariateError.notYetKnown(column: "visits", id: "p0", date: date)
    #expect(throws: expected) { try visits.numbers(of: 0, over: 38..<42) }
    #expect(throws: expected) { try visits.numberWindow(of: 0, over: 40..<43) }
    #expect(
      expected.description == "covariate \"visits\" of series \"p0\" is requested on 2024-03-06, "
        + "after the panel's end, but is known only in the past")
    // Of a slice it ends with the slice, whatever lies in the arrays behind.
    let history = panel.dropping(last: 4)
    let cut = try history.pastCovariate("visits")
    #expect(try cut.numbers(of: 0, over: 36..<37) == [36])
    #expect(
      throws: CovariateError.notYetKnown(
        column: "visits", id: "p1", date: SampleShop.start.advanced(by: 37))
    ) { try cut.numbers(of: 1, over: 30..<38) }
    #expect(
      throws: CovariateError.notYetKnown(
        column: "weather", id: "p1", date: SampleShop.start.advanced(by: 45))
    ) { try history.pastCovariate("weather").codes(of: 1, over: 45..<46) }
  }

  @Test func aPastColumnIsNoKnownOne() {
    let expected = CovariateError.otherRole(column: "visits", asked: .known, found: .past)
    #expect(throws: expected) { try panel.knownCovariate("visits") }
    #expect(
      expected.description
        == "covariate \"visits\" is past-only, but is requested as known-future; "
        + "its future is not known, so forecast without it")
    #expect(
      throws: CovariateError.noSuchColumn("vists", role: .past, present: ["visits", "weather"])
    ) { try panel.pastCovariate("vists") }
    #expect(throws: CovariateError.otherKind(column: "weather", asked: .numeric)) {
      try panel.pastCovariate("weather").numbers(of: 0, over: 0..<1)
    }
    #expect(throws: CovariateError.otherKind(column: "price", asked: .categorical)) {
      try panel.knownCovariate("price").codes(of: 0, over: 0..<1)
    }
  }

  @Test func knownColumnsReachBeyondThePanelsEnd() throws {
    let price = try panel.knownCovariate("price")
    #expect(price.steps(of: 2) == 0..<55)
    #expect(try price.numbers(of: 2, over: 52..<55) == [4.75, 5, 3])
    let expected = CovariateError.beyondReach(
      column: "price", id: "p2", date: SampleShop.start.advanced(by: 55), futureSteps: 14)
    #expect(throws: expected) { try price.numbers(of: 2, over: 50..<56) }
    #expect(
      expected.description
        == "covariate \"price\" of series \"p2\" is requested on 2024-03-20, but "
        + "is known for 14 steps after the panel's end; add the later values, use a "
        + "greater lag, or shorten the horizon")
    // Of the history of a hold-out they reach as far as before.
    let history = panel.dropping(last: 10)
    #expect(try history.knownCovariate("price").futureSteps == 24)
    #expect(try history.knownCovariate("price").numbers(of: 2, over: 52..<55) == [4.75, 5, 3])
    #expect(try history.knownCovariate("payday").sharedNumbers(over: 40..<44) == [0, 0, 1, 0])
    let late = panel.slice(20..<23)
    #expect(
      try late.knownCovariate("event").codes(of: 4, over: -2..<9) == [
        0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0,
      ])
    #expect(try late.knownCovariate("payday").sharedNumbers(over: 0..<5) == [0, 0, 0, 0, 1])
  }

  @Test func whatIsMissingIsAnErrorThatNamesSeriesDateAndColumn() throws {
    let price = try panel.knownCovariate("price")
    let first = CovariateError.missing(
      column: "price", id: "p3", date: SampleShop.start.advanced(by: 15))
    #expect(throws: first) { try price.numbers(of: 3, over: 15..<20) }
    #expect(
      first.description
        == "covariate \"price\" of series \"p3\" is missing on 2024-02-09; fill it, "
        + "or leave the column out")
    // Before the series, and after it for a past-only one.
    #expect(
      throws: CovariateError.missing(
        column: "price", id: "p3", date: SampleShop.start.advanced(by: 12))
    ) { try price.numbers(of: 3, over: 12..<20) }
    let visits = try panel.pastCovariate("visits")
    #expect(
      throws: CovariateError.missing(
        column: "visits", id: "p3", date: SampleShop.start.advanced(by: 32))
    ) { try visits.numbers(of: 3, over: 30..<35) }
    #expect(
      throws: CovariateError.missing(
        column: "visits", id: "p2", date: SampleShop.start.advanced(by: 25))
    ) { try visits.numbers(of: 2, over: 25..<28) }
  }

  @Test func windowsMarkWhatIsMissing() throws {
    let price = try panel.knownCovariate("price")
    let window = try price.numberWindow(of: 3, over: 13..<18)
    #expect(window.values == [0, 0, 0, 5.75, 6])
    #expect(window.missing == [true, true, true, false, false])
    let before = try panel.pastCovariate("visits").numberWindow(of: 0, over: -3..<2)
    #expect(before.values == [0, 0, 0, 0, 1])
    #expect(before.missing == [true, true, true, false, false])
    let weather = try panel.pastCovariate("weather")
    #expect(weather.vocabulary?.names == ["w1", "w2"])
    #expect(try weather.codes(of: 2, over: 15..<22) == [0, 1, 2, 0, 0, 0, 0])
  }

  @Test func slicesAndSelectionsLookAtTheSameColumns() throws {
    // What a slice of the whole shows is what a panel made of the slice alone shows.
    let slice = panel.slice(12..<31).selecting([4, 1, 3])
    #expect(slice == SampleShop.rebuilt(slice))
    #expect(slice != SampleShop.rebuilt(panel.slice(12..<31).selecting([4, 3, 1])))
    #expect(slice.slice(2..<9) == SampleShop.rebuilt(slice).slice(2..<9))
    #expect(slice.slice(2..<9) == panel.slice(14..<21).selecting([4, 1, 3]))
    #expect(slice.removing(["price"]) != slice)
  }

  @Test func columnsCanBeAddedToASlice() throws {
    let slice = panel.slice(16..<31).selecting([3, 2])
      .adding(past: "orders", .numbers((0..<18).map { Double($0) }))
      .adding(known: "plan", .numbers((0..<36).map { Double($0) }), futureSteps: 3)
      .adding(shared: "week", .numbers((0..<16).map { Double($0) }), futureSteps: 1)
    #expect(try slice.pastCovariate("orders").numbers(of: 1, over: 0..<3) == [15, 16, 17])
    let later = slice.slice(2..<11)
    #expect(try later.pastCovariate("orders").numbers(of: 0, over: 0..<3) == [2, 3, 4])
    #expect(try later.pastCovariate("orders").numbers(of: 1, over: 0..<1) == [17])
    #expect(
      try later.knownCovariate("plan").numbers(of: 1, over: 9..<16) == [
        29, 30, 31, 32, 33, 34, 35,
      ])
    #expect(try later.knownCovariate("week").numbers(of: 1, over: 12..<14) == [14, 15])
  }

  @Test func otherSeriesKeepTheirColumns() throws {
    let doubled = panel.slice(3..<40).mapSeries { series in
      let kept = series.steps.dropFirst(2)
      return Series(
        id: series.id, start: kept.startIndex, values: series.values.dropFirst(2).map { 2 * $0 },
        states: Array(series.states.dropFirst(2)))
    }
    #expect(doubled.steps(at: 1) == 2..<37)
    #expect(doubled.series(at: 1).value(at: 6) == 2 * SampleShop.sales(1, 9)!)
    #expect(try doubled.pastCovariate("visits").steps(of: 1) == 2..<37)
    #expect(try doubled.pastCovariate("visits").numbers(of: 1, over: 2..<4) == [10, 12])
    #expect(try doubled.knownCovariate("price").futureSteps == 15)
    #expect(doubled.staticCovariates == panel.staticCovariates)
  }

  @Test func seriesAreSelectedByWhatTheyAre() throws {
    #expect(try panel.selecting("store", in: ["s"]).ids == ["p1", "p2", "p4"])
    #expect(try panel.selecting("store", in: ["s", "n"]).ids == panel.ids)
    #expect(try panel.selecting("store", in: ["x"]).ids == [])
    #expect(try panel.selecting(ids: ["p4", "p0"]) == panel.selecting([4, 0]))
    #expect(throws: CovariateError.noSuchSeries(id: "p9")) {
      try panel.selecting(ids: ["p1", "p9"])
    }
    #expect(throws: CovariateError.noSuchCategory(column: "store", name: "w")) {
      try panel.selecting("store", in: ["s", "w"])
    }
  }

  @Test func stopsAtANumberThatIsNotFinite() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = NumberColumn([.nan, 1, .infinity], missing: [true, false, false])
    }
    expectStopped(result, "NumberColumn: expected finite values, got inf at 2")
  }

  @Test func stopsAtAColumnOfAnotherLength() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = SampleShop.panel.adding(shared: "x", .numbers([1, 2, 3] as [Double]), futureSteps: 3)
    }
    expectStopped(result, "Panel.adding: expected 44 values of \"x\", got 3")
  }

  @Test func stopsAtANameThatAnotherColumnHas() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = SampleShop.panel.adding(static: "price", .numbers([1, 2, 3, 4, 5] as [Double]))
    }
    expectStopped(result, "Panel.adding: there is a covariate \"price\" already")
  }
}

extension KnownCovariate {
  /// Numbers that all series share.
  fileprivate func sharedNumbers(over steps: Range<Int>) throws -> [Double] {
    Array(try numbers(of: 0, over: steps))
  }
}
