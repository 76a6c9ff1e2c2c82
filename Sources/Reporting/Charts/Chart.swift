import Forecasts

/// A chart that is drawn as SVG.
///
/// ```swift
/// let chart = LineChart(title: "Loss", ["training": [0.9, 0.5, 0.4], "validation": [1, 0.7, 0.6]])
/// try chart.write(to: path)
/// ```
///
/// ``write(to:)`` writes a file of its own, with a title, a legend, and colors. In a page,
/// ``svg()`` returns the drawing alone, and the page's style sheet defines the colors.
public protocol Chart: Sendable {
  /// The title, which also describes the chart to screen readers.
  var title: String { get }
  /// The names of the marks, in the order of the legend. Empty if there is nothing to tell apart.
  var legend: [LegendEntry] { get }
  /// The height of the drawing in the units of its `viewBox`, which is 960 wide.
  var height: Double { get }
  /// Returns the chart as an `svg` element that fills the available width.
  func svg() -> HTML
}

/// A name in the legend of a chart, and the style class of its marks.
public struct LegendEntry: Sendable, Equatable {
  /// The name.
  public let name: String
  /// The style class, such as `forecast` or `series-1`.
  public let style: String

  /// Creates an entry.
  public init(name: String, style: String) {
    self.name = name
    self.style = style
  }
}

extension Chart {
  public var legend: [LegendEntry] { [] }
  public var height: Double { PlotFrame.standard.height }

  /// The legend as a list, for a page that shows the drawing without one.
  var legendList: HTML {
    .element(
      "ul", ["class": "legend"],
      legend.map { entry in
        .element(
          "li", ["class": entry.style],
          [.element("span", ["class": "swatch"]), .element("span", text: entry.name)])
      })
  }

  /// Writes the chart as an SVG file, completely or not at all.
  ///
  /// - Throws: An `OutputError` if the file can't be written.
  public func write(to path: String) throws(OutputError) {
    try OutputFile(path: path).write(document())
  }

  /// Returns the chart as the text of an SVG file, with its title, legend, and style.
  public func document() -> String {
    let rows = legendRows
    let top = 44 + Double(rows.count) * 24
    let total = top + height + 8
    let keys = rows.enumerated().flatMap { row, entries in
      entries.map { $0.entry.key(x: $0.x, y: 52 + Double(row) * 24) }
    }
    let document = HTML.element(
      "svg",
      [
        "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 960 \(total.svg)", "width": "960",
        "height": total.svg, "role": "img", "aria-label": title,
      ],
      [
        .element("style", [:], [.trusted(PageResource.chartStyle)]),
        .element("rect", ["class": "paper", "width": "960", "height": total.svg]),
        .element("text", ["class": "chart-title", "x": "12", "y": "28"], text: title),
      ] + keys + [.element("g", ["transform": "translate(0 \(top.svg))"], [svg(sized: true)])])
    return document.markup + "\n"
  }

  /// Returns the drawing with a size of its own, for use in another drawing.
  private func svg(sized: Bool) -> HTML {
    HTML.element("svg", ["width": "960", "height": height.svg], [svg()])
  }

  /// The entries of the legend with their places, broken into rows.
  private var legendRows: [[(entry: LegendEntry, x: Double)]] {
    var rows: [[(entry: LegendEntry, x: Double)]] = []
    var x = Double.infinity
    for entry in legend {
      let width = 48 + 7.5 * Double(min(entry.name.count, 60))
      if x + width > 948 {
        rows.append([])
        x = 12
      }
      rows[rows.count - 1].append((entry, x))
      x += width
    }
    return rows
  }
}

extension LegendEntry {
  /// Returns the mark and the name at a place of a drawing.
  fileprivate func key(x: Double, y: Double) -> HTML {
    let text = name.count > 60 ? name.prefix(59) + "…" : name
    return .element(
      "g", ["class": "key \(style)"],
      [
        .element("path", ["class": "line \(style)", "d": "M\(x.svg) \(y.svg)h24"]),
        .element("text", ["x": (x + 32).svg, "y": (y + 4.5).svg], text: String(text)),
      ])
  }
}
