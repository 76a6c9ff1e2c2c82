import CSQLiteShim
import SalesData
import Foundation
import SQLSources
import TestSupport
import Testing

/// Every fault of an SQLite database, with the message that a person reads.
@Suite struct SQLiteFaultTests {
  @Test func filesThatAreNoDatabase() throws {
    let database = try ScratchDatabase()
    let directory = database.directory.path
    expectFault(.isDirectory, "\(directory): is a directory; name a file in it") {
      _ = try SQLiteSource(path: directory, .table("t"))
    }
    let text = directory + "/sales.csv"
    try Data("unique_id,ds,y\n".utf8).write(to: URL(filePath: text))
    expectFault(
      .database(.notADatabase),
      "\(text), table \"t\": is not an SQLite database, or is encrypted; check the path"
    ) { _ = try SQLiteSource(path: text, .table("t")) }
    let empty = directory + "/empty.sqlite"
    try Data().write(to: URL(filePath: empty))
    expectFault(
      .database(.noTable(name: "t", present: [])),
      "\(empty), table \"t\": no table \"t\"; there are no tables"
    ) { _ = try SQLiteSource(path: empty, .table("t")) }
  }

  @Test func aTableThatThereIsNot() throws {
    let database = try ScratchDatabase(
      "CREATE TABLE orders (a INTEGER PRIMARY KEY AUTOINCREMENT); CREATE VIEW sales AS SELECT 1")
    expectFault(
      .database(.noTable(name: "order", present: ["orders", "sales"])),
      "\(database.path), table \"order\": no table \"order\"; there are \"orders\", \"sales\"; "
        + "did you mean \"orders\"?"
    ) { _ = try SQLiteSource(path: database.path, .table("order")) }
    // A view that is there, of a table that is not.
    try database.execute("CREATE VIEW broken AS SELECT * FROM gone")
    expectFault(
      .database(.failed(reason: "no such table: main.gone", position: nil)),
      "\(database.path), table \"broken\": the query failed: no such table: main.gone"
    ) { _ = try SQLiteSource(path: database.path, .table("broken")) }
  }

  @Test(arguments: [
    ("SELECT 'é', a FORM orders", "near \"orders\": syntax error", 20),
    ("SELECT a, b FROM orders", "no such column: b", 11),
    ("SELECT a FROM sales", "no such table: sales", nil),
  ]) func aWrongQuery(sql: String, reason: String, position: Int?) throws {
    let database = try ScratchDatabase("CREATE TABLE orders (a)")
    // Older ones do not say where.
    let known = sqlite3_libversion_number() >= 3_038_000
    let position = known ? position : nil
    expectFault(
      .database(.failed(reason: reason, position: position)),
      "\(database.path), query: the query failed: \(reason)"
        + (position.map { " (character \($0) of the query)" } ?? "")
    ) { _ = try SQLiteSource(path: database.path, .query(sql)) }
  }

  @Test func aQueryThatFailsInTheMiddle() throws {
    let database = try ScratchDatabase("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2), ('[')")
    expectFault(
      .database(.failed(reason: "malformed JSON", position: nil)),
      "\(database.path), query, row 2: the query failed: malformed JSON"
    ) { _ = try rows(of: SQLiteSource(path: database.path, .query("SELECT json(a) FROM t"))) }
  }

  @Test(arguments: [
    "", " -- nothing", "BEGIN", "ATTACH 'other.sqlite' AS other",
  ])
  func aStatementThatAnswersNoTable(sql: String) throws {
    let database = try ScratchDatabase("CREATE TABLE t (a)")
    expectFault(
      .database(.noColumns),
      "\(database.path), query: the query returns no table; use one that does, such as a SELECT"
    ) { _ = try SQLiteSource(path: database.path, .query(sql)) }
  }

  @Test(arguments: ["SELECT 1; SELECT 2", "SELECT 1;; DROP TABLE t", "SELECT 1; x"])
  func severalStatements(sql: String) throws {
    let database = try ScratchDatabase("CREATE TABLE t (a)")
    expectFault(
      .database(.severalStatements),
      "\(database.path), query: there are several statements; give only one"
    ) { _ = try SQLiteSource(path: database.path, .query(sql)) }
  }

