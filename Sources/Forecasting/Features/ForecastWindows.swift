import NeuralNetwork

/// All windows of a panel: each example is a series and the step at which its history ends.
package struct ForecastWindows: Dataset {
  private let layout: WindowLayout
  private let series: [Series]
  /// Features of all steps of the calendar and of the horizon after it, [T, C].
  private let calendarFeatures: [Float]
  /// The examples of series `i` are numbered from `firstNumbers[i]` up to `firstNumbers[i + 1]`.
  private let firstNumbers: [Int]
  /// The least step at which an example's history ends, a series.
  private let firstEnds: [Int]

  /// The windows of a panel whose targets lie within it.
  ///
  /// A window may begin before its series by half its length; there it is masked.
  package init(_ panel: Panel, _ layout: WindowLayout) {
    let series = panel.allSeries
    self.init(
      panel, layout, series,
      ends: series.map { one in
        let first = one.steps.lowerBound + (layout.inputLength + 1) / 2
        return first..<max(first, one.steps.upperBound - layout.horizon + 1)
      })
  }

  /// One window a series, whose history ends where the panel does.
  package static func latest(of panel: Panel, _ layout: WindowLayout) -> ForecastWindows {
    let end = panel.calendar.count
    return ForecastWindows(
      panel, layout, panel.allSeries,
      ends: Array(repeating: end..<(end + 1), count: panel.seriesCount))
  }

  private init(_ panel: Panel, _ layout: WindowLayout, _ series: [Series], ends: [Range<Int>]) {
    self.layout = layout
    self.series = series
    calendarFeatures = CalendarFeatures.table(
      RegularCalendar(
        start: panel.calendar.start, count: panel.calendar.count + layout.horizon,
        frequency: panel.calendar.frequency))
    firstEnds = ends.map(\.lowerBound)
    firstNumbers = ends.reduce(into: [0]) { $0.append($0.last! + $1.count) }
  }

  package var count: Int { firstNumbers.last! }

  package func batch(_ numbers: ArraySlice<Int>) -> WindowBatch {
    var writer = WindowWriter(layout, count: numbers.count)
    for number in numbers {
      let (index, end) = example(number)
      writer.append(series[index], end: end, calendarFeatures: calendarFeatures)
    }
    return writer.batch()
  }

  /// The series and the end of history of an example.
  private func example(_ number: Int) -> (series: Int, end: Int) {
    var low = 0
    var high = series.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if firstNumbers[middle] <= number { low = middle } else { high = middle }
    }
    return (low, firstEnds[low] + number - firstNumbers[low])
  }
}
