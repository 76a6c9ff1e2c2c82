import Forecasts

/// A chart of lines over the steps of a calendar, drawn as SVG.
public struct LineChart: Sendable {
  /// One line of the chart.
  public struct Line: Sendable {
    /// The line's name in the legend.
    public let name: String
    /// The line's style.
    public let style: Style
    /// One value for each step of the calendar, or `nil` for a break in the line.
    public let values: [Double?]

    /// Creates a line.
    public init(name: String, style: Style, values: [Double?]) {
      self.name = name
      self.style = style
      self.values = values
    }
  }

  /// The area between two lines over the last steps of the calendar, such as an interval.
  public struct Band: Sendable {
    /// The band's name in the legend.
    public let name: String
    /// One lower and one upper bound for each of the band's steps. The last ones are those of the
    /// calendar's last step.
    public let lower, upper: [Double]

    /// Creates a band. Stops the program if the numbers of lower and upper bounds differ.
    public init(name: String, lower: [Double], upper: [Double]) {
      guard lower.count == upper.count else {
        fatalError(
          "LineChart.Band: expected as many upper as lower bounds, \(lower.count), got "
            + "\(upper.count)")
      }
      self.name = name
      self.lower = lower
      self.upper = upper
    }
  }

  /// The role of a line, which determines its color and stroke. The page's style sheet defines both
  /// for the light and the dark color scheme.
  public enum Style: String, Sendable {
    case actual
    case forecast
    case baseline
    case secondBaseline = "baseline-2"
  }

  /// A description of the chart for screen readers.
  public let title: String
  /// The calendar of the steps.
  public let calendar: RegularCalendar
  /// The lines of the chart.
  public let lines: [Line]
  /// The bands behind the lines, the widest first.
  public let bands: [Band]
  /// The first step of the shaded range, which contains the forecast, or `nil` for no shading.
  public let shadedFrom: Int?

  /// Creates a chart of lines. Stops the program if the calendar is empty, a line does not have one
  /// value, or `nil`, for each step, or a band has more steps than the calendar.
  public init(
    title: String, calendar: RegularCalendar, lines: [Line], bands: [Band] = [],
    shadedFrom: Int? = nil
  ) {
    guard calendar.count > 0 else {
      fatalError("LineChart: expected a calendar of at least one step, got none")
    }
    for line in lines where line.values.count != calendar.count {
      fatalError(
        "LineChart: expected \(calendar.count) values in \(line.name.debugDescription), got "
          + "\(line.values.count)")
    }
    for band in bands where band.lower.count > calendar.count {
      fatalError(
        "LineChart: expected at most \(calendar.count) steps in \(band.name.debugDescription), got "
          + "\(band.lower.count)")
    }
    self.title = title
    self.calendar = calendar
    self.lines = lines
    self.bands = bands
    self.shadedFrom = shadedFrom
  }

  /// Returns the chart as an `svg` element that fills the available width.
  public func svg() -> HTML {
    let axis = valueAxis
    return .element(
      "svg",
      [
        "viewBox": "0 0 \(Self.width.svg) \(Self.height.svg)", "role": "img",
        "aria-label": title, "tabindex": "0",
      ],
      [.element("title", text: title), shading]
        + axis.ticks.map { gridLine($0, axis) } + dateTicks()
        + bands.map { area($0, axis) } + lines.reversed().map { path($0, axis) } + [cursor]
    )
  }

  /// Returns the name of a step in the read-out: the date of a day by ISO 8601, which the script
  /// formats, or the label of another step.
  private func dateText(_ step: Int) -> String {
    [.day, .businessDay].contains(calendar.frequency)
      ? calendar.date(at: step).description : calendar.label(at: step)
  }

