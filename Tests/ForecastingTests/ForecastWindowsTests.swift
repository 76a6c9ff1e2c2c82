import Forecasting
import NeuralNetwork
import Testing

@Suite struct ForecastWindowsTests {
  private static let layout = WindowLayout(inputLength: 6, horizon: 3, seasonLength: 2)

  /// Two series on one calendar of 17 days: one from its start, one from day 4, with a gap.
  private static func panel(_ edit: (inout [Double?], inout [Double?]) -> Void = { _, _ in })
    -> Panel
  {
    var first: [Double?] = (0..<17).map { Double(10 + $0) }
    var second: [Double?] = (0..<13).map { Double($0 % 3) }
    second[7] = nil
    edit(&first, &second)
    return Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 2, day: 26)!, count: 17),
      series: [
        Series(id: "first", values: first), Series(id: "second", start: 4, values: second),
      ])
  }

  @Test func windowsCoverEveryEndOfHistoryOnce() {
    // Histories end from half a window after a series' start to a horizon before its end:
    // days 3 to 14 of the first series, 7 to 14 of the second.
    #expect(ForecastWindows(Self.panel(), Self.layout).count == 12 + 8)
  }

  @Test func valuesAreInUnitsOfTheWindowsMean() {
    // The window of the first series whose history ends before day 6: days 0 to 5, mean 12.5.
    let batch = ForecastWindows(Self.panel(), Self.layout).batch([3])
    #expect(batch.scales == [12.5])
    let targets: [Float] = [16, 17, 18]
    #expect(batch.targets.scalars == targets.map { $0 / 12.5 })
    #expect(batch.targetMask.scalars == [1, 1, 1])
    // Even days 10, 12, 14 and odd days 11, 13, 15 have means 12 and 13.
    let profile: [Float] = [12, 13, 12]
    for (value, mean) in zip(batch.profile.scalars, profile) {
      #expect(abs(value - mean / 12.5) < 1e-6)
    }
    let last = batch.history[0][5].scalars
    #expect(last[0] == Float.log(onePlus: 15 / 12.5))
    #expect(last[1] == 1)
    #expect(last[2] == Float.log(onePlus: 13 / 12.5))
    // Day 5 is 2024-03-02, a Saturday.
    #expect(Array(last[3..<10]) == [0, 0, 0, 0, 0, 1, 0])
  }

  @Test func whatIsNotKnownIsMasked() {
    let windows = ForecastWindows(Self.panel(), Self.layout)
    // The first window of the second series: its history begins three days before the series.
    let early = windows.batch([12])
    #expect((0..<6).map { early.history[at: 0, $0, 1] } == [0, 0, 0, 1, 1, 1])
    // The gap on day 11 is a target of the window that ends before day 10.
    let late = windows.batch([15])
    #expect(late.targetMask.scalars == [1, 0, 1])
    #expect(late.targets[at: 0, 1] == 0)
  }

  /// What a stock-out is known to be at least changes nothing but the target that is masked.
  @Test func stockOutsCountInNoInputAndNoLoss() {
    func batch(_ sold: Double, _ state: CellState) -> WindowBatch {
      var states = [CellState](repeating: .observed, count: 17)
      var values = (0..<17).map { Double(10 + $0) }
      for day in [4, 7] { (values[day], states[day]) = (sold, state) }
      let panel = Panel(
        calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 2, day: 26)!, count: 17),
        series: [Series(id: "a", values: values, states: states)])
      return ForecastWindows(panel, Self.layout).batch([3])
    }
    let (gap, stockOut) = (batch(0, .gap), batch(3, .stockOut))
    #expect(stockOut.history == gap.history)
    #expect(stockOut.future == gap.future)
    #expect(stockOut.profile == gap.profile)
    #expect(stockOut.scales == gap.scales)
    #expect(stockOut.targetMask.scalars == [1, 0, 1])
    #expect(gap.targetMask.scalars == [1, 0, 1])
  }

  @Test func quietWindowKeepsAScaleOfItsSeries() {
    // History ends before day 9; days 3 to 8 are quiet, so the mean of days 0 to 2 counts.
    let panel = Self.panel { first, _ in for day in 3..<9 { first[day] = 0 } }
    let batch = ForecastWindows(panel, Self.layout).batch([6])
    let mean: Float = 33 / 9
    #expect(batch.scales == [mean / 10])
    #expect(batch.future[at: 0, 0, 2] == 1, "the share of zeros")
  }

  @Test(arguments: 3...14) func historyKnowsNothingOfTheFuture(end: Int) {
    let changed = Self.panel { first, _ in
      for day in end..<17 { first[day] = day % 2 == 0 ? 1e6 : nil }
    }
    let before = ForecastWindows(Self.panel(), Self.layout).batch([end - 3])
    let after = ForecastWindows(changed, Self.layout).batch([end - 3])
    #expect(before.targets != after.targets)
    #expect(before.scales == after.scales)
    #expect(before.history == after.history)
    #expect(before.future == after.future)
    #expect(before.profile == after.profile)
  }
}
