import Forecasts

extension ReportPage {
  /// A chart of the last year of the total, with its forecasts.
  var overview: LineChart {
    let horizon = next?.forecast.horizon ?? 0
    let total = panel.total().series(at: 0)
    let calendar = panel.calendar
    let shown = min(calendar.count, max(calendar.frequency.yearLength / 2, 2 * horizon))
    let steps = calendar.count - shown..<calendar.count + horizon
    var past = [Double?](repeating: nil, count: steps.count)
    for window in windows {
      let first = window.forecast.calendar.firstNumber - calendar.firstNumber
      for (step, value) in window.forecast.total().values.enumerated()
      where steps.contains(first + step) {
        past[first + step - steps.lowerBound] = value
      }
    }
    var lines = [
      LineChart.Line(name: "Actual", style: .actual, values: steps.map { total.value(at: $0) })
    ]
    if let next {
      lines.append(
        LineChart.Line(
          name: next.name, style: .forecast,
          values: Array(repeating: nil, count: shown) + next.forecast.total().values.map { $0 }))
    }
    if !windows.isEmpty {
      lines.append(LineChart.Line(name: "Past forecasts", style: .baseline, values: past))
    }
    return LineChart(
      title: "Total of all series: \(unit) \(calendar.frequency.unitWithArticle)",
      calendar: calendar.slice(steps), lines: lines,
      shadedFrom: horizon > 0 ? shown : nil)
  }
}
