import Forecasting
import SalesTestSupport
import Testing

/// Networks don't see columns that change for the first time in the last season, since nothing tells
/// their effect from the season's.
@Suite struct RecentColumnTests {
  private static let count = 157

  /// Two series of three years of weeks. The second one starts in the second year.
  private static var panel: Panel {
    Panel(
      calendar: RegularCalendar(start: date(2021, 1, 4), count: count, frequency: .week()),
      series: [
        Series(id: "a", values: [Double](repeating: 1, count: count)),
        Series(id: "b", start: 60, values: [Double](repeating: 1, count: count - 60)),
      ])
  }

  /// Returns a value for each week from a start to four weeks after the panel, which change from a
  /// step on.
  private static func values(from start: Int = 0, changingAt step: Int, before: Double? = 0)
    -> [Double?]
  {
    (start..<count + 4).map { $0 < step ? before : Double($0 % 7 + 1) }
  }

  private static func seesColumn(_ panel: Panel) -> Bool {
    FeatureSet.automatic(for: panel, seasonLength: 52).known.contains { $0.name == "x" }
  }

  @Test(arguments: [(0, true), (51, true), (52, true), (105, true), (106, false), (150, false)])
  func firstChangeDecides(step: Int, isSeen: Bool) {
    for before: Double? in [nil, 0, 20] {
      let values = Self.values(changingAt: step, before: before)
      let numbers = Self.panel.adding(shared: "x", .numbers(values), futureSteps: 4)
      #expect(Self.seesColumn(numbers) == isSeen)
      let names = values.map { $0.map { "\($0)" } }
      let categories = Self.panel.adding(shared: "x", .categories(names), futureSteps: 4)
      #expect(Self.seesColumn(categories) == isSeen)
    }
  }

  /// A column is seen if it changed earlier in any series. The start of a series is no change, and
  /// steps after the panel don't count.
  @Test func allSeriesCount() {
    func sees(_ a: Int, _ b: Int) -> Bool {
      let values = Self.values(changingAt: a) + Self.values(from: 60, changingAt: b)
      return Self.seesColumn(Self.panel.adding(known: "x", .numbers(values), futureSteps: 4))
    }
    #expect(!sees(120, 110))
    #expect(sees(120, 80))
    #expect(sees(3, 110))
    #expect(!sees(158, 110))
    #expect(sees(158, 159))
  }

  /// A history of less than two seasons has columns that are as recent as itself.
  @Test func shortHistoriesKeepTheirColumns() {
    let panel = Self.panel.slice(0..<80)
    #expect(
      Self.seesColumn(
        panel.adding(
          shared: "x", .numbers((0..<84).map { Double($0 / 40) }), futureSteps: 4)))
  }
}
