import Forecasting
import NeuralNetwork
import Testing

@Suite struct NetworkWindowsTests {
  /// The windows of a panel, with six steps of history, three to come, and a season of two.
  private static func windows(_ panel: Panel) throws -> NetworkWindows {
    try LSTMForecaster(windows: .init(horizon: 3, inputLength: 6, seasonLength: 2))
      .examples(of: panel).0
  }

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

  @Test func windowsCoverEveryEndOfHistoryOnce() throws {
    // Histories end from half a window after a series' start to a horizon before its end:
    // days 3 to 14 of the first series, 7 to 14 of the second.
    #expect(try Self.windows(Self.panel()).count == 12 + 8)
  }

  @Test func valuesAreInUnitsOfTheWindowsMean() throws {
    // The window of the first series whose history ends before day 6: days 0 to 5, mean 12.5.
    let batch = try Self.windows(Self.panel()).batch([3])
    #expect(batch.targets.scales.scalars == [12.5])
    let targets: [Float] = [16, 17, 18]
    #expect(batch.targets.values.scalars == targets.map { $0 / 12.5 })
    #expect(batch.targets.mask.scalars == [1, 1, 1])
    // Even days 10, 12, 14 and odd days 11, 13, 15 have means 12 and 13.
    let profile: [Float] = [12, 13, 12]
    for (value, mean) in zip(batch.targets.profile.scalars, profile) {
      #expect(abs(value - mean / 12.5) < 1e-6)
    }
    let last = batch.inputs.history[0][5].scalars
    #expect(last[0] == Float.log(onePlus: 15 / 12.5))
    #expect(last[1] == 1)
    #expect(last[2] == Float.log(onePlus: 13 / 12.5))
    // Day 5 is 2024-03-02, a Saturday.
    #expect(Array(last[3..<10]) == [0, 0, 0, 0, 0, 1, 0])
  }

  @Test func whatIsNotKnownIsMasked() throws {
    let windows = try Self.windows(Self.panel())
    // The first window of the second series: its history begins three days before the series.
    let early = windows.batch([12])
    #expect((0..<6).map { early.inputs.history[at: 0, $0, 1] } == [0, 0, 0, 1, 1, 1])
    // The gap on day 11 is a target of the window that ends before day 10.
    let late = windows.batch([15])
    #expect(late.targets.mask.scalars == [1, 0, 1])
    #expect(late.targets.values[at: 0, 1] == 0)
  }

  /// What a stock-out is known to be at least changes nothing but the target that is masked.
  @Test func stockOutsCountInNoInputAndNoLoss() throws {
    func batch(_ sold: Double, _ state: CellState) throws -> NetworkBatch {
      var states = [CellState](repeating: .observed, count: 17)
      var values = (0..<17).map { Double(10 + $0) }
      for day in [4, 7] { (values[day], states[day]) = (sold, state) }
      let panel = Panel(
        calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 2, day: 26)!, count: 17),
        series: [Series(id: "a", values: values, states: states)])
      return try Self.windows(panel).batch([3])
    }
    let (gap, stockOut) = (try batch(0, .gap), try batch(3, .stockOut))
    #expect(stockOut.inputs.history == gap.inputs.history)
    #expect(stockOut.inputs.future == gap.inputs.future)
    #expect(stockOut.targets.profile == gap.targets.profile)
    #expect(stockOut.targets.scales == gap.targets.scales)
    #expect(stockOut.targets.mask.scalars == [1, 0, 1])
    #expect(gap.targets.mask.scalars == [1, 0, 1])
  }

  @Test func quietWindowKeepsAScaleOfItsSeries() throws {
    // History ends before day 9; days 3 to 8 are quiet, so the mean of days 0 to 2 counts.
    let panel = Self.panel { first, _ in for day in 3..<9 { first[day] = 0 } }
    let batch = try Self.windows(panel).batch([6])
    let mean: Float = 33 / 9
    #expect(batch.targets.scales.scalars == [mean / 10])
    #expect(batch.inputs.future[at: 0, 0, 2] == 1, "the share of zeros")
  }

  @Test func windowWithinAGapHasTheScaleOfItsSeries() throws {
    let panel = Self.panel { first, _ in for day in 3..<9 { first[day] = nil } }
    let batch = try Self.windows(panel).batch([6])
    #expect(batch.targets.scales.scalars == [11])
    #expect(batch.inputs.future[at: 0, 0, 2] == 0, "the share of zeros")
  }

  @Test(arguments: 3...14) func historyKnowsNothingOfTheFuture(end: Int) throws {
    let changed = Self.panel { first, _ in
      for day in end..<17 { first[day] = day % 2 == 0 ? 1e6 : nil }
    }
    let before = try Self.windows(Self.panel()).batch([end - 3])
    let after = try Self.windows(changed).batch([end - 3])
    #expect(before.targets.values != after.targets.values)
    #expect(before.targets.scales == after.targets.scales)
    #expect(before.inputs.history == after.inputs.history)
    #expect(before.inputs.future == after.inputs.future)
    #expect(before.targets.profile == after.targets.profile)
  }
}
