import Forecasts

/// A chart of lines over the steps of a calendar or over numbered steps, drawn as SVG.
public struct LineChart: Chart {
  /// One line of the chart.
  public struct Line: Sendable {
    /// The line's name in the legend.
    public let name: String
    /// The line's style.
    public let style: Style
    /// One value for each step, or `nil` for a break in the line.
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

  /// The role of a line, which determines its color and stroke. The style sheet defines both.
  public enum Style: String, Sendable {
    case actual
    case forecast
    case baseline
    case secondBaseline = "baseline-2"
    case lastYear = "last-year"
    case series1 = "series-1"
    case series2 = "series-2"
    case series3 = "series-3"
    case series4 = "series-4"
    case series5 = "series-5"
    case series6 = "series-6"

    /// Returns the style of a line among lines without roles. There are six, which repeat.
    public static func series(_ index: Int) -> Style {
      let styles: [Style] = [.series1, .series2, .series3, .series4, .series5, .series6]
      return styles[index % styles.count]
    }
  }

  public let title: String
  /// The steps of the horizontal axis.
  let steps: StepAxis
  /// The names of the horizontal and the vertical axis, which are empty by default.
  public var axisNames = (x: "", y: "")
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
    self.init(title, .calendar(calendar), lines, bands, shadedFrom: shadedFrom)
  }

  /// Creates a chart of lists of numbers, such as losses, over numbered steps. Shorter lists end
  /// earlier, and numbers that aren't finite are gaps.
  ///
  /// - Parameters:
  ///   - title: The title.
  ///   - values: The name of each line and its numbers: an array or a tensor.
  ///   - start: The number of the first step.
  public init(title: String, _ values: KeyValuePairs<String, any ChartValues>, from start: Int = 1)
  {
    let lists = values.map { $0.value.chartValues }
    let count = lists.map(\.count).max() ?? 0
    let lines = zip(values, lists).enumerated().map { place, line in
      Line(
        name: line.0.key, style: .series(place),
        values: line.1.map { $0.isFinite ? $0 : nil }
          + Array(repeating: nil, count: count - line.1.count))
    }
    self.init(title, .numbers(start..<start + max(count, 1)), count > 0 ? lines : [], [])
  }

  /// Creates a chart of series of a panel. Gaps and stock-outs break a line.
  ///
  /// - Parameters:
  ///   - title: The title.
  ///   - panel: The panel. Stops the program if its calendar is empty.
  ///   - ids: The ids of the series, or nil for the first six.
  /// - Throws: `CovariateError.noSuchSeries` for an id that isn't in the panel.
  public init(title: String, _ panel: Panel, ids: [String]? = nil) throws(CovariateError) {
    let shown =
      try ids.map { ids throws(CovariateError) in try panel.selecting(ids: ids) }
      ?? panel.selecting(Array(panel.ids.indices.prefix(6)))
    let lines = shown.allSeries.enumerated().map { place, series in
      Line(
        name: series.id, style: .series(place),
        values: (0..<panel.calendar.count).map { series.value(at: $0) })
    }
    self.init(title: title, calendar: panel.calendar, lines: lines)
  }

  private init(
    _ title: String, _ steps: StepAxis, _ lines: [Line], _ bands: [Band], shadedFrom: Int? = nil
  ) {
    self.title = title
    self.steps = steps
    self.lines = lines
    self.bands = bands
    self.shadedFrom = shadedFrom
  }

  public var legend: [LegendEntry] {
    lines.map { LegendEntry(name: $0.name, style: $0.style.rawValue) }
      + bands.map { LegendEntry(name: $0.name, style: "interval") }
  }
}

extension LineChart.Band {
  /// Returns the intervals of a forecast of one series, the widest first, or none without quantiles.
  ///
  /// - Parameters:
  ///   - forecast: The forecast.
  ///   - name: Returns the name of a band from that of an interval, such as `80 %`.
  static func bands(
    of forecast: Forecast, named name: (String) -> String
  ) -> [LineChart.Band] {
    guard let quantiles = forecast.quantiles else { return [] }
    func bounds(_ level: Int) -> [Double] {
      stride(from: level, to: quantiles.values.count, by: quantiles.levels.count).map {
        quantiles.values[$0]
      }
    }
    return quantiles.centralIntervals.map { interval in
      LineChart.Band(
        name: name(interval.name), lower: bounds(interval.lower), upper: bounds(interval.upper))
    }
  }
}
