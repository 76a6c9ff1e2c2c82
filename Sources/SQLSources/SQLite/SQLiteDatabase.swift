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

/// A database that is open for reading.
final class SQLiteDatabase {
  private let handle: OpaquePointer
  private let lockTimeout: Duration

  /// - Throws: A `TableError` of the path where there is no file that can be opened.
  init(path: String, lockTimeout: Duration) throws(TableError) {
    do throws(FileConflict) {
      for file in SQLiteSource.files(ofDatabaseAt: path) { try RunFiles.current?.read(file) }
    } catch {
      throw TableError(file: path, fault: .conflict(error))
    }
    try Self.checkFile(path)
    var handle: OpaquePointer?
    // A path that SQLite could take for a URI or for a database in memory is none with a directory.
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

  // With `_v2`, a statement that lives on keeps what it needs.
  deinit { sqlite3_close_v2(handle) }

  /// The statement of a selection.
  func prepare(_ selection: SQLSelection) throws(TableError.Fault) -> SQLiteStatement {
    do {
      return try prepare(selection.statement)
    } catch .database(.failed(let reason, let position)) {
      guard case .table(let name, let schema) = selection else {
        throw .database(.failed(reason: reason, position: position))
      }
      let present = try tables(schema: schema)
      // SQLite does not tell capital letters from others.
      guard present.contains(where: { $0.lowercased() == name.lowercased() }) else {
        throw .database(.noTable(name: name, present: present))
      }
      throw .database(.failed(reason: reason, position: nil))
    }
  }

  /// What is wrong where SQLite gave a status other than one of success.
  func fault(_ status: Int32, in statement: String? = nil) -> TableError.Fault {
    let reason = String(cString: sqlite3_errmsg(handle))
    // The lower byte is the kind of error; the others say more of it.
    switch status & 0xFF {
    case SQLITE_BUSY, SQLITE_LOCKED:
      return .database(.locked(seconds: lockTimeout / .seconds(1)))
    case SQLITE_NOTADB: return .database(.notADatabase)
    case SQLITE_CORRUPT: return .database(.corrupt(reason: reason))
    // The database itself is open by now.
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

  /// Whether a text is more than blanks and comments, which make no statement.
  private func hasStatement(_ text: UnsafePointer<CChar>?) -> Bool {
    var compiled: OpaquePointer?
    let status = sqlite3_prepare_v2(handle, text, -1, &compiled, nil)
    sqlite3_finalize(compiled)
    return status != SQLITE_OK || compiled != nil
  }

  /// The character of a statement, from 1, that the latest error is about.
  private func errorPosition(in statement: String) -> Int? {
    let offset = Int(foresight_sqlite3_error_offset(handle))
    return offset < 0
      ? nil : String(decoding: statement.utf8.prefix(offset), as: UTF8.self).count + 1
  }

  /// The names of all tables and views.
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

  /// Throws where there is no file at a path. (It is not opened: were this process to have the same
  /// database open elsewhere, closing the file would give up all its locks.)
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
  /// The names of the columns that it answers.
  let columns: [String]

  init(_ handle: OpaquePointer) {
    self.handle = handle
    columns = (0..<sqlite3_column_count(handle)).map { column in
      sqlite3_column_name(handle, column).map { String(cString: $0) } ?? ""
    }
  }

  deinit { sqlite3_finalize(handle) }

  /// Whether it leaves the database as it is.
  var isReadOnly: Bool { sqlite3_stmt_readonly(handle) != 0 }
}
