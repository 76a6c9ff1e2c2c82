import Foundation
import Testing

/// `foresight prepare` from end to end.
@Suite(.timeLimit(.minutes(30))) struct PrepareTests {
  private let workspace: Workspace

  init() throws { workspace = try Workspace() }

  /// A week of order lines: a cancellation, postage, a line twice, and a Sunday without trade.
  static let lines = """
    order,item,at,units,price,customer
    1,tea,2024-02-05 09:00,3,2.5,c1
    1,POST,2024-02-05 09:00,1,9,c1
    2,tea,2024-02-06 10:00,4,2,c2
    2,tea,2024-02-06 10:00,4,2,c2
    C3,tea,2024-02-07 10:00,-2,2,c2
    4,cup,2024-02-08 10:00,5,1,
    5,tea,2024-02-10 10:00,6,2.5,c1
    """

  static let columns = [
    "--id-column", "item", "--time-column", "at", "--quantity-column", "units", "--price-column",
    "price", "--order-column", "order", "--customer-column", "customer",
  ]

  @Test func orderLinesBecomeAPanelWithAReport() throws {
    try workspace.write(Self.lines, to: "orders.csv")
    let outcome = try workspace.run(
      ["prepare", "orders.csv", "--output", "panel.safetensors", "--report", "report.json"]
        + Self.columns + [
          "--cancellations", "C*", "--exclude", "postage=POST,DOT", "--measure", "net-units",
          "--measures", "average-price,customers", "--doubled-lines", "set-aside-all",
          "--below-zero",
          "zero",
        ])
    expectSuccess(outcome)
    #expect(outcome.output == "wrote panel.safetensors\nwrote report.json\n")
    #expect(outcome.errors.hasPrefix("orders.csv:\n7 rows read\n5 rows kept: 4 sales, 1 return\n"))
    #expect(outcome.errors.contains("1 postage (line 3)"))
    #expect(try workspace.contents() == ["orders.csv", "panel.safetensors", "report.json"])

    let report = try JSONDecoder().decode(Report.self, from: workspace.data("report.json"))
    #expect(report.orders.rowsRead == 7)
    #expect(report.orders.sales + report.orders.returns == 5)
    #expect(report.orders.setAside.map(\.count) == [1, 1])
    #expect(report.orders.counts.cancellations == 1 && report.orders.counts.withoutCustomer == 1)
    // Tea: 3 + 4 − 2 + 6; the day of the return is below 0, and becomes 0.
    #expect(report.cleaning.total.unitsIn == 16 && report.cleaning.total.unitsOut == 18)
    #expect(report.panel.past == ["averagePrice", "customers"])
    #expect(report.panel.start == "2024-02-05" && report.panel.end == "2024-02-11")

    let inspection = try inspect("panel.safetensors")
    #expect(inspection.panel?.quality.units == 18)
    #expect(inspection.panel?.columns.map(\.name) == ["averagePrice", "customers"])
  }

  /// Rows that are about weeks, read as such and by the day.
  @Test func weeksAreReadByTheWeek() throws {
    try workspace.write(
      "unique_id,ds,y\na,2024-01-13,1\na,2024-01-20,2\na,2024-02-03,4\n", to: "weeks.csv")
    let weeks = try workspace.run([
      "prepare", "weeks.csv", "--output", "panel", "--table-frequency", "week", "--week-start",
      "sunday",
    ])
    expectSuccess(weeks)
    #expect(weeks.errors.contains("3 rows kept\n1 week without a row, taken as 0\n\n"))
    #expect(!weeks.errors.contains("--table-frequency"))
    #expect(
      weeks.errors.contains(
        "4 steps of a week from sunday, 2024-01-07 up to, but not including, 2024-02-04"))
    for command in [["prepare", "weeks.csv", "--output", "panel"], ["inspect", "weeks.csv"]] {
      let found = try workspace.run(command)
      #expect(
        (found.output + found.errors).contains(
          "ds: steps are weeks from monday, since every date is a saturday"))
    }
  }

  /// A row of 0 shows that other days without a row are unknown, and the command names the option.
  @Test func daysWithoutARowBesideZerosAreUnknown() throws {
    try workspace.write(
      "unique_id,ds,y\na,2024-01-13,1\na,2024-01-14,0\na,2024-01-17,4\n", to: "days.csv")
    let unknown = try workspace.run(["prepare", "days.csv", "--output", "panel"])
    expectSuccess(unknown)
    #expect(
      unknown.errors.contains(
        "2 days without a row, taken as unknown, since at least 5 % of the values are 0\n"
          + "2 days that are gaps\n"))
    #expect(unknown.errors.contains("\n--missing-days zero takes days without a row as 0.\n"))
    let zeros = try workspace.run([
      "prepare", "days.csv", "--output", "panel", "--missing-days", "zero",
    ])
    #expect(zeros.errors.contains("2 days without a row, taken as 0\n"))
    #expect(!zeros.errors.contains("--missing-days"))
  }

  /// One export in three, of which the last is compressed and repeats a line of the second.
  @Test func severalFilesAreOneTable() throws {
    let rows = Self.lines.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    func write(_ range: Range<Int>, _ name: String) throws {
      try workspace.write(([rows[0]] + rows[range]).joined(separator: "\n"), to: name)
    }
    try workspace.write(Self.lines, to: "whole.csv")
    try write(1..<3, "1.csv")
    try write(3..<6, "2.csv")
    try write(5..<8, "3.csv")
    let options = Self.columns + ["--doubled-lines", "set-aside-repeated-runs"]
    try expectSuccess(
      workspace.run(["prepare", "whole.csv", "--output", "whole"] + options))
    let outcome = try workspace.run(
      ["prepare", "1.csv", "2.csv", "3.csv", "--output", "parts", "--report", "r.json"] + options)
    expectSuccess(outcome)
    #expect(try workspace.data("parts") == workspace.data("whole"))
    #expect(
      outcome.errors.hasPrefix(
        """
        1.csv and 2 more:
        2 rows of 1.csv
        3 rows of 2.csv
        3 rows of 3.csv
        8 rows read
        7 rows kept: 6 sales, 1 return
        1 row set aside
          1 doubled: the same line appears in an earlier file, or before the time goes back (3.csv:2)

        """), "\(outcome.errors)")
    let report = try JSONDecoder().decode(Report.self, from: workspace.data("r.json"))
    #expect(report.parts.map(\.source) == ["1.csv", "2.csv", "3.csv"])
    #expect(report.parts.map(\.recordCount) == [2, 3, 3] && report.orders.rowsRead == 8)
  }

  /// What a German till exports: semicolons, decimal commas, Latin-1, days first, names of two lines.
  @Test func anExportOfAnotherForm() throws {
    let export =
      "Auftrag;Artikel;Bezeichnung;Menge;Datum;Preis\r\n"
      + "1;4711;\"Tasse \"\"Gr\u{FC}n\"\"; gro\u{DF}\r\nzweite Wahl\";2;05.02.2024 09:15;1234,50\r\n"
      + "2;4712;Kanne;-1;6.2.2024 10:00;12,90\r\n3;4711;Tasse;3,5;06.02.2024 18:30:05;2,50\r\n"
    try workspace.write(export.data(using: .isoLatin1)!, to: "export.csv")
    try workspace.write(
      """
      {"identity": "Artikel", "time": "Datum", "timeFormat": "day-first", "quantity": "Menge",
       "price": "Preis", "order": "Auftrag", "description": "Bezeichnung"}
      """, to: "export.json")
    let outcome = try workspace.run([
      "prepare", "export.csv", "--schema", "export.json", "--encoding", "latin-1", "--decimal-mark",
      "comma", "--output", "panel",
    ])
    expectSuccess(outcome)
    #expect(outcome.errors.contains("3 rows kept: 2 sales, 1 return\n"), "\(outcome.errors)")
    let panel = try #require(try inspect("panel").panel)
    #expect(panel.quality.units == 5.5 && panel.panel.start == "2024-02-05")
    let json = try workspace.run(["inspect", "export.csv", "--json", "--decimal-mark", "comma"])
    #expect(json.output.contains("\"firstLineNotUTF8\" : 2"), "\(json.output)")
    let text = try workspace.run(["inspect", "export.csv"])
    #expect(
      text.output.contains("Line 2 is not UTF-8: the encoding may be latin-1 or windows-1252."),
      "\(text.output)")
  }

  @Test func aLongTableInSeveralFiles() throws {
    try workspace.write(SalesTable().csv, to: "whole.csv")
    let rows = SalesTable().rows()
    let thirds = [rows[..<50], rows[50..<61], rows[61...]]
    for (index, third) in thirds.enumerated() {
      try workspace.write(SalesTable.csv(Array(third)), to: "\(index).csv")
    }
    try expectSuccess(workspace.run(["prepare", "whole.csv", "--output", "whole"]))
    try expectSuccess(
      workspace.run(["prepare", "0.csv", "1.csv", "2.csv", "--output", "parts"]))
    #expect(try workspace.data("parts") == workspace.data("whole"))
    try workspace.write(SalesTable.csv(Array(rows[40..<61])), to: "1.csv")
    try workspace.expectFailure(
      ["prepare", "0.csv", "1.csv", "2.csv", "--output", "none"],
      "1.csv:2: a second row for \"\(rows[40][0])\" on \(rows[40][1]), after 0.csv:42; sum the rows"
    )
  }

  @Test func aSchemaNamesCovariateTables() throws {
    try FileManager.default.createDirectory(
      at: workspace.directory.appending(path: "data"), withIntermediateDirectories: false)
    try workspace.write("id,store,d_1,d_2,d_3\na,N,1,2,3\nb,S,,4,5\n", to: "sales.csv")
    try workspace.write("store,day,price\nN,2024-02-01,2\nN,2024-02-05,3\n", to: "data/prices.csv")
    try workspace.write(
      """
      {"identity": "id", "steps": {"first": "d_1", "date": "2024-02-01"}, "levels": ["store"],
       "tables": [{"source": "prices.csv", "keys": ["store"], "time": "day",
         "covariates": [{"column": "price", "role": "known", "kind": "numeric"}]}]}
      """, to: "data/schema.json")
    let outcome = try workspace.run([
      "prepare", "sales.csv", "--schema", "data/schema.json", "--output", "panel.safetensors",
    ])
    expectSuccess(outcome)
    #expect(outcome.errors.contains("data/prices.csv: 2 rows read, 2 used, 0 set aside"))
    let price = try #require(try inspect("panel.safetensors").panel?.columns.last)
    #expect(price.name == "price" && price.role == "known" && price.futureSteps == 2)
    #expect(price.values == 9 && price.missing == 7)
  }

  @Test func aWideTableByOptionsIsTheLongTable() throws {
    try workspace.write("unique_id,d_3,d_4\na,1,2\nb,,4\n", to: "wide.csv")
    try workspace.write(
      "unique_id,ds,y\na,2024-02-03,1\na,2024-02-04,2\nb,2024-02-04,4\n", to: "long.csv")
    try expectSuccess(
      workspace.run(["prepare", "wide.csv", "--output", "a", "--steps", "d_3=2024-02-03"]))
    try expectSuccess(workspace.run(["prepare", "long.csv", "--output", "b"]))
    #expect(try workspace.data("a") == workspace.data("b"))
    try workspace.write("unique_id,2024-02-03,2024-02-04\na,1,2\nb,,4\n", to: "dates.csv")
    try expectSuccess(workspace.run(["prepare", "dates.csv", "--output", "c", "--steps", "dates"]))
    #expect(try workspace.data("c") == workspace.data("b"))
  }

  @Test func daysBecomeWeeks() throws {
    try workspace.write(SalesTable().csv, to: "sales.csv")
    try expectSuccess(
      workspace.run([
        "prepare", "sales.csv", "--output", "panel.safetensors", "--frequency", "week",
        "--week-start", "sunday", "--partial-periods", "keep",
      ]))
    let panel = try #require(try inspect("panel.safetensors").panel)
    #expect(panel.panel.frequency == "week from sunday" && panel.panel.start == "2024-01-28")
    let table = SalesTable()
    let units = table.ids.indices.reduce(0) { sum, series in
      sum + (0..<table.dayCount).reduce(0) { $0 + table.value(series, $1) }
    }
    #expect(panel.quality.units == Double(units))
  }

  /// A panel file is forecast as the table that it was made of is.
  @Test func aPanelFileIsForecast() throws {
    try workspace.write(SalesTable().csv, to: "sales.csv")
    try expectSuccess(workspace.run(SmallRun.arguments()))
    let forecasts = try workspace.data("out/forecasts.csv")
    try expectSuccess(
      workspace.run([
        "prepare", "sales.csv", "--output", "p.safetensors", "--closed-days", "keep",
        "--leading-zeros", "keep",
      ]))
    let options = Array(SmallRun.arguments().dropFirst(2))
    let outcome = try workspace.run(["forecast", "p.safetensors"] + options)
    expectSuccess(outcome)
    #expect(outcome.output.hasPrefix("3 series over 61 steps of a day, 2024-01-30 up to, but not"))
    #expect(try workspace.data("out/forecasts.csv") == forecasts)
    try workspace.expectFailure(
      ["forecast", "p.safetensors", "--separator", "tab"] + options,
      "--separator is for tables, but p.safetensors is a panel file.", isUsage: true)
  }

  @Test func theSameInputGivesTheSameBytes() throws {
    try workspace.write(Self.lines, to: "orders.csv")
    for name in ["a", "b"] {
      try expectSuccess(
        workspace.run(
          ["prepare", "orders.csv", "--output", name, "--report", name + ".json"] + Self.columns))
    }
    #expect(try workspace.data("a") == workspace.data("b"))
    #expect(try workspace.data("a.json") == workspace.data("b.json"))
  }

  private func inspect(_ file: String) throws -> InspectionReport {
    let outcome = try workspace.run(["inspect", file, "--json"])
    expectSuccess(outcome)
    return try JSONDecoder().decode(InspectionReport.self, from: Data(outcome.output.utf8))
  }

  /// What the report's file has, by its names and not by the library's types.
  private struct Report: Decodable {
    struct Orders: Decodable {
      struct SetAside: Decodable { let count: Int }
      struct Counts: Decodable { let cancellations, withoutCustomer: Int }
      let rowsRead, sales, returns: Int
      let setAside: [SetAside]
      let counts: Counts
    }
    struct Cleaning: Decodable {
      struct Total: Decodable { let unitsIn, unitsOut: Double }
      let total: Total
    }
    struct Extent: Decodable {
      let past: [String]
      let start, end: String
    }
    struct Part: Decodable {
      let source: String
      let recordCount: Int
    }
    let parts: [Part]
    let orders: Orders
    let cleaning: Cleaning
    let panel: Extent
  }
}

/// What `foresight inspect --json` prints, by its names and not by the library's types.
struct InspectionReport: Decodable {
  struct Table: Decodable {
    struct Column: Decodable {
      let name, type: String
      let missing, distinct: Int
    }
    struct Guess: Decodable { let kind, identity: String }
    let rowCount: Int
    let columns: [Column]
    let guess: Guess?
  }
  struct Panel: Decodable {
    struct Column: Decodable {
      let name, role: String
      let values, missing, futureSteps: Int
    }
    struct Extent: Decodable { let frequency, start: String }
    let columns: [Column]
    let quality: Quality
    let panel: Extent
  }
  struct Quality: Decodable {
    let seriesCount, gaps, zeros, negatives: Int
    let units: Double
  }
  struct Series: Decodable { let quality: Quality }
  struct Anomalies: Decodable {
    struct Anomaly: Decodable {
      let id, step: String
      let value, expected, lower, upper, score, probability: Double
    }
    let anomalies: [Anomaly]?
    let limit, expectedByChance: Double?
    let scoredCount: Int?
    let obstacle: String?
  }
  let table: Table?
  let panel: Panel?
  let series: Series?
  let obstacle: String?
  let anomalies: Anomalies?
}
