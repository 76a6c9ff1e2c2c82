import Forecasts

/// A chart of one horizontal bar for each label, with optional intervals.
public struct BarChart: Chart {
  public let title: String
  /// The labels, from top to bottom.
  public let labels: [String]
  /// The length of each bar. A bar whose value isn't finite is left out.
  public let values: [Double]
  /// The interval of each bar, drawn as a whisker, or an empty array.
  public let intervals: [ClosedRange<Double>]
  /// The name of the value axis, which is empty by default.
  public var valueName = ""

  /// Creates a chart of bars. Stops the program unless there are as many labels as values, and as
  /// many intervals or none.
  public init(
    title: String, labels: [String], _ values: any ChartValues,
    intervals: [ClosedRange<Double>] = []
  ) {
    let values = values.chartValues
    guard labels.count == values.count, [0, values.count].contains(intervals.count) else {
      fatalError(
        "BarChart: expected \(labels.count) values and as many intervals or none, got "
          + "\(values.count) and \(intervals.count)")
    }
    self.title = title
    self.labels = labels
    self.values = values
    self.intervals = intervals
  }

  private static let rowHeight = 26.0

  public var height: Double { Double(max(1, labels.count)) * Self.rowHeight + 72 }

  private var frame: PlotFrame {
    // Seven units for each character of the longest label, within bounds.
    let longest = labels.map { min($0.count, 34) }.max() ?? 0
    return PlotFrame(
      height: height, left: max(56, 24 + 7 * Double(longest)), right: 924, bottom: height - 50)
  }

  public func svg() -> HTML {
    let frame = frame
    let axis = ValueAxis(
      of: values + intervals.flatMap { [$0.lowerBound, $0.upperBound] }, count: 6)
    return frame.svg(
      title,
      frame.columns(axis) + frame.axisNames(x: valueName, y: "")
        + labels.indices.map { row($0, frame, axis) })
  }

  private func row(_ index: Int, _ frame: PlotFrame, _ axis: ValueAxis) -> HTML {
    let middle = frame.top + (Double(index) + 0.5) * Self.rowHeight
    let text = labels[index].count > 34 ? labels[index].prefix(33) + "…" : labels[index]
    let label = frame.label(String(text), x: frame.left - 8, y: middle + 4, anchor: "end")
    guard values[index].isFinite else { return label }
    let ends = [frame.x(0, axis), frame.x(values[index], axis)].sorted()
    let bar = HTML.element(
      "rect",
      [
        "class": "bar", "x": ends[0].svg, "y": (middle - 9).svg, "width": (ends[1] - ends[0]).svg,
        "height": "18",
      ],
      [.element("title", text: "\(labels[index]): \(values[index].quantity)")])
    guard !intervals.isEmpty else { return HTML([label, bar]) }
    let low = frame.x(intervals[index].lowerBound, axis).svg
    let high = frame.x(intervals[index].upperBound, axis).svg
    let (top, bottom) = ((middle - 4).svg, (middle + 4).svg)
    let whisker = HTML.element(
      "path",
      [
        "class": "whisker",
        "d": "M\(low) \(middle.svg)H\(high)M\(low) \(top)V\(bottom)M\(high) \(top)V\(bottom)",
      ])
    return HTML([label, bar, whisker])
  }
}
