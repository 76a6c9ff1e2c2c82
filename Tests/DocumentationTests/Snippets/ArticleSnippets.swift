// The snippets are laid out as the articles that show them:
// swift-format-ignore-file

import Forecasting
import Reporting
import Testing

@Suite struct ArticleSnippets {
  private let panel = Panel(
    calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 70),
    series: [Series(id: "tea", values: (0..<70).map { Double($0 % 7 + 1) })])

  /// Compiled and not run: the number of threads is one setting of the process.
  private func threads() -> Tensor<Float> {
    // begin
    Parallelism.threadCount = 1
    let product = matmul(Tensor<Float>.ones([32, 256]), Tensor<Float>.ones([256, 64]))   // [32, 64]
    // end
    return product
  }

  /// Compiled and not run: it writes a file in the working directory.
  private func savingModels(_ model: FittedLSTMForecaster, sales: Panel) throws {
    // begin
    try model.write(to: "model.safetensors")
    let loaded = try FittedLSTMForecaster(contentsOf: "model.safetensors")
    print(try loaded.forecast(from: sales, horizon: 28).values(at: 0))
    // end
  }

  @Test func comparingBaselines() throws {
    // begin
    let holdOut = try HoldOut(panel, horizon: 14)
    var scoreboard = Scoreboard()
    for baseline in Baseline.all where !baseline.isIntermittent {
      let model = baseline.forecaster()
      let forecast = try model.forecast(from: holdOut.history, horizon: 14)
      scoreboard.add(model.name, holdOut.evaluate(forecast))
    }
    print(scoreboard)
    // end
    #expect(scoreboard.rows.contains { $0.model == "Seasonal naive" && $0.scores.mae == 0 })
  }

  @Test func showingAForecast() throws {
    // begin
    let results = try ForecastRun(horizon: 14)([.untrained(SeasonalNaiveForecaster())], on: panel)
    var page = ReportPage(
      title: "Sales of the shop", panel: panel,
      windows: [PastForecasts(results.recommendedFirst.map(\.heldOut))],
      next: results.recommendedFirst[0].next)
    page.names = ["tea": "Green tea, 100 g"]
    page.holidays = [HolidayCalendar(.unitedKingdom)]
    let html = try page.html()
    // end
    #expect(html.contains("Green tea, 100 g"))
  }
}
