import CSQLiteShim
import Records
import Safetensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// An SQLite database that is open for reading.
final class SQLiteDatabase {
  private let handle: OpaquePointer
  private let lockTimeout: Duration

  /// Opens the database in a file.
  ///
  /// - Throws: A `TableError` if no file at the path can be opened.
  init(path: String, lockTimeout: Duration) throws(TableError) {
    do throws(FileConflict) {
      for file in SQLiteSource.files(ofDatabaseAt: path) { try RunFiles.current?.read(file) }
    } catch {
      throw TableError(file: path, fault: .conflict(error))
    }
    try Self.checkFile(path)
    var handle: OpaquePointer?
    // A leading directory prevents SQLite from reading the path as a URI or an in-memory database.
    let status = sqlite3_open_v2(
      path.hasPrefix("/") ? path : "./" + path, &handle,
      SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
    guard let handle else { fatalError("SQLiteSource: expected memory for a database, got none") }
    self.handle = handle
    self.lockTimeout = lockTimeout
    guard status == SQLITE_OK else {
      throw TableError(
        file: path, fault: .unreadable(reason: String(cString: sqlite3_errmsg(handle))))
    }
    sqlite3_busy_timeout(handle, Int32(clamping: Int(lockTimeout / .milliseconds(1))))
  }

  // With `_v2`, the connection stays open until its last statement is finalized.
  deinit { sqlite3_close_v2(handle) }

  /// Returns the compiled statement of a selection.
  func prepare(_ selection: SQLSelection) throws(TableError.Fault) -> SQLiteStatement {
    do {
      return try prepare(selection.statement)
    } catch .database(.failed(let reason, let position)) {
      guard case .table(let name, let schema) = selection else {
        throw .database(.failed(reason: reason, position: position))
      }
      let present = try tables(schema: schema)
      // SQLite names are case-insensitive.
      guard present.contains(where: { $0.lowercased() == name.lowercased() }) else {
        throw .database(.noTable(name: name, present: present))
      }
      throw .database(.failed(reason: reason, position: nil))
    }
  }

  /// Returns the fault for an SQLite status other than success.
  func fault(_ status: Int32, in statement: String? = nil) -> TableError.Fault {
    let reason = String(cString: sqlite3_errmsg(handle))
    // The lower byte is the primary error code. The other bytes refine it.
    switch status & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED:
      return .database(.locked(seconds: lockTimeout / .seconds(1)))
    case SQLITE_NOTADB: return .database(.notADatabase)
    case SQLITE_CORRUPT: return .database(.corrupt(reason: reason))
    // The database itself is already open here.
    case SQLITE_CANTOPEN, SQLITE_READONLY: return .database(.unusableJournal(reason: reason))
    case SQLITE_IOERR, SQLITE_FULL, SQLITE_NOMEM: return .unreadable(reason: reason)
    default:
      return .database(.failed(reason: reason, position: statement.flatMap(errorPosition)))
    }
  }

  private func prepare(_ sql: String) throws(TableError.Fault) -> SQLiteStatement {
    var compiled: OpaquePointer?
    var isAlone = true
    let status = sql.withCString { start in
      var rest: UnsafePointer<CChar>?
      let status = sqlite3_prepare_v2(handle, start, -1, &compiled, &rest)
      if status == SQLITE_OK { isAlone = !hasStatement(rest) }
      return status
    }
    guard status == SQLITE_OK else { throw fault(status, in: sql) }
    guard let compiled else { throw .database(.noColumns) }
    let statement = SQLiteStatement(compiled)
    guard isAlone else { throw .database(.severalStatements) }
    guard statement.isReadOnly else { throw .database(.writes) }
    guard !statement.columns.isEmpty else { throw .database(.noColumns) }
    return statement
  }

  /// Returns a Boolean value that indicates whether a text contains more than whitespace and
  /// comments.
  private func hasStatement(_ text: UnsafePointer<CChar>?) -> Bool {
    var compiled: OpaquePointer?
    let status = sqlite3_prepare_v2(handle, text, -1, &compiled, nil)
    sqlite3_finalize(compiled)
    return status != SQLITE_OK || compiled != nil
  }

  /// Returns the position in a statement, in characters from 1, of the latest error.
  private func errorPosition(in statement: String) -> Int? {
    let offset = Int(foresight_sqlite3_error_offset(handle))
    return offset < 0
      ? nil : String(decoding: statement.utf8.prefix(offset), as: UTF8.self).count + 1
  }

  /// Returns the names of all tables and views.
  private func tables(schema: String?) throws(TableError.Fault) -> [String] {
    let statement = try prepare(
      SQLSelection.table("sqlite_master", schema: schema).statement
        + " WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite!_%' ESCAPE '!' ORDER BY name")
    guard let column = statement.columns.firstIndex(of: "name") else { return [] }
    var names: [String] = []
    while sqlite3_step(statement.handle) == SQLITE_ROW {
      names.append(String(cString: sqlite3_column_text(statement.handle, Int32(column))))
    }
    return names
  }

  /// Throws an error if there is no file at a path. It does not open the file: if this process has
  /// the same database open elsewhere, closing the file would release all its locks.
  private static func checkFile(_ path: String) throws(TableError) {
    var status = stat()
    guard stat(path, &status) == 0 else {
      throw TableError(
        file: path,
        fault: errno == ENOENT || errno == ENOTDIR
          ? .noSuchFile : .unreadable(reason: String(cString: strerror(errno))))
    }
    guard status.st_mode & S_IFMT != S_IFDIR else {
      throw TableError(file: path, fault: .isDirectory)
    }
  }
}

/// A compiled statement.
final class SQLiteStatement {
  let handle: OpaquePointer
  /// The names of the result columns.
  let columns: [String]

  init(_ handle: OpaquePointer) {
    self.handle = handle
    columns = (0..<sqlite3_column_count(handle)).map { column in
      sqlite3_column_name(handle, column).map { String(cString: $0) } ?? ""
    }
  }

  deinit { sqlite3_finalize(handle) }

  /// A Boolean value that indicates whether the statement makes no changes to the database.
  var isReadOnly: Bool { sqlite3_stmt_readonly(handle) != 0 }
}
