import CPostgreSQLShim
import Records

/// A source of the rows of a PostgreSQL database, which it reads one at a time.
///
/// ```swift
/// let orders = try PostgreSQLSource(
///   "postgresql://reports@db.shop.example/shop", .table("orders", schema: "sales"))
/// var schema = TableSchema(identity: "sku", time: "ordered_at")
/// schema.quantity = "units"
/// var demand = DemandAccumulator(.week())
/// let book = try OrderLineReader(schema).read(orders) { demand.add($0) }
/// ```
///
/// The connection string is a URI or a list such as `host=db.shop.example dbname=shop`. libpq looks
/// up parts that it omits in the usual places: in variables such as `PGUSER`, and for the password
/// in `PGPASSWORD` and `~/.pgpass`, which are safer places for it than the string. Errors never
/// show a password.
///
/// The source reads the rows in a read-only transaction as the server sends them, so memory use
/// does not grow with their number.
///
/// Fields contain PostgreSQL's own text for the values. Dates and times are in ISO 8601 format;
/// those with a time zone are in UTC, with the offset. True and false are 1 and 0. NULL is an empty
/// field.
public final class PostgreSQLSource: RecordSource {
  public let name: String
  public let columns: [String]
  public var recordUnit: RecordUnit { .row }

  private let connection: PostgreSQLConnection
  private let isBoolean: [Bool]
  private var row = 0
  private var isAtEnd = false

  /// Connects to a server and starts reading.
  ///
  /// - Parameters:
  ///   - connectionString: The server, database, and user, in a format that libpq accepts.
  ///   - selection: The rows to read.
  ///   - connectTimeout: The time to wait for the server, in whole seconds, at least 2. The
  ///     connection string's `connect_timeout` and the variable `PGCONNECT_TIMEOUT` take
  ///     precedence.
  ///   - lockTimeout: The time to wait if another program has locked the table.
  /// - Throws: A `TableError` if no connection can be made, there is no such table, or the query
  ///   fails; if the query returns no table or a column of bytes; or if another program keeps the
  ///   table locked.
  public init(
    _ connectionString: String, _ selection: SQLSelection, connectTimeout: Duration = .seconds(10),
    lockTimeout: Duration = .seconds(5)
  ) throws(TableError) {
    connection = try PostgreSQLConnection(
      connectionString, connectTimeout: connectTimeout, lockTimeout: lockTimeout)
    name = "\(connection.name), \(selection.name)"
    let described: [PostgreSQLColumn]
    do {
      described = try connection.start(selection)
    } catch {
      throw TableError(file: name, unit: .row, fault: error)
    }
    columns = described.map(\.name)
    isBoolean = described.map { $0.type == PostgreSQLColumn.boolean }
    if let bytes = described.first(where: { $0.type == PostgreSQLColumn.bytes }) {
      throw error(.database(.binaryValue), column: bytes.name)
    }
  }

  public func next(_ record: inout Record) throws(TableError) -> Bool {
    guard !isAtEnd else { return false }
    let result = PostgreSQLResult(PQgetResult(connection.handle))
    guard result.status == PGRES_SINGLE_TUPLE else {
      isAtEnd = true
      guard result.status == PGRES_TUPLES_OK else {
        throw error(connection.fault(result), line: row == 0 ? nil : row)
      }
      connection.finish()
      return false
    }
    row += 1
    record.begin(line: row)
    for column in columns.indices { append(Int32(column), of: result, to: &record) }
    return true
  }

  private func append(
    _ column: Int32, of result: borrowing PostgreSQLResult, to record: inout Record
  ) {
    guard PQgetisnull(result.handle, 0, column) == 0 else { return record.append(nil) }
    let text = PQgetvalue(result.handle, 0, column)!
    if isBoolean[Int(column)] {
      record.append(UInt8(bitPattern: text.pointee) == UInt8(ascii: "t") ? "1" : "0")
      return
    }
    let count = Int(PQgetlength(result.handle, 0, column))
    text.withMemoryRebound(to: UInt8.self, capacity: count) {
      record.append(UnsafeBufferPointer(start: $0, count: count))
    }
  }
}
