// The snippets are laid out as the comments that show them:
// swift-format-ignore-file

import Segments

/// Compiled and not run: they read files that are not there.
struct SegmentSnippets {
  private func readingAHistory() throws -> PurchaseHistory {
    // begin
    var schema = TableSchema(identity: "sku", time: "ordered_at")
    schema.quantity = "units"
    schema.amount = "paid"
    schema.customer = "customer"
    schema.discounts = ["discount"]
    let reader = SegmentHistoryReader(
      OrderLineReader(schema), segment: SegmentDefinition([("age", ["19-24"])]))
    let sources = try SegmentSources(
      customers: DelimitedRecordSource(path: "customers.csv"),
      products: DelimitedRecordSource(path: "products.csv"))
    let history = try reader.read(DelimitedRecordSource(path: "orders.csv"), sources)
    // end
    return history
  }

  private func analyzing(_ history: PurchaseHistory) throws {
    // begin
    let report = try SegmentAnalysis().report(on: history)
    for lever in report.levers {
      print(lever.lever.name, lever.members.value, lever.members.interval)
    }
    report.warnings.forEach { print($0) }
    // end
  }
}
