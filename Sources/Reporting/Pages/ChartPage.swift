import Forecasts

/// A page of texts, tables, and charts in one file, which loads nothing from the network and needs no
/// script.
///
/// ```swift
/// var page = ChartPage(title: "Sales", summary: "Units by region")
/// page.add(.heading("Regions"))
/// page.add(.chart(BarChart(title: "Units", labels: ["north", "south"], [12, 7] as [Double])))
/// try OutputFile(path: path).write(page.html())
/// ```
public struct ChartPage: Sendable {
  /// A part of the page.
  public enum Part: Sendable {
    /// The heading of the parts that follow.
    case heading(String)
    /// A paragraph.
    case paragraph(String)
    /// Lines whose indentation is kept.
    case lines([String])
    /// Rows of the same length, of which the first is the header.
    case table([[String]])
    /// A chart with its title and legend.
    case chart(any Chart)
  }

  /// The page's title.
  public let title: String
  /// A sentence below the title.
  public let summary: String
  /// The parts, from top to bottom.
  public private(set) var parts: [Part] = []

  /// Creates a page without parts.
  public init(title: String, summary: String) {
    self.title = title
    self.summary = summary
  }

  /// Adds a part at the end.
  public mutating func add(_ part: Part) { parts.append(part) }

  /// Returns the page as HTML.
  public func html() -> String {
    let body = HTML.element(
      "body", [:],
      [
        .element("header", [:], [.element("h1", text: title), .element("p", text: summary)]),
        .element("main", [:], parts.map(\.html)),
      ])
    return HTML.page(title: title, style: .pageStyle, body: body)
  }
}

extension ChartPage.Part {
  var html: HTML {
    switch self {
    case .heading(let text): .element("h2", text: text)
    case .paragraph(let text): .element("p", text: text)
    case .lines(let lines):
      .element("div", ["class": "scroll"], [.element("pre", text: lines.joined(separator: "\n"))])
    case .table(let rows): Self.table(rows)
    case .chart(let chart):
      .element(
        "figure", ["class": "series"],
        [
          .element("figcaption", text: chart.title), chart.legendList,
          .element("div", ["class": "scroll"], [chart.svg()]),
        ])
    }
  }

  private static func table(_ rows: [[String]]) -> HTML {
    func row(_ cells: [String], _ element: (Int, String) -> HTML) -> HTML {
      .element("tr", [:], cells.enumerated().map { element($0.offset, $0.element) })
    }
    let head = rows.prefix(1).map { cells in
      row(cells) { .element("th", ["scope": "col"], text: $1) }
    }
    let body = rows.dropFirst().map { cells in
      row(cells) { $0 == 0 ? .element("th", ["scope": "row"], text: $1) : .element("td", text: $1) }
    }
    return .element(
      "div", ["class": "scroll"],
      [
        .element(
          "table", ["class": "scores"],
          [.element("thead", [:], head), .element("tbody", [:], Array(body))])
      ])
  }
}
