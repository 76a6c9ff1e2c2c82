import Foundation
import SalesData
import SalesTestSupport
import Testing

@Suite struct TableSchemaTests {
  @Test func readsASchemaFromAFile() throws {
    let schema = try schema(
      """
      {"identity": ["item_id", "store_id"], "identitySeparator": "_", "time": "date",
       "timeFormat": "day-first", "timeZone": "Europe/Berlin", "calendarTimeZone": "UTC",
       "target": "sales", "quantity": "q", "price": "p", "amount": "a", "order": "o", "customer": "c",
       "discount": ["e", "f"], "coupon": "g", "description": "d", "covariates": [{"column": "x", "role": "known", "kind": "numeric"}]}
      """)
    var expected = TableSchema(identity: ["item_id", "store_id"], time: "date")
    expected.identitySeparator = "_"
    expected.timeFormat = .dayMonthYear
    expected.timeZone = "Europe/Berlin"
    expected.calendarTimeZone = "UTC"
    expected.target = "sales"
    expected.quantity = "q"
    expected.price = "p"
    expected.amount = "a"
    expected.order = "o"
    expected.customer = "c"
    expected.discounts = ["e", "f"]
    expected.coupons = ["g"]
    expected.description = "d"
    expected.covariates = [CovariateColumn("x", role: .known, kind: .numeric)]
    #expect(schema == expected)
    expected = .longTable
    expected.allowsSingleSeries = false
    #expect(
      try self.schema(#"{"identity": "unique_id", "time": "ds", "target": "y"}"#) == expected)
    expected.identity = []
    #expect(try self.schema(#"{"time": "ds", "target": "y"}"#) == expected)
  }

  @Test(arguments: [
    (
      #"{"identity": "a", "time": "b", "quanttity": "c"}"#,
      "there is no property \"quanttity\"; did you mean \"quantity\"?"
    ),
    (#"{"identity": "a", "time": "b", "zone": "c"}"#, "there is no property \"zone\""),
    (
      #"{"identity": "a", "time": "b", "timeFormat": "d.m.y"}"#,
      "\"timeFormat\": \"d.m.y\" is not one of \"auto\", \"iso\", \"year-first\", \"day-first\", "
    ),
    (
      #"{"identity": "a", "time": "b", "covariates": [{"column": "c", "role": "x", "kind": "numeric"}]}"#,
      "\"covariates.[0].role\": \"x\" is not one of \"static\", \"past\", \"known\""
    ),
    (#"{"identity": "a"}"#, "the property \"time\" is missing"),
    (#"{"identity": [], "time": "b"}"#, "\"identity\": contains no column names"),
    (#"{"identity": 3, "time": "b"}"#, "\"identity\" has a value of the wrong type"),
    (#"{"identity": "a", "time": "b", "price": 3}"#, "\"price\" has a value of the wrong type"),
    (#"{"identity": "a", "time": "b", "timeFormat": "us"}"#, "\"timeFormat\""),
    (
      #"{"identity": "a", "time": "b", "covariates": [{"column": "x", "role": "future"}]}"#,
      "\"covariates.[0].role\""
    ),
    ("identity: a", "The given data was not valid JSON"), ("", ""),
  ])
  func saysWhatIsWrongWithASchema(json: String, reason: String) {
    let error = #expect(throws: TableError.self) { try schema(json) }
    let expected = "is not a valid table schema: \(reason)"
    #expect(error?.description.contains(expected) == true, "\(error!)")
  }

  @Test func namesTheColumnThatATableLacks() {
    let long = #expect(throws: TableError.self) {
      try readTable("unique_id,ds,y\na,2024-01-01,1\n") { $0.schema.target = nil }
    }
    #expect(
      long?.description
        == "sales.csv:1: the schema names no column for \"target\", which long tables need")
    let orders = #expect(throws: TableError.self) {
      try OrderLineReader(.longTable).read(
        MemoryByteSource(Array("unique_id,ds\n".utf8), name: "o.csv")
      ) { _ in }
    }
    #expect(
      orders?.description
        == "o.csv:1: the schema names no column for \"quantity\", which order lines need")
  }

  @Test func rulesOfOrdersAreAFileToo() throws {
    let json = try JSONEncoder().encode(OrderRules.onlineRetail)
    #expect(try JSONDecoder().decode(OrderRules.self, from: json) == .onlineRetail)
  }

  private func schema(_ json: String) throws -> TableSchema {
    let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).json")
    try Data(json.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try TableSchema(contentsOf: file.path())
  }
}
