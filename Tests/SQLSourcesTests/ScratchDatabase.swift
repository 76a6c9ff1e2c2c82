import CSQLiteShim
import Foundation
import Testing

/// An SQLite database in a directory of its own, written through SQLite's own functions.
final class ScratchDatabase {
  let directory: URL
  let path: String
  private var handle: OpaquePointer?

  init(_ sql: String = "") throws {
    directory = FileManager.default.temporaryDirectory.appending(path: "foresight-\(UUID())")
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    path = directory.appending(path: "shop.sqlite").path
    try #require(sqlite3_open(path, &handle) == SQLITE_OK)
    try execute(sql)
  }

  deinit {
    close()
    try? FileManager.default.removeItem(at: directory)
  }

  func execute(_ sql: String) throws {
    let status = sqlite3_exec(handle, sql, nil, nil, nil)
    try #require(status == SQLITE_OK, "\(String(cString: sqlite3_errmsg(handle)))")
  }

  /// Fills a table with rows of text, of which an empty one is NULL; columns convert it to their
  /// types.
  func insert(_ rows: some Sequence<[String]>, into table: String, columnCount: Int) throws {
    let places = Array(repeating: "NULLIF(?, '')", count: columnCount).joined(separator: ", ")
    var statement: OpaquePointer?
    let sql = "INSERT INTO \(table) VALUES (\(places))"
    try #require(sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK)
    defer { sqlite3_finalize(statement) }
    // SQLite makes a copy of the text.
    let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    try execute("BEGIN")
    for row in rows {
      for (place, field) in row.enumerated() {
        sqlite3_bind_text(statement, Int32(place + 1), field, -1, transient)
      }
      try #require(sqlite3_step(statement) == SQLITE_DONE)
      sqlite3_reset(statement)
    }
    try execute("COMMIT")
  }

  func close() {
    sqlite3_close(handle)
    handle = nil
  }

  /// The bytes of the database's file.
  func bytes() throws -> Data { try Data(contentsOf: URL(filePath: path)) }

  /// Writes bytes in place of some of the file's, as a damaged disk does.
  func overwrite(from offset: Int, with bytes: Data) throws {
    let file = try FileHandle(forWritingTo: URL(filePath: path))
    try file.seek(toOffset: UInt64(offset))
    try file.write(contentsOf: bytes)
    try file.close()
  }
}
