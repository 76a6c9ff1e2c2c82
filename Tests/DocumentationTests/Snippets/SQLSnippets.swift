// The snippets are laid out as the comments that show them:
// swift-format-ignore-file

import Forecasting
import SQLSources

/// Compiled and not run: they read databases that are not there.
struct SQLSnippets {
  private func readingSQLite() throws -> (SQLiteSource, LongTable) {
    // begin
    let orders = try SQLiteSource(path: "shop.sqlite", .table("orders"))
    let sales = try SQLiteSource(
      path: "shop.sqlite",
      .query(
        """
        SELECT sku AS unique_id, date(sold_at, 'unixepoch') AS ds, sum(units) AS y
        FROM orders GROUP BY 1, 2
        """))
    let table = try LongTableReader().read(sales)
    // end
    return (orders, table)
  }

  private func readingPostgreSQL() throws -> DemandTable {
    // begin
    let orders = try PostgreSQLSource(
      "postgresql://reports@db.shop.example/shop", .table("orders", schema: "sales"))
    var schema = TableSchema(identity: "sku", time: "ordered_at")
    schema.quantity = "units"
    var demand = DemandAccumulator(.week())
    let book = try OrderLineReader(schema).read(orders) { demand.add($0) }
    // end
    return demand.table(book)
  }
}
