public import SalesData
import Tensor

/// Panels of all that cleaning may meet: ragged and empty series, gaps, stock-outs, negative
/// values, runs of zeros, spikes, twins, days on which nothing sells.
public enum RandomPanels {
  public static func panel(seed: UInt64) -> Panel {
    var random = Xoshiro256(seed: seed)
    let stepCount = [0, 1, 3, 17, 65][Int.random(in: 0..<5, using: &random)]
    let closed = Set((0..<stepCount).filter { _ in Int.random(in: 0..<9, using: &random) == 0 })
    var series: [Series] = []
    for index in 0..<Int.random(in: 0..<7, using: &random) {
      if let last = series.last, Int.random(in: 0..<4, using: &random) == 0 {
        series.append(
          Series(
            id: "p\(index)", start: last.steps.lowerBound, values: Array(last.values),
            states: Array(last.states)))
        continue
      }
      series.append(one("p\(index)", stepCount, closed, &random))
    }
    let panel = Panel(
      calendar: RegularCalendar(
        start: CalendarDate(year: 2023, month: 12, day: 20)!, count: stepCount),
      series: series)
    let cells = panel.allSeries.reduce(0) { $0 + $1.steps.count }
    let stock: [Double?] = (0..<cells).map { _ in
      let level = Int.random(in: -1..<9, using: &random)
      return level < 0 ? nil : Double(level)
    }
    return panel.adding(past: "stock", .numbers(stock))
      .adding(level: "store", (0..<series.count).map { $0 % 3 == 2 ? nil : "s\($0 % 3)" })
      .adding(shared: "event", .numbers((0..<stepCount + 2).map { Double($0 % 5) }), futureSteps: 2)
  }

  private static func one(
    _ id: String, _ stepCount: Int, _ closed: Set<Int>, _ random: inout Xoshiro256
  ) -> Series {
    let start = Int.random(in: 0...stepCount, using: &random)
    let end = Int.random(in: start...stepCount, using: &random)
    let zeroChance = Int.random(in: 0..<10, using: &random)
    var silence = 0
    var values: [Double] = []
    var states: [CellState] = []
    for step in start..<end {
      if Int.random(in: 0..<25, using: &random) == 0 {
        silence = Int.random(in: 1..<12, using: &random)
      }
      silence -= 1
      var value = Double(Int.random(in: 1..<9, using: &random) + step % 7)
      if Int.random(in: 0..<10, using: &random) < zeroChance || silence > 0 { value = 0 }
      switch Int.random(in: 0..<40, using: &random) {
      case 0: value = -value
      case 1: value *= 50
      default: break
      }
      if closed.contains(step) { value = 0 }
      values.append(value)
      switch Int.random(in: 0..<14, using: &random) {
      case 0, 1: states.append(.gap)
      case 2: states.append(.stockOut)
      default: states.append(.observed)
      }
    }
    return Series(id: id, start: start, values: values, states: states)
  }

  /// Every rule in every form, made to find something in panels as small as these.
  public static let rules: [any CleaningRule] = [
    MissingValueRule(.leave), MissingValueRule(.zero), MissingValueRule(.forward()),
    MissingValueRule(.forward(limit: 1)), MissingValueRule(.linear()),
    MissingValueRule(.linear(limit: 1)), MissingValueRule(.seasonal()),
    MissingValueRule(.seasonal(length: 3, limit: 2)), NegativeValueRule(.mask),
    NegativeValueRule(.zero), NegativeValueRule(.keep), LeadingZeroRule(),
    TrailingZeroRule(after: 3), ClosedDayRule(weekdays: [.sunday]),
    ClosedDayRule(dates: [CalendarDate(year: 2023, month: 12, day: 25)!]),
    ClosedDayRule(found: ClosedDayFinder(sellingShare: 0.1, leastExpected: 1)),
    StockOutRule(context: 20, chance: 0.5), StockColumnRule("stock", level: 1),
    DuplicateSeriesRule(leastSales: 2), OutlierRule(.zScore(threshold: 2), .cap),
    OutlierRule(.zScore(threshold: 2), .mask), OutlierRule(.interquartile(factor: 1.5), .cap),
    OutlierRule(.interquartile(), .mask, seasonLength: 1),
    OutlierRule(.hampel(halfWidth: 4, threshold: 2), .cap), OutlierRule(.hampel(), .mask),
  ]
}
