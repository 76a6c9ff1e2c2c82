import NeuralNetwork

/// All windows of a panel: each example is a series and the step at which its history ends.
package struct ForecastWindows: Dataset {
  private let layout: WindowLayout
  private let panel: Panel
  /// Features of all steps of the calendar and of the horizon after it, [T, C].
  private let calendarFeatures: [Float]
  private let index: WindowIndex

  /// The windows of a panel whose targets lie within it.
  ///
  /// A window may begin before its series by half its length; there it is masked.
  package init(_ panel: Panel, _ layout: WindowLayout) {
    self.init(
      panel, layout,
      ends: panel.ids.indices.map { index in
        let steps = panel.steps(at: index)
        let first = steps.lowerBound + (layout.inputLength + 1) / 2
        return first..<max(first, steps.upperBound - layout.horizon + 1)
      })
  }

  /// One window a series, whose history ends where the panel does.
  package static func latest(of panel: Panel, _ layout: WindowLayout) -> ForecastWindows {
    let end = panel.calendar.count
    return ForecastWindows(
      panel, layout,
      ends: Array(repeating: end..<(end + 1), count: panel.seriesCount))
  }

  private init(_ panel: Panel, _ layout: WindowLayout, ends: [Range<Int>]) {
    self.layout = layout
    self.panel = panel
    calendarFeatures = CalendarFeatures.table(
      RegularCalendar(
        start: panel.calendar.start, count: panel.calendar.count + layout.horizon,
        frequency: panel.calendar.frequency))
    index = WindowIndex(ends: ends)
  }

  package var count: Int { index.count }

  package func batch(_ numbers: ArraySlice<Int>) -> WindowBatch {
    var writer = WindowWriter(layout, count: numbers.count)
    for number in numbers {
      let (place, end) = index[number]
      writer.append(panel.series(at: place), end: end, calendarFeatures: calendarFeatures)
    }
    return writer.batch()
  }
}
