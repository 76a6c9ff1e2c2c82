import SalesData
import Testing
import TestSupport

/// Columns that say which rows are sales.
@Suite struct StatusColumnTests {
  struct Case: Sendable {
    let name: String
    let values: [String]
    let dropped: [String]?
  }

  static let cases = [
    Case(
      name: "Financial Status", values: ["paid", "refunded", "voided", "partially_refunded"],
      dropped: ["refunded", "voided"]),
    Case(
      name: "Order Status",
      values: ["wc-completed", "wc-cancelled", "wc-processing", "wc-on-hold"],
      dropped: ["wc-cancelled", "wc-on-hold"]),
    Case(
      name: "order-status", values: ["Shipped", "Cancelled", "Shipped - Returned to Seller"],
      dropped: ["Cancelled", "Shipped - Returned to Seller"]),
    Case(name: "Status", values: ["Paid", "Failed", "canceled"], dropped: ["Failed", "canceled"]),
    Case(
      name: "Bestellstatus", values: ["Bezahlt", "Storniert", "R\u{FC}ckerstattet", "Unbezahlt"],
      dropped: ["R\u{FC}ckerstattet", "Storniert", "Unbezahlt"]),
    Case(
      name: "\u{C9}tat", values: ["Pay\u{E9}e", "Annul\u{E9}e", "Exp\u{E9}di\u{E9}e"],
      dropped: ["Annul\u{E9}e"]),
    Case(
      name: "estado", values: ["pagado", "cancelado", "devuelto"],
      dropped: ["cancelado", "devuelto"]),
    Case(name: "outcome", values: ["paid", "void"], dropped: ["void"]),
    Case(name: "is_refunded", values: ["0", "1"], dropped: ["1"]),
    Case(name: "state", values: ["CA", "TX", "NY"], dropped: nil),
    Case(name: "color", values: ["red", "void"], dropped: nil),
  ]

  @Test(arguments: cases) func isFound(_ one: Case) throws {
    let rows = one.values.map { "2024-02-01,a,1,\($0)\n" }.joined()
    let columns = try profile("at,sku,units,\(one.name)\n" + rows).statusColumns
    guard let dropped = one.dropped else {
      #expect(columns == [])
      return
    }
    #expect(columns.map(\.column) == [one.name])
    #expect(columns.first?.filter == .drop(one.name, dropped))
  }

  @Test func aTimeOfCancellation() throws {
    let text = "at,sku,Cancelled at\n2024-02-01,a,\n2024-02-01,b,2024-02-02\n"
    let columns = try profile(text).statusColumns
    #expect(columns.map(\.filter) == [.keep("Cancelled at", [""])])
    #expect(try profile("at,Cancelled at\n2024-02-01,\n").statusColumns == [])
  }

  @Test func aSingleSeriesIsGuessed() throws {
    let guess = try #require(try profile("ds,y\n2024-02-01,3\n2024-02-02,4\n").guess)
    #expect(guess.identity == nil && guess.time == "ds" && guess.target == "y")
    #expect("\(guess)" == "a long table of one series: ds is the time, y is the value")
  }

  private func profile(_ text: String) throws -> TableProfile {
    try TableProfile(
      of: DelimitedRecordSource(MemoryByteSource(Array(text.utf8), name: "t.csv")))
  }
}