  /// Returns the data that the page's script reads out: names, dates, values, and their
  /// coordinates.
  func data() -> JSON {
    let axis = valueAxis
    return .object([
      "dates": .array((0..<calendar.count).map { .string(dateText($0)) }),
      "x": .array((0..<calendar.count).map { .number(x($0)) }),
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
}

// MARK: - Geometry

extension LineChart {
  private static let width = 960.0
  private static let height = 340.0
  private static let plot = (left: 56.0, right: 948.0, top: 22.0, bottom: 308.0)

  private var valueAxis: ValueAxis {
    let values =
      lines.flatMap { $0.values.compactMap { $0 } } + bands.flatMap { $0.lower + $0.upper }
    return ValueAxis(lowest: values.min() ?? 0, highest: values.max() ?? 0)
  }

  private func x(_ step: Int) -> Double {
    let share = calendar.count > 1 ? Double(step) / Double(calendar.count - 1) : 0.5
    return rounded(Self.plot.left + share * (Self.plot.right - Self.plot.left))
  }

  private func y(_ value: Double, _ axis: ValueAxis) -> Double {
    let share = (value - axis.lowerBound) / (axis.upperBound - axis.lowerBound)
    return rounded(Self.plot.bottom - share * (Self.plot.bottom - Self.plot.top))
  }

  /// Tenths of a pixel are precise enough and keep the page small.
  private func rounded(_ length: Double) -> Double { (length * 10).rounded() / 10 }
}

// MARK: - Parts

extension LineChart {
  private var shading: HTML {
    guard let shadedFrom, shadedFrom < calendar.count else { return HTML([]) }
    let left = shadedFrom > 0 ? (x(shadedFrom - 1) + x(shadedFrom)) / 2 : Self.plot.left
    return HTML([
      .element(
        "rect",
        [
          "class": "forecast-days", "x": left.svg, "y": Self.plot.top.svg,
          "width": (Self.plot.right - left).svg,
          "height": (Self.plot.bottom - Self.plot.top).svg,
        ]),
      .element(
        "text",
        [
          "class": "note", "x": (Self.plot.right - 4).svg, "y": (Self.plot.top - 8).svg,
          "text-anchor": "end",
        ], text: "forecast from \(calendar.label(at: shadedFrom))"),
    ])
  }

  private func gridLine(_ tick: Double, _ axis: ValueAxis) -> HTML {
    let height = y(tick, axis)
    return HTML([
      .element(
        "line",
        [
          "class": tick == 0 ? "axis" : "grid", "x1": Self.plot.left.svg,
          "x2": Self.plot.right.svg, "y1": height.svg, "y2": height.svg,
        ]),
      .element(
        "text",
        [
          "class": "tick", "x": (Self.plot.left - 8).svg, "y": (height + 4).svg,
          "text-anchor": "end",
        ], text: axis.label(tick)),
    ])
  }

  /// The unit whose first steps have a tick. For days it is the month or, if the chart has at most 70
  /// steps, the week.
  private var tickUnit: Frequency {
    switch calendar.frequency {
    case .hour: .day
    case .day, .businessDay: calendar.count > 70 ? .month : .week()
    case .week: .month
    case .month, .quarter, .year: calendar.frequency
    }
  }

  /// Returns the text of a tick without the year.
  private func tickText(_ date: CalendarDate, _ unit: Frequency) -> String {
    let month = Self.months[date.month - 1]
    return switch unit {
    case .month, .quarter: month
    case .year: ""
    default: "\(date.day) \(month)"
    }
  }

  private func dateTicks() -> [HTML] {
    let unit = tickUnit
    let steps = (0..<calendar.count).filter { step in
      let date = calendar.date(at: step)
      let before = step > 0 ? calendar.date(at: step - 1) : date.advanced(by: -1)
      return unit.steps(from: before, to: date) > 0 && (step > 0 || calendar.startHour == 0)
    }
    let stride = steps.count / 13 + 1
    var labeledYear: Int?
    return steps.enumerated().filter { $0.offset.isMultiple(of: stride) }.map { _, step in
      let date = calendar.date(at: step)
      let text = tickText(date, unit)
      let label =
        date.year == labeledYear ? text : text.isEmpty ? "\(date.year)" : "\(text) \(date.year)"
      labeledYear = date.year
      return HTML([
        .element(
          "line",
          [
            "class": "axis", "x1": x(step).svg, "x2": x(step).svg, "y1": Self.plot.bottom.svg,
            "y2": (Self.plot.bottom + 5).svg,
          ]),
        .element(
          "text",
          [
            "class": "tick", "x": x(step).svg, "y": (Self.plot.bottom + 20).svg,
            "text-anchor": "middle",
          ], text: label),
      ])
    }
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// Returns the line as a path that restarts after each gap. An isolated value becomes a dot: a
  /// line of zero length with round caps.
  private func path(_ line: Line, _ axis: ValueAxis) -> HTML {
    var path = ""
    var isDrawing = false
    for (step, value) in line.values.enumerated() {
      if let value {
        let point = "\(x(step).svg) \(y(value, axis).svg)"
        path += isDrawing ? "L\(point)" : "M\(point)l0 0"
      }
      isDrawing = value != nil
    }
    return .element("path", ["class": "line \(line.style.rawValue)", "d": path])
  }

  /// Returns a band as a closed path: along the upper bounds, and back along the lower ones.
  private func area(_ band: Band, _ axis: ValueAxis) -> HTML {
    let steps = calendar.count - band.lower.count..<calendar.count
    let upper = zip(steps, band.upper)
    let lower = zip(steps, band.lower).reversed()
    let points = (Array(upper) + lower).map { "\(x($0).svg) \(y($1, axis).svg)" }
    guard !points.isEmpty else { return HTML([]) }
    return .element("path", ["class": "band", "d": "M" + points.joined(separator: "L") + "Z"])
  }

  /// The vertical line that follows the pointer, which the script moves.
  private var cursor: HTML {
    .element(
      "line",
      [
        "class": "cursor", "x1": "0", "x2": "0", "y1": Self.plot.top.svg,
        "y2": Self.plot.bottom.svg, "visibility": "hidden",
      ])
  }
}

extension Double {
  /// The length as SVG text, without unnecessary decimals.
  fileprivate var svg: String {
    let text = fixed(1)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
