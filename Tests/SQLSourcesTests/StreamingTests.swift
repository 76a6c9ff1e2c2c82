import SalesData
import Foundation
import SQLSources
import TestSupport
import Testing

/// A million rows pass through, and memory stays what it was after the first thousand. The peak of
/// memory belongs to the process, so each of these runs in a process of its own.
@Suite(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/status"), "no /proc"))
struct StreamingTests {
  @Test func rowsOfSQLite() async {
    await #expect(processExitsWith: .success) {
      let database = try ScratchDatabase(
        """
        CREATE TABLE t (id TEXT, day TEXT, y REAL);
        WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n LIMIT 1000000)
        INSERT INTO t SELECT 'item ' || i, '2024-01-01', i / 8.0 FROM n
        """)
      database.close()
      require(try database.bytes().count > 30 << 20, "the table is small")
      try expectSteadyMemory(SQLiteSource(path: database.path, .table("t")))
    }
  }

  @Test(.enabled(if: PostgreSQLServer.absence == nil, PostgreSQLServer.absence))
  func rowsOfPostgreSQL() async {
    await #expect(processExitsWith: .success) {
      let server = try PostgreSQLServer()
      try expectSteadyMemory(
        PostgreSQLSource(
          server.connectionString,
          .query(
            "SELECT 'item ' || i AS id, date '2024-01-01' AS day, i / 8.0::float8 AS y "
              + "FROM (SELECT generate_series(1, 1000000) AS i) AS n")))
      server.stop()
    }
  }
}

private func expectSteadyMemory(_ source: some RecordSource) throws {
  var record = Record()
  for _ in 0..<1000 { _ = try source.next(&record) }
  let before = peakMemory()
  while try source.next(&record) {}
  require(record.line == 1_000_000, "\(record.line) rows")
  let growth = peakMemory() - before
  require(growth < 2 << 20, "\(growth) bytes more for a million rows")
}

/// The most bytes that the process has had in memory.
private func peakMemory() -> Int {
  let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
  let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
  let kilobytes = line.flatMap { Int($0.split(whereSeparator: \.isWhitespace)[1]) }
  guard let kilobytes else { fatalError("no VmHWM in \(status)") }
  return kilobytes << 10
}
