import Testing
import TimeSeries

/// Two stores over seven days from a Monday, b from the third on, with a column that says whether a store is
/// open on each day and on the two that follow, and a fair on a day in all stores.
@Suite struct ClosingValueTests {
  private static let panel: Panel = {
    let calendar = RegularCalendar(start: CalendarDate(year: 2024, month: 2, day: 26)!, count: 7)
    let series = [
      Series(id: "a", start: 0, values: [4, 0, 3, nil, 0, 0, 5]),
      Series(id: "b", start: 2, values: [0, 6, 7, 0, 2]),
    ]
    let open: [Double?] = [1, 0, 1, 0, 1, 0, 1, 0, 1] + [0, 1, nil, 1, 1, 1, 0]
    let fair: [String?] = [nil, nil, nil, nil, "fair", nil, nil, nil, "fair"]
    return Panel(calendar: calendar, series: series)
      .adding(known: "open", .numbers(open), futureSteps: 2)
      .adding(shared: "event", .categories(fair), futureSteps: 2)
  }()

  private static let closed = panel.closed(
    on: ClosingCalendar(), at: [ClosingValue("open", .number(0))])

  private static func marks(_ panel: Panel, _ index: Int, _ steps: Range<Int>) -> String {
    ClosedSteps(of: panel, over: steps).marks(of: index).map { $0 ? "x" : "-" }.joined()
  }

  @Test func aColumnClosesEachSeriesAtItsOwnSteps() {
    #expect(Self.marks(Self.closed, 0, 0..<9) == "-x-x-x-x-")
    // Before its start and where the column is missing, a series is not closed.
    #expect(Self.marks(Self.closed, 1, 0..<9) == "--x-----x")
    #expect(Self.marks(Self.closed, 1, 7..<11) == "-x--")
    #expect(Self.marks(Self.panel, 0, 0..<9) == "---------")
  }

  @Test func categoriesAndDaysCloseToo() {
    let sunday = ClosingCalendar(weekdays: [.sunday])
    let panel = Self.panel.closed(on: sunday, at: [ClosingValue("event", .category("fair"))])
    #expect(Self.marks(panel, 1, 0..<9) == "----x-x-x")
    let unknown = Self.panel.closed(
      on: sunday, at: [ClosingValue("event", .category("fete")), ClosingValue("open", .number(2))])
    #expect(Self.marks(unknown, 1, 0..<9) == "------x--")
  }

  /// Sales at a closed step and zeros at an open one stay, and a series with nothing else does, too.
  @Test func modelsSeeGapsInPlaceOfClosedZeros() {
    let seen = Self.closed.leavingOutClosedZeros()
    #expect(seen.series(at: 0) == Series(id: "a", values: [4, nil, 3, nil, 0, nil, 5]))
    #expect(seen.series(at: 1) == Series(id: "b", start: 2, values: [nil, 6, 7, 0, 2]))
    #expect(seen.knownCovariates == Self.panel.knownCovariates)
    let silent = Self.closed.mapSeries { Series(id: $0.id, start: 1, values: [0]) }.selecting([0])
    #expect(silent.leavingOutClosedZeros() == silent)
  }

  @Test func valuesTravelThroughPanels() {
    let values = Self.closed.closingValues
    #expect(values.map(\.description) == ["open = 0"])
    #expect(ClosingValue("state", .category("lent")).description == "state = lent")
    #expect(ClosingValue("share", .number(0.5)).description == "share = 0.5")
    #expect(Self.closed.slice(1..<5).selecting([1]).closingValues == values)
    #expect(Self.marks(Self.closed.slice(1..<5), 0, 0..<6) == "x-x-x-")
    #expect(Self.closed.removing(["event"]).closingValues == values)
    #expect(Self.closed.removing(["open"]).closingValues.isEmpty)
    #expect(Self.closed != Self.panel)
  }

  @Test func onlyAKnownColumnCloses() async {
    await #expect(processExitsWith: .failure) {
      _ = Self.panel.closed(on: ClosingCalendar(), at: [ClosingValue("close", .number(1))])
    }
  }
}
