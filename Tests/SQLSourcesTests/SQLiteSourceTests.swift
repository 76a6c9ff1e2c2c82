import Foundation
import SQLSources
import SalesData
import Testing

@Suite struct SQLiteSourceTests {
  @Test func fieldsAreWhatTheValuesRead() throws {
    let database = try ScratchDatabase(
      """
      CREATE TABLE v (a, b, c);
      INSERT INTO v VALUES (1, 9223372036854775807, -9223372036854775807 - 1);
      INSERT INTO v VALUES (0.1 + 0.2, 3.0, 1e-7), (1e300, -0.0, 9e999);
      INSERT INTO v VALUES (NULL, '', ' tea, "green" '), ('Grüße', char(0x1F375), 'two
      lines');
      """)
    let source = try SQLiteSource(path: database.path, .table("v"))
    #expect(source.columns == ["a", "b", "c"])
    #expect(source.name == "\(database.path), table \"v\"")
    let read = try rows(of: source)
    #expect(
      read == [
        ["1", "9223372036854775807", "-9223372036854775808"],
        ["0.30000000000000004", "3.0", "1e-07"], ["1e+300", "-0.0", "inf"],
        ["", "", " tea, \"green\" "], ["Grüße", "🍵", "two\nlines"],
      ])
    #expect(Double(read[1][0]) == 0.1 + 0.2)
    // Not anew from the start.
    #expect(try rows(of: source).isEmpty)
  }

  @Test func namesAreTakenAsTheyAre() throws {
    let database = try ScratchDatabase(
      """
      CREATE TABLE "Order ""lines"" 2024; --" ("unit price", "select");
      INSERT INTO "Order ""lines"" 2024; --" VALUES (3, 4);
      CREATE VIEW halves AS SELECT "unit price" / 2.0 AS half FROM "Order ""lines"" 2024; --";
      """)
    let source = try SQLiteSource(
      path: database.path, .table("Order \"lines\" 2024; --", schema: "main"))
    #expect(source.columns == ["unit price", "select"])
    #expect(source.name == "\(database.path), table \"main.Order \\\"lines\\\" 2024; --\"")
    #expect(try rows(of: source) == [["3", "4"]])
    #expect(try rows(of: SQLiteSource(path: database.path, .table("HALVES"))) == [["1.5"]])
  }

  @Test func queriesAreRead() throws {
    let database = try ScratchDatabase(
      """
      CREATE TABLE orders (sku TEXT, at INTEGER, units INTEGER);
      INSERT INTO orders VALUES ('tea', 1704067200, 2), ('tea', 1704070800, 3), ('cup', 1704153600, 1);
      """)
    let source = try SQLiteSource(
      path: database.path,
      .query(
        """
        WITH days AS (SELECT sku, date(at, 'unixepoch') AS ds, units FROM orders) -- by day
        SELECT sku AS unique_id, ds, sum(units) AS y FROM days GROUP BY 1, 2 ORDER BY 1 DESC; ; -- end
        """))
    #expect(source.name == "\(database.path), query")
    let panel = try LongTableReader().read(source).panel
    #expect(panel.ids == ["cup", "tea"])
    #expect(Array(panel.series(at: 0).values) == [1])
    #expect(Array(panel.series(at: 1).values) == [5, 0])
    #expect(
      try rows(of: SQLiteSource(path: database.path, .query("VALUES (1, 'a'), (2, 'b')")))
        == [["1", "a"], ["2", "b"]])
    #expect(
      try SQLiteSource(path: database.path, .query("PRAGMA table_info(orders)")).columns.count == 6)
  }

  @Test func nothingIsWritten() throws {
    let database = try ScratchDatabase("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)")
    database.close()
    let before = try database.bytes()
    _ = try rows(of: SQLiteSource(path: database.path, .query("SELECT a FROM t ORDER BY a DESC")))
    for statement in [
      "DELETE FROM t RETURNING a", "INSERT INTO t VALUES (3)", "DROP TABLE t", "CREATE TABLE u (a)",
      "UPDATE t SET a = 4", "PRAGMA user_version = 7", "VACUUM INTO 'x'",
    ] {
      expectFault(
        .database(.writes),
        "\(database.path), query: the query would change the database; only read-only queries are run"
      ) { _ = try SQLiteSource(path: database.path, .query(statement)) }
    }
    #expect(try database.bytes() == before)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: database.directory.path)
        == ["shop.sqlite"])
  }

  @Test func whatOthersHaveCommittedIsRead() throws {
    let database = try ScratchDatabase("PRAGMA journal_mode = WAL; CREATE TABLE t (a)")
    try database.execute("INSERT INTO t VALUES (1)")
    let source = try SQLiteSource(path: database.path, .table("t"))
    #expect(try rows(of: source) == [["1"]])
    try database.execute("INSERT INTO t VALUES (2)")
    #expect(try rows(of: SQLiteSource(path: database.path, .table("t"))) == [["1"], ["2"]])
  }

  /// A source that has been read, or is read no more, keeps no writer waiting.
  @Test func locksAreGivenUp() throws {
    let database = try ScratchDatabase("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)")
    let read = try SQLiteSource(path: database.path, .table("t"))
    _ = try rows(of: read)
    try database.execute("INSERT INTO t VALUES (3)")
    do {
      var record = Record()
      let begun = try SQLiteSource(path: database.path, .table("t"))
      #expect(try begun.next(&record))
    }
    try database.execute("INSERT INTO t VALUES (4)")
    #expect(try rows(of: SQLiteSource(path: database.path, .table("t"))).count == 4)
    withExtendedLifetime(read) {}
  }

  @Test func pathsAreNoURIs() throws {
    let database = try ScratchDatabase("CREATE TABLE t (a)")
    for path in [":memory:", "", "file:\(database.path)"] {
      expectFault(.noSuchFile, "\(path): no such file; check the path") {
        _ = try SQLiteSource(path: path, .table("t"))
      }
    }
  }

  /// A table in UTF-16 is read as any other.
  @Test func textOfAnotherEncodingBecomesUTF8() throws {
    let database = try ScratchDatabase(
      "PRAGMA encoding = 'UTF-16le'; CREATE TABLE t (a); INSERT INTO t VALUES ('Grüße')")
    #expect(try rows(of: SQLiteSource(path: database.path, .table("t"))) == [["Grüße"]])
  }
}
