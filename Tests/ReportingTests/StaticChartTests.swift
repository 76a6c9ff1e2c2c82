import Forecasting
import Foundation
#if canImport(FoundationXML)
  import FoundationXML
#endif
import Reporting
import Testing

/// The marks of charts that are drawn in Swift.
@Suite struct StaticChartTests {
  @Test func aLineChartOfNumbersHasALineForEachList() throws {
    let losses = Tensor<Float>([0.5, 0.25, 1, 0.75])
    let chart = LineChart(title: "Loss", ["training": losses, "validation": [1.0, .nan, 0.5]])
    let svg = chart.svg().markup
    // The axis goes from 0 to 1: the plot from 308 up to 22, and from 56 to 948 across.
    #expect(
      text(svg, from: "class=\"line series-1\" d=\"", to: "\"")
        == "M56 165l0 0L353.3 236.5L650.7 22L948 93.5")
    #expect(
      text(svg, from: "class=\"line series-2\" d=\"", to: "\"") == "M56 22l0 0M650.7 165l0 0")
    #expect(labels(svg, anchor: "middle") == ["1", "2", "3", "4"])
    #expect(chart.legend.map(\.name) == ["training", "validation"])
  }

  @Test func aLineChartOfAPanelShowsItsSeries() throws {
    let chart = try LineChart(title: "Sales", SamplePage.panel, ids: [SamplePage.plain])
    let series = SamplePage.panel.series(at: 0)
    #expect(chart.lines[0].values == (0..<17).map(series.value(at:)))
    #expect(throws: CovariateError.self) {
      _ = try LineChart(title: "Sales", SamplePage.panel, ids: ["none"])
    }
  }

  @Test func barsAreAsLongAsTheirValuesAndHaveWhiskers() throws {
    let chart = BarChart(
      title: "Items", labels: ["a", "b"], [50, -25] as [Double], intervals: [25...75, -50...0])
    let svg = chart.svg().markup
    // The axis goes from -50 to 100 in steps of 50, from 56 to 924.
    let bars = svg.matches(of: /class="bar" x="([\d.]+)" y="[\d.]+" width="([\d.]+)"/)
    #expect(bars.map { String($0.1) } == ["345.3", "200.7"])
    #expect(bars.map { String($0.2) } == ["289.4", "144.6"])
    #expect(svg.contains("class=\"whisker\" d=\"M490 35H779.3M490 31V39M779.3 31V39\""))
    #expect(svg.contains("<title>a: 50</title>"))
  }

  /// The counts are those of NumPy:
  ///
  ///     import numpy as np
  ///     values = [(n * 37 % 101) / 10 for n in range(100)]
  ///     print(np.histogram(values, bins=[0, 2, 4, 6, 8, 10])[0])  # [20 20 20 19 21]
  ///     print(np.histogram([0, 0.1, 0.2, 0.3, 0.5], bins=[0, 0.1, 0.2, 0.3, 0.4, 0.5])[0])
  ///     # [1 1 1 1 1]
  @Test func aHistogramCountsTheNumbersOfEachBin() {
    let values: [Double] = (0..<100).map { Double($0 * 37 % 101) / 10 }
    let chart = Histogram(title: "", values, binCount: 5)
    #expect(chart.bins.map(\.lower) == [0, 2, 4, 6, 8])
    #expect(chart.bins.map(\.count) == [20, 20, 20, 19, 21])
    let tenths = Histogram(title: "", [0, 0.1, 0.2, 0.3, 0.5] as [Double], binCount: 5)
    #expect(tenths.bins.map(\.count) == [1, 1, 1, 1, 1])
    let none = Histogram(title: "", [Double.nan])
    #expect(none.bins.allSatisfy { $0.count == 0 })
    let panel = Histogram(title: "", SamplePage.panel)
    let total = panel.bins.reduce(0) { $0 + $1.count }
    #expect(total == 47)
    let bars = panel.svg().markup.matches(of: /class="bar"/)
    #expect(bars.count == panel.bins.count)
  }

  @Test func pointsAreWhereTheirCoordinatesAre() throws {
    var chart = ScatterChart(
      title: "", x: [0, 5, 10, Double.nan], y: [0, 10, 5, 1] as [Double], xName: "actual")
    chart.showsDiagonal = true
    let svg = chart.svg().markup
    let points = svg.matches(of: /cx="([\d.]+)" cy="([\d.]+)"/)
    #expect(points.map { String($0.1) } == ["56", "502", "948"])
    #expect(points.map { String($0.2) } == ["448", "22", "235"])
    #expect(svg.contains(">actual</text>"))
    #expect(svg.contains("class=\"line baseline-2\" d=\"M56 448l0 0L948 22\""))
  }

  /// The colors are those of Matplotlib's viridis at its ends and in the middle:
  ///
  ///     from matplotlib import colormaps, colors
  ///     [colors.to_hex(colormaps["viridis"](share)) for share in (0, 0.5, 1.0)]
  ///     # ['#440154', '#21918c', '#fde725']
  @Test func aHeatMapHasACellForEachNumber() throws {
    let chart = HeatMap(
      title: "Weights", Tensor<Float>([[0, 1, 2], [4, 3, .nan]]), rowLabels: ["a", "b"])
    let svg = chart.svg().markup
    let cells = svg.matches(
      of: /class="cell" x="([\d.]+)" y="([\d.]+)" [^>]* fill="(#\w+)"><title>([^<]*)</)
    #expect(cells.map { $0.4 } == ["a, 1: 0", "a, 2: 1", "a, 3: 2", "b, 1: 4", "b, 2: 3"])
    #expect(cells.map { $0.3 }.first == "#440154")
    #expect(cells[2].3 == "#21918c" && cells[3].3 == "#fde725")
    #expect(cells[0].1 == cells[3].1 && cells[0].2 != cells[3].2)
    let panel = HeatMap(title: "", SamplePage.panel)
    #expect(panel.values.count { $0.isFinite } == 47)
  }

  @Test func aLearningCurveMarksTheBestEpoch() throws {
    let epochs = try JSONDecoder().decode(
      [EpochRecord].self,
      from: Data(
        """
        [{"epoch": 1, "loss": 1, "validationLoss": 1, "learningRate": 0.1},
         {"epoch": 2, "loss": 0.5, "validationLoss": 0.75, "learningRate": 0.1},
         {"epoch": 3, "loss": 0.25, "validationLoss": 0.8, "learningRate": 0.1}]
        """.utf8))
    let curve = LearningCurve(title: "Training", epochs, bestEpoch: 2)
    let svg = curve.svg().markup
    #expect(svg.contains("d=\"M502 22V308\""))
    #expect(svg.contains("class=\"line series-1\" d=\"M56 22l0 0L502 165L948 236.5\""))
    #expect(curve.legend.map(\.name) == ["Training loss", "Validation loss", "Best epoch: 2"])
  }

  @Test func aFileIsWellFormedXMLAndNamesEverything() throws {
    let directory = FileManager.default.temporaryDirectory.path + "/" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let charts: [any Chart] = [
      LineChart(title: "<b>Loss</b>", ["a & b": [1, 2, 3], "c": [2, 1]]),
      try LineChart(title: "Sales", SamplePage.panel),
      BarChart(title: "Bars", labels: ["\"a\""], [1]),
      Histogram(title: "Histogram", [1, 2, 3]),
      ScatterChart(title: "Scatter", x: [1, 2], y: [2, 1]),
      HeatMap(title: "Heat", SamplePage.panel),
    ]
    for chart in charts {
      try chart.write(to: directory + "/chart.svg")
      let written = try String(contentsOfFile: directory + "/chart.svg", encoding: .utf8)
      #expect(XMLParser(data: Data(written.utf8)).parse(), "\(chart.title)")
      #expect(written.contains("xmlns=\"http://www.w3.org/2000/svg\""))
      #expect(written.contains(HTML(text: chart.title).markup))
      for entry in chart.legend { #expect(written.contains(HTML(text: entry.name).markup)) }
    }
    #expect(throws: OutputError.self) { try charts[0].write(to: directory + "/no/chart.svg") }
  }

  private func labels(_ svg: String, anchor: String) -> [String] {
    svg.matches(of: /<text class="tick" [^>]*text-anchor="(\w+)">([^<]*)</)
      .filter { $0.1 == anchor }.map { String($0.2) }
  }
}