  @Test func aValueOfBytes() throws {
    let database = try ScratchDatabase(
      "CREATE TABLE t (sku, photo); INSERT INTO t VALUES ('tea', NULL), ('cup', x'FFD8')")
    expectFault(
      .database(.binaryValue),
      "\(database.path), table \"t\", row 2: column \"photo\": contains bytes that are not text; use "
        + "a query without this column"
    ) { _ = try rows(of: SQLiteSource(path: database.path, .table("t"))) }
  }

  @Test func aLockedDatabase() throws {
    let database = try ScratchDatabase("CREATE TABLE t (a); BEGIN EXCLUSIVE")
    expectFault(
      .database(.locked(seconds: 0.05)),
      "\(database.path), table \"t\": another program has locked it and did not release it within "
        + "0.05 s; try again later, or wait longer"
    ) { _ = try SQLiteSource(path: database.path, .table("t"), lockTimeout: .milliseconds(50)) }
    try database.execute("COMMIT")
    #expect(try rows(of: SQLiteSource(path: database.path, .table("t"))).isEmpty)
  }

  /// One who waits gets what the other then gives up.
  @Test func aDatabaseThatIsLockedForAWhile() throws {
    let database = try ScratchDatabase("CREATE TABLE t (a); BEGIN EXCLUSIVE")
    let path = database.path
    let reading = runThread {
      #expect(throws: Never.self) { _ = try SQLiteSource(path: path, .table("t")) }
    }
    Thread.sleep(forTimeInterval: 0.1)
    try database.execute("COMMIT")
    reading.wait()
  }

  static let tenThousand = """
    CREATE TABLE t (a, b); WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n \
    LIMIT 10000) INSERT INTO t SELECT i, 'a text of some length' FROM n
    """

