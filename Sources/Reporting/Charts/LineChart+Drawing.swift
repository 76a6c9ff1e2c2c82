import Forecasts

extension LineChart {
  public func svg() -> HTML { svg(marking: nil) }

  /// Returns the chart with a vertical line at a numbered step, if there is one.
  func svg(marking number: Int?) -> HTML { LineDrawing(self).svg(marking: number) }

  public var height: Double { PlotFrame.standard.height + (axisNames.x.isEmpty ? 0 : 16) }

  /// Returns the data that the page's script reads out: names, dates, values, and their
  /// coordinates.
  func data() -> JSON { LineDrawing(self).data() }
}

/// The drawing of a chart of lines.
private struct LineDrawing {
  private let chart: LineChart
  private let frame: PlotFrame
  private let axis: ValueAxis

  init(_ chart: LineChart) {
    self.chart = chart
    axis = ValueAxis(
      of: chart.lines.flatMap { $0.values.compactMap { $0 } }
        + chart.bands.flatMap { $0.lower + $0.upper })
    var frame = PlotFrame.standard.fitting(axis)
    frame.height = chart.height
    self.frame = frame
  }

  func svg(marking number: Int?) -> HTML {
    frame.svg(
      chart.title,
      [shading] + frame.rows(axis) + steps.ticks.map { frame.tick($0.text, x: x($0.step)) }
        + frame.axisNames(x: chart.axisNames.x, y: chart.axisNames.y) + chart.bands.map(area)
        + chart.lines.reversed().map(path) + [mark(number), cursor])
  }

  func data() -> JSON {
    .object([
      "dates": .array((0..<steps.count).map { .string(steps.dateText($0)) }),
      "x": .array((0..<steps.count).map { .number(x($0)) }),
      "lines": .array(
        chart.lines.map { line in
          .object([
            "name": .string(line.name), "style": .string(line.style.rawValue),
            "values": .array(line.values.map(JSON.number)),
            "y": .array(line.values.map { value in .number(value.map(y)) }),
          ])
        }),
    ])
  }

  private var steps: StepAxis { chart.steps }

  private func x(_ step: Int) -> Double {
    frame.x(steps.count > 1 ? Double(step) / Double(steps.count - 1) : 0.5)
  }

  private func y(_ value: Double) -> Double { frame.y(value, axis) }

  private var shading: HTML {
    guard let shadedFrom = chart.shadedFrom, shadedFrom < steps.count else { return HTML([]) }
    let left = shadedFrom > 0 ? (x(shadedFrom - 1) + x(shadedFrom)) / 2 : frame.left
    return HTML([
      .element(
        "rect",
        [
          "class": "forecast-days", "x": left.svg, "y": frame.top.svg,
          "width": (frame.right - left).svg, "height": (frame.bottom - frame.top).svg,
        ]),
      .element(
        "text",
        [
          "class": "note", "x": (frame.right - 4).svg, "y": (frame.top - 8).svg,
          "text-anchor": "end",
        ], text: "forecast from \(steps.label(shadedFrom))"),
    ])
  }

  private func mark(_ number: Int?) -> HTML {
    guard let number, case .numbers(let numbers) = steps, numbers.contains(number) else {
      return HTML([])
    }
    let place = x(number - numbers.lowerBound).svg
    return .element(
      "path",
      [
        "class": "line baseline-2 mark",
        "d": "M\(place) \(frame.top.svg)V\(frame.bottom.svg)",
      ])
  }

  private func path(_ line: LineChart.Line) -> HTML {
    let points = line.values.enumerated().map { step, value in
      value.map { (x: x(step), y: y($0)) }
    }
    return .element("path", ["class": "line \(line.style.rawValue)", "d": frame.path(points)])
  }

  /// Returns a band as a closed path: along the upper bounds, and back along the lower ones.
  private func area(_ band: LineChart.Band) -> HTML {
    let bandSteps = steps.count - band.lower.count..<steps.count
    let upper = zip(bandSteps, band.upper)
    let lower = zip(bandSteps, band.lower).reversed()
    let points = (Array(upper) + lower).map { "\(x($0).svg) \(y($1).svg)" }
    guard !points.isEmpty else { return HTML([]) }
    return .element("path", ["class": "band", "d": "M" + points.joined(separator: "L") + "Z"])
  }

  /// The vertical line that follows the pointer, which the script moves.
  private var cursor: HTML {
    .element(
      "line",
      [
        "class": "cursor", "x1": "0", "x2": "0", "y1": frame.top.svg,
        "y2": frame.bottom.svg, "visibility": "hidden",
      ])
  }
}
