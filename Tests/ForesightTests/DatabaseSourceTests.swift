import CSQLiteShim
import Foundation
import Testing

/// Databases in place of files: the rows of a table, or of a query.
@Suite(.timeLimit(.minutes(30))) struct DatabaseSourceTests {
  private let workspace: Workspace

  init() throws {
    workspace = try Workspace()
    var handle: OpaquePointer?
    let path = workspace.directory.appending(path: "shop.db").path
    try #require(sqlite3_open(path, &handle) == SQLITE_OK)
    defer { sqlite3_close(handle) }
    let sql = """
      CREATE TABLE orders (sku TEXT, sold_at TEXT, units INTEGER);
      INSERT INTO orders VALUES ('tea', '2024-01-01 09:00', 2), ('tea', '2024-01-01 17:00', 3),
        ('cup', '2024-01-03 10:00', 1), ('tea', '2024-01-03 11:00', 4);
      CREATE VIEW days AS SELECT sku AS unique_id, date(sold_at) AS ds, sum(units) AS y
        FROM orders GROUP BY 1, 2;
      """
    try #require(sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK)
  }

  @Test(arguments: [
    "sqlite:shop.db#days",
    "sqlite:shop.db#SELECT sku AS unique_id, date(sold_at) AS ds, units AS y FROM orders "
      + "WHERE sold_at > '2024-01-01 12' ORDER BY sold_at",
  ])
  func aTableOrAQueryIsALongTable(source: String) throws {
    let run = try workspace.run(["prepare", source, "--output", "panel.safetensors"])
    #expect(run.status == 0, "\(run.errors)")
    let look = try workspace.run(["inspect", "panel.safetensors"])
    #expect(look.output.contains("2 series"), "\(look.output)")
  }

  @Test func orderLinesComeFromATable() throws {
    let run = try workspace.run([
      "prepare", "sqlite:shop.db#orders", "--id-column", "sku", "--time-column", "sold_at",
      "--quantity-column", "units", "--output", "panel.safetensors",
    ])
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.errors.contains("4 rows kept: 4 sales, 0 returns"), "\(run.errors)")
  }

  @Test(arguments: [
    (
      "sqlite:shop.db",
      "shop.db, table \"\": no table \"\"; there are \"days\", \"orders\""
    ),
    ("sqlite:shop.db#order", "no table \"order\"; there are \"days\", \"orders\""),
    ("sqlite:none.db#orders", "none.db: no such file; check the path"),
    ("sqlite:shop.db#SELECT colour FROM orders", "no such column: colour"),
    (
      "postgresql://reports@localhost/shop",
      "it names no table after a #, as postgresql://…/shop#orders does"
    ),
  ])
  func whatIsWrongIsSaid(source: String, message: String) throws {
    let before = try workspace.contents()
    let run = try workspace.run(["prepare", source, "--output", "panel.safetensors"])
    #expect(run.status == 1)
    #expect(run.errors.contains(message), "\(run.errors)")
    #expect(try workspace.contents() == before)
  }
}
