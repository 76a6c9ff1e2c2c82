import Forecasts

/// The HTML of a page whose charts a script draws: what readers without scripts see, the data, and the
/// scripts.
struct ReportMarkup {
  let title: String
  let summary: String
  /// The main chart, for readers without scripts.
  let picture: LineChart
  let document: ReportDocument
  let d3: D3Library

  func html() -> String {
    HTML.page(title: title, style: .reportStyle, body: body)
  }

  private var body: HTML {
    .element(
      "body", [:],
      [
        .element(
          "header", [:],
          [
            .element("h1", text: title),
            .element("p", ["id": "summary"], text: summary),
            .element("div", ["id": "settings"]),
          ]),
        .element("main", ["id": "report"], [staticPicture]),
        .element("footer", ["id": "footer"]),
        .element("p", ["id": "announcement", "class": "unseen", "aria-live": "polite"]),
        .data(JSON(encoding: document)),
        .element("script", [:], [.trusted(d3)]),
        .element("script", [:], [.trusted(PageResource.reportScript)]),
      ])
  }

  private var staticPicture: HTML {
    .element(
      "figure", ["class": "card", "id": "picture"],
      [
        .element("figcaption", text: picture.title), picture.legendList,
        .element("div", ["class": "scroll"], [picture.svg()]),
        .element(
          "p", ["class": "hint"],
          text: "This page shows more, in English and Chinese, in a browser that runs scripts."),
      ])
  }
}
