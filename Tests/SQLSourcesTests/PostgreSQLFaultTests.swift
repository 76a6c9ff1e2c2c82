import SalesData
import Foundation
import SQLSources
import Testing

extension PostgreSQLTests {
  /// Every fault of a server's, with the message that a person reads.
  @Suite struct Faults {
    let server = PostgreSQLServer.shared.connectionString
    let name = "postgresql:///postgres"

    @Test func aTableThatThereIsNot() throws {
      let session = try PostgreSQLSession()
      try session.execute("CREATE DATABASE missing")
      let missing = server + " dbname=missing"
      try PostgreSQLSession(missing).execute(
        "CREATE TABLE orders (a int); CREATE SCHEMA shop; CREATE VIEW shop.sales AS SELECT 1 AS a")
      expectFault(
        .database(.noTable(name: "order", present: ["orders", "shop.sales"])),
        "postgresql:///missing, table \"order\": no table \"order\"; there are \"orders\", "
          + "\"shop.sales\"; did you mean \"orders\"?"
      ) { _ = try PostgreSQLSource(missing, .table("order")) }
      expectFault(
        .database(.noTable(name: "sale.orders", present: ["orders", "shop.sales"])),
        "postgresql:///missing, table \"sale.orders\": no table \"sale.orders\"; there are "
          + "\"orders\", \"shop.sales\""
      ) { _ = try PostgreSQLSource(missing, .table("orders", schema: "sale")) }
    }

    @Test(arguments: [
      ("SELECT 'é', a FORM orders", "syntax error at or near \"orders\"", 20),
      ("SELECT 1 WHERE b", "column \"b\" does not exist", 16),
      (
        "SELECT 1 AS a; DROP TABLE a", "cannot insert multiple commands into a prepared statement",
        nil
      ),
    ]) func aWrongQuery(sql: String, reason: String, position: Int?) {
      expectFault(
        .database(.failed(reason: reason, position: position)),
        "\(name), query: the query failed: \(reason)"
          + (position.map { " (character \($0) of the query)" } ?? "")
      ) { _ = try PostgreSQLSource(server, .query(sql)) }
    }

    @Test func aQueryThatFailsInTheMiddle() {
      expectFault(
        .database(.failed(reason: "division by zero", position: nil)),
        "\(name), query, row 4999: the query failed: division by zero"
      ) {
        _ = try rows(
          of: PostgreSQLSource(
            server,
            .query("SELECT 1 / (5000 - i) FROM (SELECT generate_series(1, 9000) AS i) AS n")))
      }
    }

    /// Rows read before the failure are the reader's; after it nothing comes.
    @Test func nothingIsWritten() throws {
      let session = try PostgreSQLSession()
      try session.execute(
        "CREATE TABLE kept (a serial); INSERT INTO kept VALUES (1); CREATE SEQUENCE numbers")
      for statement in [
        "INSERT INTO kept VALUES (2) RETURNING a", "UPDATE kept SET a = 3 RETURNING a",
        "WITH gone AS (DELETE FROM kept RETURNING a) SELECT a FROM gone",
        "SELECT nextval('numbers')", "SELECT a FROM kept FOR UPDATE",
      ] {
        expectFault(
          .database(.writes),
          "\(name), query: the query would change the database; only read-only queries are run"
        ) { _ = try rows(of: PostgreSQLSource(server, .query(statement))) }
      }
      for statement in [
        "DELETE FROM kept", "DROP TABLE kept", "COMMIT", "COPY kept TO PROGRAM 'false'", "",
        "SET TRANSACTION READ WRITE", "DO $$ BEGIN DELETE FROM kept; END $$",
      ] {
        expectFault(
          .database(.noColumns),
          "\(name), query: the query returns no table; use one that does, such as a SELECT"
        ) { _ = try PostgreSQLSource(server, .query(statement)) }
      }
      #expect(try session.execute("SELECT a FROM kept") == "1")
      #expect(try session.execute("SELECT is_called FROM numbers") == "f")
    }

    @Test func aColumnOfBytes() {
      expectFault(
        .database(.binaryValue),
        "\(name), query: column \"photo\": contains bytes that are not text; use a query without this "
          + "column"
      ) {
        _ = try PostgreSQLSource(server, .query("SELECT 'tea' AS sku, '\\xffd8'::bytea AS photo"))
      }
    }

    @Test func aLockedTable() throws {
      let session = try PostgreSQLSession()
      try session.execute("CREATE TABLE held (a int)")
      try session.execute("BEGIN; LOCK TABLE held")
      expectFault(
        .database(.locked(seconds: 0.05)),
        "\(name), table \"held\": another program has locked it and did not release it within 0.05 s; "
          + "try again later, or wait longer"
      ) { _ = try PostgreSQLSource(server, .table("held"), lockTimeout: .milliseconds(50)) }
      try session.execute("COMMIT")
      #expect(try rows(of: PostgreSQLSource(server, .table("held"))).isEmpty)
    }

