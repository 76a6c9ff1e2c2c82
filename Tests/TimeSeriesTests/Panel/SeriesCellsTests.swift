import Testing
import TimeSeries

@Suite struct SeriesCellsTests {
  private static let calendar = RegularCalendar(
    start: CalendarDate(year: 2024, month: 2, day: 5)!, count: 6)

  private static func panel(_ first: Double) -> Panel {
    Panel(
      calendar: calendar,
      series: [
        Series(id: "tea", start: 1, values: [first, nil, 3, 4]),
        Series(id: "mug", start: 6, values: []),
        Series(id: "cup", start: 3, values: [5, 8, 13]),
      ])
  }

  /// The first value is one that single precision holds, and one that it does not.
  @Test(arguments: [-2, 0.1]) func cellsAreThoseOfTheSeries(first: Double) {
    let panel = Self.panel(first)
    var visited: [Series] = []
    panel.forEachSeries { cells in
      visited.append(
        Series(
          id: panel.ids[cells.index], start: cells.steps.lowerBound, values: Array(cells.values),
          states: Array(cells.states)))
    }
    #expect(visited == panel.allSeries)
  }

  @Test(arguments: [-2, 0.1]) func trimmedSeriesHaveTheCellsThatAreKept(first: Double) {
    let panel = Self.panel(first).adding(past: "visits", .numbers([1, 2, 3, 4, 5, 6, 7]))
      .closed(on: ClosingCalendar(weekdays: [.sunday]))
    let trimmed = panel.slice(1..<6).trimmed { cells in
      cells.index == 0 ? 2..<cells.states.count : 0..<max(0, cells.states.count - cells.index)
    }
    #expect(
      trimmed.allSeries == [
        Series(id: "tea", start: 2, values: [3, 4]), Series(id: "mug", values: []),
        Series(id: "cup", start: 2, values: [5]),
      ])
    #expect(trimmed.closing == panel.closing)
    #expect(trimmed.pastCovariates[0].numbers(row: 2).values == [5])
  }

  @Test func cellsAreComparedWhereverTheyLie() {
    let (single, double) = (Self.panel(-2), Self.panel(0.1))
    #expect(single.hasSameCells(0..<0, as: double, 7..<7))
    #expect(single.hasSameCells(1..<7, as: double, 1..<7))
    #expect(!single.hasSameCells(0..<4, as: double, 0..<4))
    #expect(!single.hasSameCells(2..<4, as: single, 3..<5))
  }
  @Test(arguments: [-2, 0.1], [-2, 0.1])
  func differencesAreFoundWhereverCellsLie(first: Double, otherFirst: Double) {
    let panel = Self.panel(first)
    let other = Self.panel(otherFirst).mapCells { row in
      if row.index == 0 { row.values[2] = 3.5 }
      if row.index == 2 { row.states[1] = .stockOut }
    }.slice(1..<6)
    let found = panel.ids.indices.map { index in
      let cells = panel.cells(at: index)
      var offsets: [Int] = []
      panel.forEachDifference(cells, from: other, other.cells(at: index)) { offsets.append($0) }
      return offsets
    }
    #expect(found == [first == otherFirst ? [2] : [0, 2], [], [1]])
  }
}
