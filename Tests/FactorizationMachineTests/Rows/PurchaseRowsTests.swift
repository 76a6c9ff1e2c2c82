import FactorizationMachines
import TestSupport
import Testing

@Suite struct PurchaseRowsTests {
  private static let orders = """
    customer,sku,day,units
    anna,tea,2024-01-01,2
    anna,tea,2024-01-02,1
    anna,milk,2024-01-02,1
    ben,milk,2024-01-03,1
    ,tea,2024-01-03,1
    ben,cake,2024-01-04,-1
    cleo,cake,2024-01-05,3
    """

  private static var reader: OrderLineReader {
    var schema = TableSchema(identity: "sku", time: "day")
    schema.quantity = "units"
    schema.customer = "customer"
    return OrderLineReader(schema)
  }

  private static func source() throws(TableError) -> DelimitedRecordSource {
    try DelimitedRecordSource(MemoryByteSource(Array(orders.utf8), name: "orders.csv"))
  }

  @Test func pairsOfOrderLines() throws {
    var purchases = PurchaseRows(negatives: 2)
    let report = try purchases.read(Self.source(), Self.reader)
    #expect(report.rowsKept == 7)
    var generator = Xoshiro256(seed: 1)
    let data = purchases.rows(using: &generator)
    #expect(data.labels.count { $0 == 1 } == 4)
    #expect(data.count == 12)
    let features = purchases.index.features
    var bought: Set<String> = []
    for row in 0..<data.count {
      let names = data.rows[row].map { features[Int($0.column)].category }
      #expect(data.rows[row].map(\.field) == [0, 1] || data.rows[row].map(\.field) == [1, 0])
      let pair = names.sorted().joined(separator: " ")
      if data.labels[row] == 1 { bought.insert(pair) } else { #expect(!bought.contains(pair)) }
    }
    #expect(bought == ["anna tea", "anna milk", "ben milk", "cake cleo"])
  }

  @Test func customersAreNeeded() throws {
    var reader = Self.reader
    reader.schema.customer = nil
    var purchases = PurchaseRows()
    #expect {
      try purchases.read(Self.source(), reader)
    } throws: { "\($0)".contains("customer") }
  }

  @Test func featuresHaveColumns() {
    var index = FeatureIndex(fields: ["customer", "item"])
    #expect(index.entry("item", "tea") == .init(column: 0, field: 1))
    #expect(index.entry("customer", "tea", value: 0.5) == .init(column: 1, value: 0.5, field: 0))
    #expect(index.addColumn("item", "tea") == 0)
    #expect(index.column("item", "milk") == nil)
    #expect(index.columnCount == 2)
  }
}
