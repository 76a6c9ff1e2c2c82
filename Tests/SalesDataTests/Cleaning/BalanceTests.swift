import Foundation
import Safetensors
import SalesData
import SalesTestSupport
import Tensor
import Testing
import TestSupport

/// What a report says, held against a count of the panels themselves.
@Suite struct BalanceTests {
  @Test(arguments: 0..<150 as Range<UInt64>) func everyCellIsAccountedFor(seed: UInt64) throws {
    let panel = RandomPanels.panel(seed: seed)
    var random = Xoshiro256(seed: seed)
    let rules = (0..<Int.random(in: 0..<9, using: &random)).map { _ in
      RandomPanels.rules.randomElement(using: &random)!
    }
    let (clean, report) = try CleaningPipeline(rules).clean(panel)

    check(report.total, from: panel, to: clean)
    #expect(report.rules.map(\.rule) == rules.map(\.name))
    var current = panel
    for (rule, part) in zip(rules, report.rules) {
      let next = try rule.cleaned(current)
      check(part.balance, from: current, to: next)
      #expect(part.isCausal == rule.isCausal)
      #expect(part.examples.count == min(5, part.balance.seriesTouched))
      for example in part.examples { check(example, from: current, to: next) }
      current = next
    }
    #expect(current == clean)

    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    #expect(
      try JSONDecoder().decode(QualityReport.self, from: encoder.encode(report)) == report)
  }

  private func check(_ balance: CellBalance, from before: Panel, to after: Panel) {
    #expect(balance.cellsIn == balance.cellsKept + balance.cellsChanged + balance.cellsSetAside)
    #expect(balance.cellsOut == balance.cellsIn - balance.cellsTrimmedOrDropped)
    #expect(balance.seriesIn == before.seriesCount)
    #expect(balance.seriesOut == after.seriesCount)
    #expect(balance.cellsIn == before.allSeries.reduce(0) { $0 + $1.steps.count })
    #expect(balance.cellsOut == after.allSeries.reduce(0) { $0 + $1.steps.count })

    var counts: [CellChange: Int] = [:]
    var kept = 0
    var touched = 0
    for series in before.allSeries {
      let new = after.index(of: series.id).map(after.series(at:))
      let changes = series.steps.map { change(of: series, new, $0) }
      for change in changes { counts[change ?? .filled, default: 0] += change == nil ? 0 : 1 }
      kept += changes.count { $0 == nil }
      touched += changes.contains { $0 != nil } ? 1 : 0
    }
    #expect(balance.cellsKept == kept)
    #expect(balance.seriesTouched == touched)
    for change in CellChange.allCases {
      #expect(balance.cells(change) == counts[change] ?? 0, "\(change)")
    }
    let lost = balance.entries.reduce(0) { $0 + $1.unitsBefore }
    let won = balance.entries.reduce(0) { $0 + $1.unitsAfter }
    let (unitsIn, unitsOut) = (units(of: before), units(of: after))
    #expect(abs(balance.unitsIn - unitsIn) <= 1e-12 * abs(unitsIn))
    #expect(abs(balance.unitsOut - unitsOut) <= 1e-12 * abs(unitsOut))
    #expect(abs(balance.unitsIn - lost + won - balance.unitsOut) < 1e-6 * (1 + abs(lost) + won))
  }

  private func units(of panel: Panel) -> Double {
    panel.allSeries.reduce(0) { $0 + Self.units($1) }
  }

  private static func units(_ series: Series) -> Double {
    series.values.reduce(0) { $0 + Double($1) }
  }

  private func change(of old: Series, _ new: Series?, _ step: Int) -> CellChange? {
    guard let new else { return .dropped }
    guard new.steps.contains(step) else { return .trimmed }
    let (before, after) = (old.window(step..<step + 1), new.window(step..<step + 1))
    if before == after { return nil }
    switch (before.states[0], after.states[0]) {
    case (_, .gap): return .masked
    case (.stockOut, .stockOut): return .altered
    case (_, .stockOut): return .soldOut
    case (.gap, .observed): return .filled
    case (_, .observed): return .altered
    }
  }

  private func check(_ example: CellExample, from before: Panel, to after: Panel) {
    let old = before.series(at: before.index(of: example.id)!)
    let new = after.index(of: example.id).map(after.series(at:))
    let step = before.calendar.step(of: example.date)!
    #expect(change(of: old, new, step) == example.change)
    #expect(old.window(step..<step + 1).values == [example.before.units])
    #expect((example.after == nil) == example.change.isRemoval)
    if let content = example.after {
      #expect(new?.window(step..<step + 1).values == [content.units])
    }
  }

  /// A cell that one rule masks and the next fills is no cell that is set aside.
  @Test func aCellCountsOnceInTheTotal() throws {
    let panel = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 4),
      series: [Series(id: "a", values: [4, -2, 8]), Series(id: "b", values: [0, nil, 0, 1])])
    let pipeline = CleaningPipeline([
      NegativeValueRule(.mask), MissingValueRule(.linear()), LeadingZeroRule(),
    ])
    let (clean, report) = try pipeline.clean(panel)
    #expect(clean.series(at: 0) == Series(id: "a", values: [4, 6, 8]))
    #expect(clean.series(at: 1) == Series(id: "b", start: 3, values: [1]))
    #expect(report.rules.map(\.balance.cellsIn) == [7, 7, 7])
    #expect(report.rules.map(\.balance.cellsOut) == [7, 7, 4])
    #expect(
      report.total.entries.map { "\($0.rule): \($0.cells) \($0.change)" } == [
        "missing values: linear interpolation: 1 altered", "leading zeros: trim: 3 trimmed",
      ])
    #expect(report.total.entries.map(\.unitsBefore) == [-2, 0])
    #expect(report.total.entries.map(\.unitsAfter) == [6, 0])
    #expect(report.total.cellsKept == 3)
    #expect(
      "\(report)" == """
        in: 7 cells of 2 series, 11.0 units
        kept 3, changed 1, set aside 3 (1 altered, 3 trimmed)
        out: 4 cells of 2 series, 19.0 units
        negative values: mask: 1 series
          1 cell masked, -2.0 units before, 0.0 after
            a 2024-01-02: -2.0 → gap
        missing values: linear interpolation (looks ahead): 2 series
          2 cells filled, 0.0 units before, 6.0 after
            a 2024-01-02: gap → 6.0
            b 2024-01-02: gap → 0.0
        leading zeros: trim: 1 series
          3 cells trimmed, 0.0 units before, 0.0 after
            b 2024-01-01: 0.0 → trimmed
        """)
  }

  @Test func datesAreISOInJSON() throws {
    let panel = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 2, day: 29)!, count: 1),
      series: [Series(id: "a", values: [-1.5])])
    let report = try CleaningPipeline([NegativeValueRule(.zero)]).clean(panel).report
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let text = String(decoding: try encoder.encode(report.rules[0].examples), as: UTF8.self)
    #expect(
      text == """
        [{"after":{"observed":{"_0":0}},"before":{"observed":{"_0":-1.5}},\
        "change":"altered","date":"2024-02-29","id":"a"}]
        """)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode([CalendarDate].self, from: Data(#"["2023-02-29"]"#.utf8))
    }
  }

  private struct Meddler: CleaningRule {
    let result: Panel
    var name: String { "meddler" }
    var isCausal: Bool { true }
    func cleaned(_ panel: Panel) -> Panel { result }
  }

  @Test func stopsAtARuleThatAddsOrReorders() async {
    let longer = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let calendar = RegularCalendar(start: CalendarDate(dayNumber: 0), count: 3)
      let panel = Panel(calendar: calendar, series: [Series(id: "a", start: 1, values: [1])])
      let result = Panel(calendar: calendar, series: [Series(id: "a", start: 1, values: [1, 2])])
      _ = try CleaningPipeline([Meddler(result: result)]).clean(panel)
    }
    expectStopped(
      longer, "CleaningRule \"meddler\": expected series \"a\" within its steps 1..<2, got 1..<3")
    let reordered = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let panel = Panel(
        calendar: RegularCalendar(start: CalendarDate(dayNumber: 0), count: 3),
        series: [Series(id: "a", values: []), Series(id: "b", values: [])])
      _ = try CleaningPipeline([Meddler(result: panel.selecting([1, 0]))]).clean(panel)
    }
    expectStopped(
      reordered, "CleaningRule \"meddler\": expected series of the panel in its order, got \"a\"")
  }
}
