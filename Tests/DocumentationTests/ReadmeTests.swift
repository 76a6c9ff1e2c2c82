import Forecasting
import Testing

/// The examples of the README do what it says.
@Suite struct ReadmeTests {
  @Test func fitsASine() {
    #expect(fitSine() < 1e-3)
  }

  /// A model of a few steps, on a table like a request's.
  @Test func answersARequest() throws {
    let panel = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 90),
      series: [Series(id: "tea", values: (0..<90).map { Double($0 % 7) })])
    let model = try LSTMForecaster(
      windows: .init(horizon: 28), architecture: .init(hiddenSize: 3),
      training: .init(epochs: 1, stepsPerEpoch: 1, batchSize: 2)
    ).fit(panel)
    let rows = panel.calendar.dates.map { "tea,\($0),\($0.day)" }
    let body = Array((["unique_id,ds,y"] + rows).joined(separator: "\n").utf8)
    let lines = try respond(to: body, with: model).split(separator: "\n")
    #expect(lines.first == "unique_id,ds,LSTM")
    #expect(lines.count == 29)
    #expect(lines.last?.hasPrefix("tea,2024-04-27,") == true)
  }
}