  @Test func aDamagedDatabase() throws {
    let database = try ScratchDatabase(Self.tenThousand)
    database.close()
    // A page in the middle: the rows before it are there.
    try database.overwrite(from: 40 * 4096, with: Data(repeating: 0xA5, count: 4096))
    let error = #expect(throws: TableError.self) {
      _ = try rows(of: SQLiteSource(path: database.path, .table("t")))
    }
    #expect(
      error?.fault == .database(.corrupt(reason: "database disk image is malformed")))
    let row = try #require(error?.line)
    #expect(row > 1000 && row < 9000)
    #expect(
      error?.description
        == "\(database.path), table \"t\", row \(row): is damaged (database disk image is "
        + "malformed); restore it from a backup, or save the readable data with sqlite3's .recover")
  }

  @Test func aDatabaseCutShort() throws {
    let database = try ScratchDatabase(Self.tenThousand)
    database.close()
    try database.bytes().prefix(50 * 4096 + 17).write(to: URL(filePath: database.path))
    let error = #expect(throws: TableError.self) {
      _ = try rows(of: SQLiteSource(path: database.path, .table("t")))
    }
    #expect(error?.fault == .database(.corrupt(reason: "database disk image is malformed")))
  }

  /// Whatever the damage: rows, or one error.
  @Test func anyDamageIsAnError() throws {
    let database = try ScratchDatabase(Self.tenThousand)
    database.close()
    let whole = try database.bytes()
    var generator = SystemRandomNumberGenerator()
    var failures = 0
    for _ in 0..<100 {
      var bytes = whole
      let seed = UInt64.random(in: 0...UInt64.max, using: &generator)
      for shift in 0..<8 {
        // The header's page and the table's first pages, where the structure is densest.
        bytes[Int(seed >> (8 * shift) & 0xFFF) * (shift + 1) % bytes.count] ^= 1 << shift
      }
      try bytes.write(to: URL(filePath: database.path))
      do throws(TableError) {
        _ = try rows(of: SQLiteSource(path: database.path, .table("t")))
      } catch {
        failures += 1
        #expect(!error.description.contains("\n"), "seed \(seed)")
      }
    }
    #expect(failures > 0)
  }

  @Test func readersNameTheRow() throws {
    let database = try ScratchDatabase(
      """
      CREATE TABLE sales (unique_id, ds, y);
      INSERT INTO sales VALUES ('tea', '2024-01-01', 1), (NULL, '2024-01-02', 2);
      CREATE TABLE latin (unique_id, ds, y);
      INSERT INTO latin VALUES (CAST(x'636166E9' AS TEXT), '2024-01-01', 1);
      CREATE TABLE twice (unique_id, ds, y);
      INSERT INTO twice VALUES ('tea', '2024-01-01', 1), ('tea', '2024-01-01', 2);
      """)
    let sales = "\(database.path), table"
    let reader = LongTableReader()
    expectFault(
      .emptyIdentity,
      "\(sales) \"sales\", row 2: column \"unique_id\": is empty; every row needs the id of its series"
    ) { _ = try reader.read(SQLiteSource(path: database.path, .table("sales"))) }
    expectFault(
      .invalidUTF8,
      "\(sales) \"latin\", row 1: column \"unique_id\": is not UTF-8; correct it in the database"
    ) { _ = try reader.read(SQLiteSource(path: database.path, .table("latin"))) }
    expectFault(
      .duplicate(id: "tea", date: CalendarDate(year: 2024, month: 1, day: 1)!, firstLine: 1),
      "\(sales) \"twice\", row 2: a second row for \"tea\" on 2024-01-01, after row 1; sum the rows "
        + "of a series and date into one"
    ) { _ = try reader.read(SQLiteSource(path: database.path, .table("twice"))) }
    expectFault(
      .missingColumn(name: "ds", present: ["unique_id", "y"], suggestion: nil),
      "\(database.path), query: no column \"ds\"; there are \"unique_id\", \"y\"; specify the column "
        + "to use instead"
    ) {
      _ = try reader.read(
        SQLiteSource(path: database.path, .query("SELECT unique_id, y FROM sales")))
    }
    expectFault(
      .ambiguousColumn(name: "y"),
      "\(database.path), query: column \"y\" appears more than once; rename all but one with AS"
    ) {
      _ = try reader.read(SQLiteSource(path: database.path, .query("SELECT *, 2 AS y FROM sales")))
    }
    expectFault(.noRows, "\(database.path), query: has no rows") {
      _ = try reader.read(
        SQLiteSource(path: database.path, .query("SELECT * FROM sales WHERE y > 9")))
    }
  }

  /// A database in write-ahead mode whose latest changes are in its log only, in a directory that
  /// nobody may write to. Root may, so the process becomes another user.
  @Test func aLogInADirectoryThatCannotBeWritten() async {
    await #expect(processExitsWith: .success) {
      let writer = try ScratchDatabase("PRAGMA journal_mode = WAL; CREATE TABLE t (a)")
      let copy = try ScratchDatabase()
      copy.close()
      for suffix in ["", "-wal"] {
        try Data(contentsOf: URL(filePath: writer.path + suffix))
          .write(to: URL(filePath: copy.path + suffix))
      }
      chmod(copy.directory.path, 0o555)
      if getuid() == 0 { require(seteuid(getpwnam("nobody").pointee.pw_uid) == 0, "still root") }
      do throws(TableError) {
        _ = try SQLiteSource(path: copy.path, .table("t"))
        fatalError("no error")
      } catch {
        require(
          error.fault == .database(.unusableJournal(reason: "unable to open database file")),
          "\(error)")
        require(error.description.contains("to a writable directory"), "\(error)")
      }
      if getuid() == 0 { seteuid(0) }
      chmod(copy.directory.path, 0o755)
      withExtendedLifetime((writer, copy)) {}
    }
  }

  /// A journal that a crash left behind would have to be rolled back before anything is read.
  @Test func aJournalThatACrashLeft() throws {
    let writer = try ScratchDatabase(
      Self.tenThousand
        + "; PRAGMA cache_spill = 1; PRAGMA cache_size = 1; BEGIN; UPDATE t SET a = 0")
    let copy = try ScratchDatabase()
    copy.close()
    for suffix in ["", "-journal"] {
      try Data(contentsOf: URL(filePath: writer.path + suffix))
        .write(to: URL(filePath: copy.path + suffix))
    }
    let error = #expect(throws: TableError.self) {
      _ = try rows(of: SQLiteSource(path: copy.path, .table("t")))
    }
    #expect(
      error?.fault
        == .database(.unusableJournal(reason: "attempt to write a readonly database")))
    #expect(
      try Data(contentsOf: URL(filePath: copy.path)) == Data(contentsOf: URL(filePath: writer.path))
    )
  }
}
