import Foundation
import Testing

/// Tables of every frequency are forecast without options that say what they are.
@Suite(.timeLimit(.minutes(30))) struct DefaultLengthTests {
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  /// Rows of some series, each with a value for so many dates from the end of all.
  private func write(_ dates: [String], _ lengths: [Int]) throws {
    let rows = lengths.enumerated().flatMap { series, count in
      dates.suffix(count).enumerated().map { ["s\(series)", $1, "\(7 + ($0 * (series + 2)) % 5)"] }
    }
    try workspace.write(SalesTable.csv(rows), to: "sales.csv")
  }

  private static func days(_ count: Int, every stride: Int = 1) -> [String] {
    (0..<count).map { SalesTable(firstDay: "2022-01-03").date($0 * stride) }
  }

  private static let hours = (13..<213).map { hour in
    SalesTable(firstDay: "2024-01-05").date(hour / 24)
      + " \(hour % 24 < 10 ? "0" : "")\(hour % 24):00:00"
  }

  private static let months = (0..<24).map {
    "\(2022 + $0 / 12)-\($0 % 12 < 9 ? "0" : "")\($0 % 12 + 1)-01"
  }

  static let cases: [(dates: [String], lengths: [Int], lines: [String], next: String, count: Int)] =
    [
      (
        months, [24, 24],
        ["frequency: month, 24 months from 2022-01-01 to 2023-12-01", "horizon: 8 months"],
        "2024-01-01", 8
      ),
      (
        days(156, every: 7), [156, 120],
        [
          "frequency: week from monday, 156 weeks from 2022-01-03 to 2024-12-23",
          "horizon: 13 weeks",
        ],
        "2024-12-30", 13
      ),
      (
        hours, [200, 190],
        [
          "frequency: hour, 200 hours from 2024-01-05 13:00:00 to 2024-01-13 20:00:00",
          "horizon: 48 hours",
        ], "2024-01-13 21:00:00", 48
      ),
      (
        days(56).enumerated().filter { $0.offset % 7 < 5 }.map(\.element), [40, 40],
        [
          "frequency: business day, 40 business days from 2022-01-03 to 2022-02-25",
          "horizon: 13 business days",
        ],
        "2022-02-28", 13
      ),
      (
        days(700), [700, 5],
        ["frequency: day, 700 days from 2022-01-03 to 2023-12-03", "horizon: 28 days"],
        "2023-12-04", 28
      ),
    ]

  @Test(arguments: cases) func horizonFollowsFrequencyAndData(
    dates: [String], lengths: [Int], lines: [String], next: String, count: Int
  ) throws {
    try write(dates, lengths)
    let outcome = try workspace.run(
      ["forecast", "sales.csv", "--output", "out"] + SmallRun.network)
    expectSuccess(outcome)
    for line in lines { #expect(outcome.output.contains(line)) }
    let rows = PlainTable(try workspace.text("out/next.csv")).rows
    #expect(rows.count == lengths.count * count && rows[0][1] == next)
    let unit = lines[1].split(separator: " ").dropFirst(2).joined(separator: " ")
    #expect(try workspace.text("out/forecast.html").contains("\(count) \(unit) forecast"))
  }

  @Test func theFrequencyCanBeDeclared() throws {
    try write(Self.days(56).enumerated().filter { $0.offset % 7 < 5 }.map(\.element), [40])
    let outcome = try workspace.run(
      ["forecast", "sales.csv", "--output", "out", "--table-frequency", "day", "--horizon", "9"]
        + SmallRun.network)
    expectSuccess(outcome)
    #expect(outcome.output.contains("frequency: day, 54 days"))
    #expect(outcome.output.contains("horizon: 9 days\n"))
  }

  @Test func hoursArePreparedAsDays() throws {
    try write(Self.hours, [200])
    let outcome = try workspace.run([
      "prepare", "sales.csv", "--frequency", "day", "--output", "panel.safetensors",
    ])
    expectSuccess(outcome)
    #expect(outcome.errors.contains("1 series over 7 steps of a day, 2024-01-06"))
    #expect(outcome.errors.contains("2024-01-05: the records cover a part of the day"))
  }
}
