import Forecasting
import Testing

@Suite struct HeadChoiceTests {
  private let levels = [0.1, 0.9]

  @Test func negativeValues() {
    let panel = panel([1, -2, 0, nil], [0, 0, -1])
    let choice = HeadChoice(for: panel)
    #expect(choice.head as? PointHead == PointHead(.squared))
    #expect(
      choice.reason
        == "2 of 6 values are negative, so the mean is trained on the squared error")
    #expect(
      HeadChoice(for: panel, levels: levels).head as? QuantileHead == QuantileHead(levels: levels))
  }

  /// A gap is no zero.
  @Test func countsWithZeros() {
    let panel = panel([3, nil, 0, 1, 5], [nil, 2, 0, 0])
    let choice = HeadChoice(for: panel)
    #expect(choice.head as? TweedieHead == TweedieHead())
    #expect(
      choice.reason
        == "42 % of the whole values are 0 and none is negative, so the mean is trained on the Tweedie "
        + "loss, which covers zeros and positive values")
    #expect(
      HeadChoice(for: panel, levels: levels).head as? NegativeBinomialHead
        == NegativeBinomialHead(levels: levels))
  }

  @Test func amountsWithZeros() {
    let panel = panel([3.5, 0, 0, 1], [2, 0, 1])
    #expect(HeadChoice(for: panel).head as? TweedieHead == TweedieHead())
    let choice = HeadChoice(for: panel, levels: levels)
    #expect(choice.head as? TweedieHead == TweedieHead(levels: levels))
    #expect(choice.reason.hasPrefix("42 % of the values are 0 and none is negative, so"))
  }

  @Test func fewZeros() {
    let panel = panel(Array(repeating: 7, count: 19), [0, nil])
    #expect(HeadChoice(for: panel).head as? PointHead == PointHead(.squared))
    let choice = HeadChoice(for: panel, levels: levels)
    #expect(choice.head as? QuantileHead == QuantileHead(levels: levels))
    #expect(
      choice.reason
        == "5 % of the whole values are 0 and none is negative, so the mean is trained on the squared "
        + "error, and quantiles on the pinball loss")
  }

  /// The observed values decide, not what stands at a gap or a stock-out.
  @Test func headsForNonnegativeValuesRejectOthers() throws {
    let panel = panel([1, 2, nil, 0, 4, 1], [nil, 0, 3, 2, -1.5, 1])
    let forecaster = LSTMForecaster(
      windows: WindowSpecification(horizon: 2), head: PoissonHead(levels: levels))
    let error = try #require(throws: ForecastError.self) { try forecaster.fit(panel) }
    let date = try #require(CalendarDate(year: 2024, month: 3, day: 5))
    #expect(error == .negativeValue(id: "b", date: date, value: -1.5, head: "PoissonHead"))
    #expect(
      error.description
        == "series \"b\" has the value -1.5 on 2024-03-05, but PoissonHead forecasts only values of at "
        + "least 0; train with a head for values of any sign, such as PointHead, or remove the negative "
        + "values")
  }

  private func panel(_ first: [Double?], _ second: [Double?]) -> Panel {
    let count = max(first.count, second.count)
    return Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 3, day: 1)!, count: count),
      series: [Series(id: "a", values: first), Series(id: "b", values: second)])
  }
}
