/// A table of texts whose rows have names.
struct PageTable {
  /// A text in a table, which can be marked as the best of its column.
  struct Cell: ExpressibleByStringInterpolation {
    let text: String
    var isBest = false

    init(_ text: String, isBest: Bool = false) {
      self.text = text
      self.isBest = isBest
    }

    init(stringLiteral text: String) { self.init(text) }
  }

  let caption: String
  /// The names of the columns, that of the rows' names first.
  let header: [String]
  let rows: [(name: String, cells: [Cell])]

  func html() -> HTML {
    let body = rows.map { name, cells in
      HTML.element(
        "tr", [:],
        [.element("th", ["scope": "row"], text: name)]
          + cells.map { .element("td", $0.isBest ? ["class": "best"] : [:], text: $0.text) })
    }
    let columns = header.map { HTML.element("th", ["scope": "col"], text: $0) }
    return .element(
      "div", ["class": "scroll"],
      [
        .element(
          "table", ["class": "scores"],
          [
            .element("caption", text: caption),
            .element("thead", [:], [.element("tr", [:], columns)]),
            .element("tbody", [:], body),
          ])
      ])
  }
}
