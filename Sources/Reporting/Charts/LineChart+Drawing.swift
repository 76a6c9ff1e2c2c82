import Forecasts

extension LineChart {
  private static let frame = PlotFrame.standard

  public func svg() -> HTML { svg(marking: nil) }

  /// Returns the chart with a vertical line at a numbered step, if there is one.
  func svg(marking number: Int?) -> HTML {
    var frame = Self.frame
    frame.height = height
    let axis = valueAxis
    return frame.svg(
      title,
      [shading] + frame.rows(axis) + steps.ticks.map { frame.tick($0.text, x: x($0.step)) }
        + frame.axisNames(x: axisNames.x, y: axisNames.y) + bands.map { area($0, axis) }
        + lines.reversed().map { path($0, axis) } + [mark(number), cursor])
  }

  public var height: Double { Self.frame.height + (axisNames.x.isEmpty ? 0 : 16) }

  /// Returns the data that the page's script reads out: names, dates, values, and their
  /// coordinates.
  func data() -> JSON {
    let axis = valueAxis
    return .object([
      "dates": .array((0..<steps.count).map { .string(steps.dateText($0)) }),
      "x": .array((0..<steps.count).map { .number(x($0)) }),
      "lines": .array(
        lines.map { line in
          .object([
            "name": .string(line.name), "style": .string(line.style.rawValue),
            "values": .array(line.values.map(JSON.number)),
            "y": .array(line.values.map { value in .number(value.map { y($0, axis) }) }),
          ])
        }),
    ])
  }

  private var valueAxis: ValueAxis {
    ValueAxis(
      of: lines.flatMap { $0.values.compactMap { $0 } } + bands.flatMap { $0.lower + $0.upper })
  }

  private func x(_ step: Int) -> Double {
    Self.frame.x(steps.count > 1 ? Double(step) / Double(steps.count - 1) : 0.5)
  }

  private func y(_ value: Double, _ axis: ValueAxis) -> Double { Self.frame.y(value, axis) }

  private var shading: HTML {
    let frame = Self.frame
    guard let shadedFrom, shadedFrom < steps.count else { return HTML([]) }
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
        "d": "M\(place) \(Self.frame.top.svg)V\(Self.frame.bottom.svg)",
      ])
  }

  private func path(_ line: Line, _ axis: ValueAxis) -> HTML {
    let points = line.values.enumerated().map { step, value in
      value.map { (x: x(step), y: y($0, axis)) }
    }
    return .element(
      "path", ["class": "line \(line.style.rawValue)", "d": Self.frame.path(points)])
  }

  /// Returns a band as a closed path: along the upper bounds, and back along the lower ones.
  private func area(_ band: Band, _ axis: ValueAxis) -> HTML {
    let bandSteps = steps.count - band.lower.count..<steps.count
    let upper = zip(bandSteps, band.upper)
    let lower = zip(bandSteps, band.lower).reversed()
    let points = (Array(upper) + lower).map { "\(x($0).svg) \(y($1, axis).svg)" }
    guard !points.isEmpty else { return HTML([]) }
    return .element("path", ["class": "band", "d": "M" + points.joined(separator: "L") + "Z"])
  }

  /// The vertical line that follows the pointer, which the script moves.
  private var cursor: HTML {
    .element(
      "line",
      [
        "class": "cursor", "x1": "0", "x2": "0", "y1": Self.frame.top.svg,
        "y2": Self.frame.bottom.svg, "visibility": "hidden",
      ])
  }
}
