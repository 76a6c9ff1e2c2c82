import Reporting
import Testing

@Suite struct ChartPageTests {
  @Test func aPageHasItsPartsInOrder() {
    var page = ChartPage(title: "a < b", summary: "one & two")
    page.add(.heading("First"))
    page.add(.paragraph("text"))
    page.add(.lines(["if:", "  then"]))
    page.add(.table([["Name", "Units"], ["tea", "3"]]))
    page.add(.chart(BarChart(title: "Bars", labels: ["x"], [1] as [Double])))
    let html = page.html()
    #expect(html.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\"><head>"))
    #expect(html.contains("<h1>a &lt; b</h1><p>one &amp; two</p>"))
    #expect(html.contains("<h2>First</h2><p>text</p>"))
    #expect(html.contains("<pre>if:\n  then</pre>"))
    #expect(html.contains("<th scope=\"col\">Units</th></tr></thead>"))
    #expect(html.contains("<th scope=\"row\">tea</th><td>3</td>"))
    #expect(html.contains("<figcaption>Bars</figcaption>"))
    #expect(!html.contains("<script"))
  }
}
