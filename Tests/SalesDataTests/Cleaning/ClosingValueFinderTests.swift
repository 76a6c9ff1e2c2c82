import SalesData
import Testing

/// Three stores over 60 days that sell on each open day. Each has its own closed days.
@Suite struct ClosingValueFinderTests {
  private static let dayCount = 60
  private static let storeCount = 3

  private static func isOpen(_ store: Int, _ day: Int) -> Bool { (day + 2 * store) % 7 != 0 }

  private static func panel(
    units: (_ store: Int, _ day: Int) -> Double
  ) -> Panel {
    Panel(
      calendar: RegularCalendar(
        start: CalendarDate(year: 2024, month: 1, day: 30)!, count: dayCount),
      series: (0..<storeCount).map { store in
        Series(id: "store \(store)", values: (0..<dayCount).map { units(store, $0) })
      })
  }

  private static let sales = panel { store, day in
    isOpen(store, day) ? Double(day * (store + 3) % 5 + 1) : 0
  }

  private static func numbers(_ number: (Int, Int) -> Double) -> CovariateValues {
    .numbers((0..<storeCount).flatMap { store in (0..<dayCount).map { number(store, $0) } })
  }

  private static func found(_ values: CovariateValues, in panel: Panel = sales) -> [String] {
    ClosingValueFinder().find(in: panel.adding(known: "column", values, futureSteps: 0))
      .map(\.description)
  }

  @Test func numbersThatSayWhetherAStoreIsOpen() {
    #expect(Self.found(Self.numbers { Self.isOpen($0, $1) ? 1 : 0 }) == ["column = 0"])
    #expect(Self.found(Self.numbers { Self.isOpen($0, $1) ? 0 : 1 }) == ["column = 1"])
  }

  @Test func categoriesThatSaySo() {
    let names = (0..<Self.storeCount).flatMap { store in
      (0..<Self.dayCount).map { day -> String? in
        Self.isOpen(store, day) ? (day % 3 == 0 ? "fair" : nil) : "rest"
      }
    }
    #expect(Self.found(.categories(names)) == ["column = rest"])
  }

  @Test func aPromotionClosesNothing() {
    #expect(Self.found(Self.numbers { _, day in day % 4 == 0 ? 1 : 0 }).isEmpty)
  }

  /// A column with more than two numbers, such as a price, is not searched.
  @Test func otherNumbersCloseNothing() {
    #expect(Self.found(Self.numbers { Self.isOpen($0, $1) ? Double(1 + $1 % 2) : 0 }).isEmpty)
  }

  /// Twenty-six closed days, of which one has sales: more than one in two hundred.
  @Test func salesAtTheValueAreNoRule() {
    let sales = Self.panel { store, day in
      Self.isOpen(store, day) || store == 1 && day == 12 ? 2 : 0
    }
    #expect(!Self.isOpen(1, 12))
    #expect(Self.found(Self.numbers { Self.isOpen($0, $1) ? 1 : 0 }, in: sales).isEmpty)
  }

  /// Items that rarely sell say nothing about a few days.
  @Test func fewExpectedSalesAreNoRule() {
    let sales = Self.panel { store, day in Self.isOpen(store, day) && day % 11 == 3 ? 1 : 0 }
    #expect(Self.found(Self.numbers { Self.isOpen($0, $1) ? 1 : 0 }, in: sales).isEmpty)
  }

  /// An outage in all stores on two days that had a name is no rule for the next such day.
  @Test func aSingleOutageIsNoRule() {
    let days = [17, 44]
    let sales = Self.panel { _, day in days.contains(day) ? 0 : 5 }
    var finder = ClosingValueFinder(leastExpected: 5)
    let panel = sales.adding(
      shared: "event",
      .categories((0..<Self.dayCount).map { days.contains($0) ? "fair" : nil } + ["fair"]),
      futureSteps: 1)
    #expect(finder.find(in: panel).isEmpty)
    finder.leastSteps = 2
    #expect(finder.find(in: panel).map(\.description) == ["event = fair"])
  }
}