    @Test func readersNameTheRow() throws {
      let session = try PostgreSQLSession()
      try session.execute("CREATE DATABASE bytes TEMPLATE template0 ENCODING 'SQL_ASCII'")
      let query = { (rows: String) in
        SQLSelection.query("SELECT * FROM (VALUES \(rows)) AS v (unique_id, ds, y)")
      }
      let reader = LongTableReader()
      expectFault(
        .emptyIdentity,
        "\(name), query, row 2: column \"unique_id\": is empty; every row needs the id of its series"
      ) {
        _ = try reader.read(
          PostgreSQLSource(server, query("('tea', '2024-01-01', 1), (NULL, '2024-01-02', 2)")))
      }
      // A database that says of its text nothing but that it is bytes.
      expectFault(
        .database(
          .failed(reason: "invalid byte sequence for encoding \"UTF8\": 0xe9", position: nil)),
        "postgresql:///bytes, query, row 1: the query failed: invalid byte sequence for encoding "
          + "\"UTF8\": 0xe9"
      ) {
        _ = try reader.read(
          PostgreSQLSource(
            server + " dbname=bytes",
            query("('tea', '2024-01-01', 1), ('caf' || chr(233), '2024-01-01', 1)")))
      }
      expectFault(
        .ambiguousColumn(name: "y"),
        "\(name), query: column \"y\" appears more than once; rename all but one with AS"
      ) {
        _ = try reader.read(
          PostgreSQLSource(server, .query("SELECT 1 AS unique_id, 2 AS ds, 3 AS y, 4 AS y")))
      }
      expectFault(.noRows, "\(name), query: has no rows") {
        _ = try reader.read(
          PostgreSQLSource(
            server, .query("SELECT 1 AS unique_id, 2 AS ds, 3 AS y WHERE false")))
      }
    }

    @Test func noWayIn() throws {
      let session = try PostgreSQLSession()
      try session.execute(
        "CREATE ROLE reader LOGIN PASSWORD 'right secret'; CREATE TABLE t (a int)")
      try session.execute("GRANT SELECT ON t TO reader")
      let reader = server + " user=reader"
      #expect(
        try rows(of: PostgreSQLSource(reader + " password='right secret'", .table("t"))).isEmpty)
      let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
      defer { try? FileManager.default.removeItem(at: file) }
      try Data("*:*:*:reader:right secret".utf8).write(to: file)
      chmod(file.path, 0o600)
      #expect(
        try rows(of: PostgreSQLSource(reader + " passfile=\(file.path)", .table("t"))).isEmpty)
      expectFault(
        .database(.passwordNeeded),
        "\(name): cannot connect: the server requires a password; set it in the variable PGPASSWORD "
          + "or in ~/.pgpass"
      ) { _ = try PostgreSQLSource(reader + " passfile=/nonexistent", .table("t")) }
      let error = #expect(throws: TableError.self) {
        try PostgreSQLSource(reader + " password='wrong secret'", .table("t"))
      }
      let description = try #require(error?.description)
      #expect(description.hasPrefix("\(name): cannot connect: connection to server on socket \""))
      #expect(description.hasSuffix("FATAL:  password authentication failed for user \"reader\""))
      #expect(!description.contains("secret"))
      let unknown = #expect(throws: TableError.self) {
        try PostgreSQLSource(server + " dbname=nothing", .table("t"))
      }
      #expect(unknown?.file == "postgresql:///nothing")
      #expect(unknown?.description.hasSuffix("FATAL:  database \"nothing\" does not exist") == true)
    }

    /// A table that a user may not read.
    @Test func aTableOfSomebodyElse() throws {
      let session = try PostgreSQLSession()
      try session.execute("CREATE ROLE guest LOGIN; CREATE TABLE private (a int)")
      expectFault(
        .database(.failed(reason: "permission denied for table private", position: nil)),
        "\(name), table \"private\": the query failed: permission denied for table private"
      ) { _ = try rows(of: PostgreSQLSource(server + " user=guest", .table("private"))) }
    }

    @Test func aServerThatGoesAway() throws {
      let server = try PostgreSQLServer()
      let source = try PostgreSQLSource(
        server.connectionString, .query("SELECT generate_series(1, 100000000) AS i"))
      var record = Record()
      for _ in 0..<1000 { #expect(try source.next(&record)) }
      server.stop()
      let error = #expect(throws: TableError.self) { while try source.next(&record) {} }
      let row = try #require(error?.line)
      // What had arrived is still read.
      #expect(row >= 1000 && row < 10_000_000 && row == record.line)
      guard case .database(.connectionLost(let reason)) = error?.fault else {
        Issue.record("\(String(describing: error))")
        return
      }
      #expect(
        error?.description == "\(name), query, row \(row): the connection to the server was lost "
          + "here: \(reason); read again")
      #expect(reason.contains("terminat") && !reason.contains("\n"), "\(reason)")
      #expect(try !source.next(&record))
    }

    @Test func aSessionThatIsEnded() throws {
      let source = try PostgreSQLSource(
        server + " application_name=victim", .query("SELECT generate_series(1, 100000000) AS i"))
      var record = Record()
      #expect(try source.next(&record))
      try PostgreSQLSession().execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'victim'")
      let error = #expect(throws: TableError.self) { while try source.next(&record) {} }
      // Whether the server's last words arrive depends on what stands before them in the line.
      let reasons = [
        "terminating connection due to administrator command",
        "server closed the connection unexpectedly. This probably means the server terminated "
          + "abnormally before or while processing the request",
      ]
      #expect(
        reasons.contains { error?.fault == .database(.connectionLost(reason: $0)) }, "\(error!)")
      #expect(error?.line == record.line)
    }
  }
}
