import CSQLiteShim
import Records

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A source of the rows of an SQLite database, which it reads one at a time.
///
/// ```swift
/// let orders = try SQLiteSource(path: "shop.sqlite", .table("orders"))
/// let sales = try SQLiteSource(
///   path: "shop.sqlite",
///   .query(
///     """
///     SELECT sku AS unique_id, date(sold_at, 'unixepoch') AS ds, sum(units) AS y
///     FROM orders GROUP BY 1, 2
///     """))
/// let table = try LongTableReader().read(sales)
/// ```
///
/// The database is opened read-only, and a query that would change it is an error. A database in
/// write-ahead mode has files with the suffixes `-wal` and `-shm`, which SQLite creates, empty, if
/// they do not exist. Memory use does not grow with the number of rows.
///
/// Numbers become text that reads as the same number, and NULL becomes an empty field. Text is
/// passed on as stored. If a reader needs a field that is not valid UTF-8, it reports an error.
/// SQLite has no date type: if dates are numbers, convert them to text in a query, as above.
public final class SQLiteSource: RecordSource {
  public let name: String
  public let columns: [String]
  public var recordUnit: RecordUnit { .row }

  private let database: SQLiteDatabase
  private let statement: SQLiteStatement
  private var row = 0
  private var isAtEnd = false

  /// Opens a database and starts reading.
  ///
  /// - Parameters:
  ///   - path: The path of the database file.
  ///   - selection: The rows to read.
  ///   - lockTimeout: The time to wait if another program has locked the database.
  /// - Throws: A `TableError` if the database cannot be read, has no such table, or rejects the
  ///   query; if the query would change the database; or if another program keeps it locked.
  public init(
    path: String, _ selection: SQLSelection, lockTimeout: Duration = .seconds(5)
  ) throws(TableError) {
    name = "\(path), \(selection.name)"
    database = try SQLiteDatabase(path: path, lockTimeout: lockTimeout)
    do {
      statement = try database.prepare(selection)
    } catch {
      throw TableError(file: name, unit: .row, fault: error)
    }
    columns = statement.columns
  }

  /// Returns the paths of a database and of the files next to it in which SQLite stores changes,
  /// even if they do not exist. If the path is a symbolic link, these files are next to its
  /// destination.
  public static func files(ofDatabaseAt path: String) -> [String] {
    var paths = [path]
    if let resolved = realpath(path, nil) {
      paths.append(String(cString: resolved))
      free(resolved)
    }
    return [path] + paths.flatMap { path in ["-wal", "-shm", "-journal"].map { path + $0 } }
  }

  public func next(_ record: inout Record) throws(TableError) -> Bool {
    // A step after the last row would restart the statement.
    guard !isAtEnd else { return false }
    let status = sqlite3_step(statement.handle)
    guard status == SQLITE_ROW else {
      isAtEnd = true
      guard status == SQLITE_DONE else {
        throw error(database.fault(status), line: row == 0 ? nil : row)
      }
      return false
    }
    row += 1
    record.begin(line: row)
    for column in columns.indices { try append(Int32(column), to: &record) }
    return true
  }

  private func append(_ column: Int32, to record: inout Record) throws(TableError) {
    switch sqlite3_column_type(statement.handle, column) {
    case SQLITE_NULL:
      record.append(nil)
    case SQLITE_FLOAT:
      // SQLite itself would write 15 digits, which are not always enough.
      record.append(sqlite3_column_double(statement.handle, column).description)
    case SQLITE_BLOB:
      throw error(.database(.binaryValue), line: row, column: columns[Int(column)])
    default:
      let text = sqlite3_column_text(statement.handle, column)
      let count = sqlite3_column_bytes(statement.handle, column)
      record.append(UnsafeBufferPointer(start: text, count: Int(count)))
    }
  }
}
