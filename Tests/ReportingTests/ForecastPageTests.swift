import Forecasting
import Foundation
import Reporting
import Testing

@Suite struct ForecastPageTests {
  @Test func isWellFormed() throws {
    let page = try SamplePage.page().html()
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(unbalancedElement(in: page) == nil)
    #expect(page.components(separatedBy: "<figure ").count == 1 + 4)
    let ids = page.matches(of: /\sid="([^"]*)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count)
  }

  @Test func asksForNothingOutside() throws {
    let page = try SamplePage.page().html()
    #expect(page.contains("default-src &#39;none&#39;"))
    #expect(!page.contains("src="))
    #expect(!page.contains("href="))
    #expect(!page.contains("url("))
    // The one address is the name of SVG, which nothing is loaded from.
    let addresses = page.matches(of: /https?:[^"]*/).map { String($0.0) }
    #expect(addresses == ["http://www.w3.org/2000/svg"])
  }

  @Test func textOfOthersStaysText() throws {
    let page = try SamplePage.page().html()
    #expect(!page.contains("<script>alert"))
    #expect(!page.contains("<i>naive"))
    #expect(!page.contains("<b>\"Foo"))
    #expect(page.contains("<title>Sales of &lt;b&gt;&quot;Foo &amp; Sons&quot;&lt;/b&gt;</title>"))
    #expect(page.contains("data-series=\"&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;\""))
    // One script that runs, and a block of data for each figure.
    #expect(page.components(separatedBy: "<script>").count == 1 + 1)
    #expect(page.components(separatedBy: "<script type=\"application/json\">").count == 1 + 4)
    #expect(page.components(separatedBy: "</script>").count == 1 + 5)
  }

  @Test func theDataOfEachChartAreThoseOfItsSeries() throws {
    let page = try SamplePage.page()
    let figures = page.html().components(separatedBy: "<figure ").dropFirst()
    for (index, id) in SamplePage.panel.ids.enumerated() {
      let escaped = HTML(text: id).markup
      let figure = try #require(figures.first { $0.contains("data-series=\"\(escaped)\"") })
      let chart = try chartData(figure)
      let series = SamplePage.panel.series(at: index)
      #expect(chart.dates == SamplePage.panel.calendar.dates.map(\.description))
      #expect(chart.lines.map(\.name) == ["Actual", "Seasonal naive", "<i>naive</i>"])
      #expect(chart.lines[0].values == (0..<17).map(series.value(at:)))
      let seasonal = try SeasonalNaiveForecaster().forecast(
        from: SamplePage.history, horizon: 5)
      #expect(Array(chart.lines[1].values[..<12]) == Array(repeating: nil, count: 12))
      #expect(Array(chart.lines[1].values[12...]) == Array(seasonal.values(at: index)))
      #expect(
        zip(chart.lines[0].values, chart.lines[0].y).allSatisfy { ($0 == nil) == ($1 == nil) })
    }
    let total = try chartData(try #require(figures.first))
    #expect(
      total.lines[0].values == (0..<17).map(SamplePage.panel.total().series(at: 0).value(at:)))
    #expect(total.lines[2].values[12] == 0 + 11_000.5 + 1)
  }

  @Test func theTablesHoldTheScoresAndTheDays() throws {
    let page = try SamplePage.page().html()
    let forecast = try SeasonalNaiveForecaster().forecast(from: SamplePage.history, horizon: 5)
    let evaluation = Evaluation(
      of: forecast, against: SamplePage.actual, scaledBy: SamplePage.history, seasonLength: 7)
    let row = try #require(text(page, from: "<th scope=\"row\">Seasonal naive</th>", to: "</tr>"))
    let metrics = Metric.all(for: [evaluation.overall], detail: .page)
    #expect(metrics.map(\.name).contains("MAPE"))
    #expect(cells(row) == metrics.map { $0.text(of: evaluation.overall) })

    let hostile = HTML(text: SamplePage.hostile).markup
    let days = try #require(
      text(page, from: "<tbody>", to: "</tbody>", after: "Forecast days of \(hostile)"))
    let rows = days.components(separatedBy: "</tr>").dropLast()
    #expect(
      rows.map { text($0, from: "<th scope=\"row\">", to: "<") }
        == SamplePage.actual.calendar.dates.map(\.description))
    #expect(
      rows.map(cells) == [
        ["12,000.5", "5,000.5", "11,000.5"],
        ["13,000.5", "6,000.5", "11,000.5"],
        ["–", "7,000.5", "11,000.5"],
        ["15,000.5", "8,000.5", "11,000.5"],
        ["16,000.5", "9,000.5", "11,000.5"],
      ])
  }

  /// The intervals of the first model are bands in the charts of series; a total has none.
  @Test func intervalsOfTheFirstModelAreBands() throws {
    let models = try [NaiveForecaster(), NaiveForecaster(quantileLevels: [0.1, 0.5, 0.9])].map {
      ModelForecast(
        name: $0.name, forecast: try $0.forecast(from: SamplePage.history, horizon: 5))
    }
    func page(_ models: [ModelForecast]) -> String {
      ForecastPage(
        title: "", history: SamplePage.history, actual: SamplePage.actual, models: models
      ).html()
    }
    let bands = page(models.reversed()).components(separatedBy: "class=\"band\"").count - 1
    #expect(bands == SamplePage.panel.seriesCount)
    #expect(page(models.reversed()).contains("80 % interval of Naive"))
    #expect(!page(models).contains("interval of"))
  }

  @Test func marksTheBestAndSaysHowFarItIsFromTheNext() throws {
    let models = try [NaiveForecaster(), SeasonalNaiveForecaster()].map {
      (model: any FittedForecaster) in
      ModelForecast(
        name: model.name, forecast: try model.forecast(from: SamplePage.history, horizon: 5))
    }
    let page = ForecastPage(
      title: "", history: SamplePage.history, actual: SamplePage.actual, models: models)
    let mases = models.map { model in
      Evaluation(
        of: model.forecast, against: SamplePage.actual, scaledBy: SamplePage.history,
        seasonLength: 7
      ).overall.mase!
    }
    let verdict = try #require(text(page.html(), from: "<p class=\"verdict\">", to: "</p>"))
    let change = (1 - mases[0] / mases[1]) * 100
    #expect(
      verdict == "Naive: a MASE \(String(format: "%.1f", abs(change))) % "
        + "\(change >= 0 ? "below" : "above") that of Seasonal naive, the best of the others.")
    let best = mases[0] < mases[1] ? "Naive" : "Seasonal naive"
    let row = try #require(text(page.html(), from: "<th scope=\"row\">\(best)</th>", to: "</tr>"))
    #expect(row.components(separatedBy: "<td")[4].contains("class=\"best\""))
  }

  @Test func withoutActualValuesThereAreNoScores() throws {
    let forecast = try NaiveForecaster().forecast(from: SamplePage.panel, horizon: 3)
    let page = ForecastPage(
      title: "Next days", history: SamplePage.panel, actual: nil,
      models: [.init(name: "Naive", forecast: forecast)]
    ).html()
    #expect(unbalancedElement(in: page) == nil)
    #expect(!page.contains("MASE"))
    #expect(page.contains("<h2 id=\"charts\">History and forecast</h2>"))
    let chart = try chartData(page)
    #expect(chart.dates.last == "2024-03-10")
    #expect(Array(chart.lines[0].values.suffix(3)) == [nil, nil, nil])
  }

  @Test func showsTheLargestSeriesAndAsMuchHistoryAsAskedFor() throws {
    var page = try SamplePage.page()
    page.seriesLimit = 1
    page.historyLength = 4
    page.names = [SamplePage.hostile: "Lamp"]
    let html = page.html()
    #expect(html.components(separatedBy: "<figure ").count == 1 + 2)
    #expect(html.contains(" the 1 largest of 3 series"))
    #expect(html.contains("<figcaption>Lamp (&lt;script&gt;"))
    #expect(try chartData(html).dates.count == 4 + 5)
    page.historyLength = 0
    #expect(try chartData(page.html()).dates.count == 5)
  }

  @Test func stopsAtForecastsOfOtherDays() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let forecast = try NaiveForecaster().forecast(from: SamplePage.panel, horizon: 5)
      _ = ForecastPage(
        title: "", history: SamplePage.history, actual: nil,
        models: [.init(name: "a", forecast: forecast)])
    }
    let written = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(
      written.contains(
        "ForecastPage: expected forecasts and actual values of the history's series, on the same "
          + "steps, from 2024-03-03 on"))
  }

  // MARK: - Reading the page

  private struct ChartData: Decodable {
    struct Line: Decodable {
      var name: String
      var values: [Double?]
      var y: [Double?]
    }
    var dates: [String]
    var x: [Double]
    var lines: [Line]
  }

  /// The data of the first chart of a text.
  private func chartData(_ html: String) throws -> ChartData {
    let json = try #require(
      text(html, from: "<script type=\"application/json\">", to: "</script>"))
    return try JSONDecoder().decode(ChartData.self, from: Data(json.utf8))
  }

  private func cells(_ row: String) -> [String] {
    row.components(separatedBy: "<td").dropFirst().compactMap { text($0, from: ">", to: "</td>") }
  }

  /// The first element that is closed wrongly or not at all, or nil. Style and script hold text.
  private func unbalancedElement(in page: String) -> String? {
    let withoutText = page.replacing(
      /<(style|script)( [^>]*)?>.*?<\/\1>/.dotMatchesNewlines(), with: "")
    var open: [Substring] = []
    for tag in withoutText.matches(of: /<(\/?)([a-z0-9]+)((?: [a-zA-Z0-9-]+="[^"<>]*")*)>/) {
      if tag.1 == "/" {
        guard open.popLast() == tag.2 else { return String(tag.0) }
      } else if tag.2 != "meta" {
        open.append(tag.2)
      }
    }
    // What is left of all tags must not hold another.
    let rest = withoutText.replacing(/<(\/?)([a-z0-9]+)((?: [a-zA-Z0-9-]+="[^"<>]*")*)>/, with: "")
      .replacing("<!DOCTYPE html>", with: "")
    return rest.contains("<") ? "a stray <" : open.last.map(String.init)
  }
}
