import Forecasting
import Foundation
import SalesTestSupport
import Testing
import TestSupport

/// Values that are only passed on keep the digits of double precision.
@Suite struct PrecisionTests {
  private static let calendar = RegularCalendar(start: date(2024, 2, 26), count: 5)
  private static let panel = Panel(
    calendar: calendar,
    series: [
      Series(id: "counts", values: [3, 0, nil, 16_777_216, 5]),
      Series(id: "great", start: 1, values: [123_456_781, 123_456_783, nil, 123_456_782]),
      Series(id: "money", start: 3, values: [8.26, 0.1]),
    ]
  ).adding(past: "revenue", .numbers([1, 2, 3, 4, 5, 6, 7, 8, 98_765_432.25, 10, 0.7]))
    .adding(shared: "price", .numbers([0.1, 0.2, 0.5, 33_554_433, 1, 2, 3]), futureSteps: 2)
    .adding(static: "limit", .numbers([1, 16_777_217, 0.3]))

  @Test func aPanelHoldsDoubles() throws {
    #expect(Self.panel.series(at: 1).values.last == 123_456_782)
    #expect(Self.panel.series(at: 2).values.first == 8.26)
    #expect(
      try Self.panel.pastCovariate("revenue").numbers(of: 1, over: 2..<5).last == 98_765_432.25)
    #expect(try Self.panel.knownCovariate("price").numbers(of: 0, over: 3..<4) == [33_554_433])
    #expect(try Self.panel.staticCovariate("limit").numbers() == [1, 16_777_217, 0.3])
  }

  @Test func aPanelFileHoldsDoubles() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("panel.safetensors")
    try Self.panel.write(to: path)
    #expect(try Panel(contentsOf: path) == Self.panel)
    // What single precision holds takes its memory, and is written as before.
    let counts = Self.panel.selecting([0]).removing(["revenue", "price", "limit"])
    try counts.mapSeries { $0 }.write(to: path)
    #expect(try Panel(contentsOf: path) == counts)
    let header = String(
      decoding: try Data(contentsOf: URL(fileURLWithPath: path)).prefix(2000), as: UTF8.self)
    #expect(header.contains("\"F32\"") && !header.contains("\"F64\""))
  }

  @Test func sumsAreThoseOfDoubles() throws {
    #expect(Self.panel.total().series(at: 0).value(at: 4) == 5 + 123_456_782 + 0.1)
    let week = try Self.panel.aggregated(to: .week(), keepsPartial: true).panel
    #expect(week.series(at: 1).value(at: 0) == 370_370_346)
  }

  @Test func naiveForecastsAndTheirScoresAreExact() throws {
    let holdOut = try HoldOut(Self.panel.selecting([1]), horizon: 1)
    let forecast = try NaiveForecaster().forecast(from: holdOut.history, horizon: 1)
    #expect(forecast.values == [123_456_783])
    #expect(holdOut.evaluate(forecast).overall.mae == 1)
    let csv = ForecastTable([.init(name: "Naive", forecast: forecast)]).csv()
    #expect(csv == "unique_id,ds,Naive\ngreat,2024-03-01,123456783.0\n")
  }

  @Test func aLongTableAndAWideOneAreReadInDouble() throws {
    let long = try LongTableReader().read(
      bytes("unique_id,ds,y\na,2024-02-26,123456782\na,2024-02-27,9007199254740991\n")
    ).panel
    #expect(Array(long.series(at: 0).values) == [123_456_782, 9_007_199_254_740_991])
    let wide = try WideTableReader(identity: "id", steps: .dates(.iso)).read(
      bytes("id,2024-02-26,2024-02-27,2024-02-28\na,,16777217,0.1\nb,1,,3\n")
    ).panel()
    #expect(Array(wide.series(at: 0).values) == [16_777_217, 0.1])
    #expect(Array(wide.series(at: 1).values) == [1, 0, 3])
  }

  private func bytes(_ text: String) -> MemoryByteSource {
    MemoryByteSource(Array(text.utf8), name: "t.csv")
  }

  @Test func cleaningKeepsTheDigitsOfWhatItLeaves() throws {
    let rules: [any CleaningRule] = [
      LeadingZeroRule(), NegativeValueRule(.mask), ClosedDayRule(weekdays: [.sunday]),
      MissingValueRule(.forward()),
    ]
    let (clean, report) = try CleaningPipeline(rules).clean(Self.panel)
    #expect(clean.series(at: 1).value(at: 3) == 123_456_783)
    #expect(abs(report.total.unitsOut - 510_604_361.36) < 1e-6)
  }

  @Test(arguments: [
    (123_456_782, "123456782.0"), (1e22, "10000000000000000000000.0"), (0.00001, "0.00001"),
    (-1.5e-7, "-0.00000015"), (0, "0.0"), (8.26, "8.26"),
    (-9_007_199_254_740_992, "-9007199254740992.0"),
    (1.2345e17, "123450000000000000.0"),
  ])
  func tablesHaveNoExponents(value: Double, text: String) throws {
    let forecast = try Forecast(
      ids: ["a"], calendar: RegularCalendar(start: date(2024, 2, 26), count: 1), values: [value])
    let csv = ForecastTable([.init(name: "m", forecast: forecast)]).csv()
    #expect(csv.hasSuffix(",\(text)\n"))
    #expect(Double(text) == value)
  }

  @Test(arguments: [
    (1.5, "1.500"), (0.00001234, "0.0000123"), (-0.004, "-0.00400"), (0, "0.000"),
    (12_345_678_901_234.5, "12345678901234.500"), (9e15, "9000000000000000.000"),
    (1e-17, "0.000"), (0.0123, "0.012"),
  ])
  func scoresShowTheirDigits(value: Double, text: String) throws {
    let days = RegularCalendar(start: date(2024, 2, 26), count: 1)
    let history = Panel(
      calendar: RegularCalendar(start: date(2024, 2, 25), count: 1),
      series: [Series(id: "a", values: [0])])
    let scores = Evaluation(
      of: try Forecast(ids: ["a"], calendar: days, values: [value]),
      against: Panel(calendar: days, series: [Series(id: "a", values: [0])]), scaledBy: history,
      seasonLength: 1
    ).overall
    #expect(Metric.bias.text(of: scores) == text)
  }
}
