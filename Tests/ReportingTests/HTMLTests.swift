import Reporting
import Testing

@Suite struct HTMLTests {
  @Test(arguments: [
    ("plain", "plain"),
    ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
    ("\"double\" and 'single'", "&quot;double&quot; and &#39;single&#39;"),
    ("&amp;", "&amp;amp;"),
    ("tab\tand\nline", "tab\tand\nline"),
    ("\0\u{1B}\u{85}\r", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
    ("größe 数量 😀", "größe 数量 😀"),
  ])
  func textIsEscaped(text: String, markup: String) {
    #expect(HTML(text: text).markup == markup)
    #expect(HTML.element("p", ["title": text]).markup == "<p title=\"\(markup)\"></p>")
    #expect(HTML.element("p", text: text).markup == "<p>\(markup)</p>")
  }

  @Test func elementsNestInOrder() {
    let list = HTML.element(
      "ul", ["class": "legend", "id": "a"],
      [.element("li", text: "1"), HTML(text: "&"), .void("hr", ["class": "x"])])
    #expect(
      list.markup == "<ul class=\"legend\" id=\"a\"><li>1</li>&amp;<hr class=\"x\"></ul>")
    #expect(HTML([]).markup == "")
  }
}
