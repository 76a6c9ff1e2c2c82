import Foundation
import SalesData
import Testing
import TestSupport

@Suite struct DataSchemaTests {
  @Test func readsAWideTableWithCovariateTables() throws {
    let schema = try schema(
      """
      {"identity": "id", "steps": {"first": "d_1495", "date": "2015-03-03"},
       "levels": ["item_id", "store_id"],
       "tables": [
         {"source": "calendar.csv", "time": "date", "timeFormat": "day-first",
          "covariates": [{"column": "event", "role": "known", "kind": "categorical"}]},
         {"source": "prices.csv.gz", "keys": ["store_id", {"column": "sku", "covariate": "item_id"}],
          "format": {"separator": "semicolon", "decimalMark": "comma"},
          "period": {"column": "week", "source": "weeks.csv", "label": "wm_yr_wk", "date": "day"},
          "covariates": [{"column": "price", "role": "known", "kind": "numeric"}]},
         {"source": "items.csv", "identity": ["item", "store"], "identitySeparator": "_",
          "covariates": [{"column": "weight", "role": "static", "kind": "numeric"}]}
       ]}
      """)
    var wide = WideSchema(
      identity: ["id"], steps: .numbered(prefix: "d_", first: 1495),
      start: CalendarDate(year: 2015, month: 3, day: 3))
    wide.levels = ["item_id", "store_id"]
    var expected = DataSchema(.wide(wide))
    var calendar = CovariateTable(
      "calendar.csv", columns: [CovariateColumn("event", role: .known, kind: .categorical)])
    calendar.time = "date"
    calendar.timeFormat = .dayMonthYear
    var prices = CovariateTable(
      "prices.csv.gz", columns: [CovariateColumn("price", role: .known, kind: .numeric)])
    prices.series = .columns([.init("store_id"), .init("sku", covariate: "item_id")])
    prices.format = DelimitedFormat(separator: .semicolon, decimalMark: .comma)
    prices.time = "week"
    prices.periods = .init("weeks.csv", label: "wm_yr_wk", date: "day")
    var items = CovariateTable(
      "items.csv", columns: [CovariateColumn("weight", role: .static, kind: .numeric)])
    items.series = .identity(["item", "store"], separator: "_")
    expected.tables = [calendar, prices, items]
    #expect(schema == expected)
  }

  @Test func readsOrderLinesWithRules() throws {
    let schema = try schema(
      """
      {"identity": "sku", "time": "at", "quantity": "units",
       "rules": {"cancellations": ["C*"], "negativeQuantities": "setAside",
                 "exclusions": [{"reason": "postage", "items": ["POST"]}]}}
      """)
    var table = TableSchema(identity: "sku", time: "at")
    table.quantity = "units"
    var rules = OrderRules()
    rules.cancellations = ["C*"]
    rules.negativeQuantities = .setAside
    rules.exclusions = [.init("postage", items: "POST")]
    #expect(schema == DataSchema(.orders(table, rules)))
    table = .longTable
    table.allowsSingleSeries = false
    #expect(
      try self.schema(#"{"identity": "unique_id", "time": "ds", "target": "y"}"#)
        == DataSchema(.long(table)))
    #expect(
      try self.schema(#"{"identity": "id", "steps": "month-first"}"#)
        == DataSchema(.wide(WideSchema(identity: ["id"], steps: .dates(.monthDayYear)))))
  }

  /// The properties of one covariate table, beside its source and its column of the role `known`.
  @Test(arguments: [
    (
      #""time": "a", "keyz": ["b"]"#,
      #""tables.[0]": there is no property "keyz"; did you mean "keys"?"#
    ),
    (#""keys": ["b"]"#, "expected a column of time, since \"x\" is known"),
    ("", "expected a series or time column"),
    (#""time": "a", "keys": []"#, "expected at least one column of the series' key"),
    (
      #""time": "a", "keys": ["b"], "identity": "c""#,
      #"keys": cannot be combined with "identity""#
    ),
    (
      #""time": "a", "period": {"column": "w", "source": "s", "date": "d"}"#,
      #"cannot be combined with "time""#
    ),
    (#""period": {"column": "w", "source": "s"}"#, #"the property "date" is missing"#),
    (#""time": "a", "format": {"separator": "pipe"}"#, #""tables.[0].format.separator""#),
  ])
  func saysWhatIsWrongWithACovariateTable(_ properties: String, _ reason: String) {
    let table =
      #"{"source": "t.csv", "covariates": [{"column": "x", "role": "known", "kind": "numeric"}]"#
      + (properties.isEmpty ? "" : ", ") + properties + "}"
    expectFault(#"{"identity": "id", "time": "ds", "target": "y", "tables": [\#(table)]}"#, reason)
  }

  @Test(arguments: [
    (
      #"{"identity": "a", "steps": {"first": "day", "date": "2015-03-03"}}"#,
      "must end in a number"
    ),
    (
      #"{"identity": "a", "steps": {"first": "d_1", "date": "3.3.2015"}}"#,
      "expected a date such as"
    ),
    (#"{"identity": "a", "steps": {"first": "d_1"}}"#, #"the property "date" is missing"#),
    (#"{"identity": "a", "steps": "iso", "time": "ds"}"#, #"there is no property "time""#),
    (#"{"identity": "a", "time": "b", "target": "y", "rules": {}}"#, "apply to order lines"),
    (#"{"identity": "a", "time": "b", "quantity": "q", "target": "y"}"#, "cannot be combined"),
    (
      #"{"identity": "a", "time": "b", "target": "y", "customer": "c"}"#,
      #""customer" applies to order lines, but the schema names no quantity column"#
    ),
    (
      #"{"identity": "a", "time": "b", "target": "y", "timeZone": "UTC"}"#,
      #""timeZone" applies to order lines"#
    ),
    (
      #"""
      {"identity": "a", "time": "b", "quantity": "q", "covariates": [
        {"column": "c", "role": "static", "kind": "categorical"}]}
      """#,
      #"static categories of their identity as covariates, and "c" is not one; declare it in a table in "tables""#
    ),
    (
      #"""
      {"identity": "a", "time": "b", "quantity": "q", "covariates": [
        {"column": "a", "role": "known", "kind": "categorical"}]}
      """#, #"as covariates, and "a" is not one"#
    ),
    ("{\"identity\": \"a\",\n \"time\": 'b'}", "The given data was not valid JSON: line 2, "),
    (#"{"identity": "a""#, "The given data was not valid JSON: "),
    ("[]", "is not a valid table schema: it has a value of the wrong type"),
    (
      #"{"identity": "a", "time": "b", "quantity": "q", "rules": {"doubled": "keep"}}"#,
      #""rules": there is no property "doubled""#
    ),
  ])
  func saysWhatIsWrongWithASchema(json: String, reason: String) { expectFault(json, reason) }

  private func expectFault(
    _ json: String, _ reason: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let error = #expect(throws: TableError.self, sourceLocation: sourceLocation) {
      try schema(json)
    }
    #expect(
      error?.description.contains(reason) == true, "\(error?.description ?? "")",
      sourceLocation: sourceLocation)
  }

  private func schema(_ json: String) throws -> DataSchema {
    let directory = try TemporaryDirectory()
    try Data(json.utf8).write(to: directory.url.appending(path: "schema.json"))
    return try DataSchema(contentsOf: directory.path("schema.json"))
  }
}
