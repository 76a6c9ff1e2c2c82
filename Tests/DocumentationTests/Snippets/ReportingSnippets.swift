// The snippets are laid out as the articles and comments that show them:
// swift-format-ignore-file

import Forecasting
import Foundation
import Reporting
import Testing

@Suite struct ReportingSnippets {
  private let panel = Panel(
    calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 70),
    series: [Series(id: "tea", values: (0..<70).map { Double($0 % 7 + 1) })])

  @Test func charts() throws {
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID()).svg"
    defer { try? FileManager.default.removeItem(atPath: path) }
    // begin
    let chart = LineChart(title: "Loss", ["training": [0.9, 0.5, 0.4], "validation": [1, 0.7, 0.6]])
    try chart.write(to: path)
    // end
    #expect(try String(contentsOfFile: path, encoding: .utf8).contains("validation"))
  }

  @Test func chartsOfAllKinds() throws {
    let directory = FileManager.default.temporaryDirectory.path + "/\(UUID())"
    try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: directory) }
    let weights = Tensor<Float>([[0.5, -0.25, 0], [0.125, 1, -1]])
    let actual = Tensor<Float>([3, 5, 2])
    let predicted = Tensor<Float>([2.5, 5.5, 2])
    // begin
    try LineChart(title: "Sales", panel).write(to: directory + "/sales.svg")
    try HeatMap(title: "Weights", weights, rowLabels: ["o1", "o2"]).write(to: directory + "/weights.svg")
    try Histogram(title: "Errors", predicted - actual).write(to: directory + "/errors.svg")
    try BarChart(title: "Forecast", labels: ["tea", "cups", "pots"], predicted)
      .write(to: directory + "/forecast.svg")
    var results = ScatterChart(title: "Results", x: actual, y: predicted, xName: "actual", yName: "predicted")
    results.showsDiagonal = true
    try results.write(to: directory + "/results.svg")
    // end
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory).count == 5)
  }

  @Test func page() throws {
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID()).html"
    defer { try? FileManager.default.removeItem(atPath: path) }
    // begin
    var page = ChartPage(title: "Sales", summary: "Units by region")
    page.add(.heading("Regions"))
    page.add(.chart(BarChart(title: "Units", labels: ["north", "south"], [12, 7] as [Double])))
    try OutputFile(path: path).write(page.html())
    // end
    #expect(FileManager.default.fileExists(atPath: path))
  }
}
