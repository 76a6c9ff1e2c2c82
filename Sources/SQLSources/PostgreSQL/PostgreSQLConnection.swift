import CPostgreSQLShim
import Records

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A connection to a server with a read-only transaction.
final class PostgreSQLConnection {
  let handle: OpaquePointer
  /// The name of the database in error messages: its address, without user and password.
  let name: String
  private let lockTimeout: Duration

  /// Connects to a server.
  ///
  /// - Throws: A `TableError` if no connection can be made.
  init(
    _ connectionString: String, connectTimeout: Duration, lockTimeout: Duration
  ) throws(TableError) {
    if let reason = ConnectionString.fault(in: connectionString) {
      throw TableError(
        file: "postgresql", fault: .database(.badConnectionString(reason: reason)))
    }
    guard
      let handle = Self.connect(Self.parameters(connectionString, connectTimeout: connectTimeout))
    else { fatalError("PostgreSQLSource: expected memory for a connection, got none") }
    self.handle = handle
    self.lockTimeout = lockTimeout
    name = Self.name(of: handle)
    guard PQstatus(handle) == CONNECTION_OK else {
      throw TableError(
        file: name,
        fault: .database(
          PQconnectionNeedsPassword(handle) == 1
            ? .passwordNeeded : .cannotConnect(reason: Self.message(of: handle))))
    }
    // By default, libpq writes the server's notices to standard error.
    PQsetNoticeProcessor(handle, { _, _ in }, nil)
  }

  deinit { PQfinish(handle) }

  /// Runs a selection on the server. `PQgetResult` then returns its rows one at a time.
  ///
  /// Single-row mode is as fast as `COPY … TO STDOUT`, since both wait for the server, and it also
  /// provides the names and types of the columns.
  func start(_ selection: SQLSelection) throws(TableError.Fault) -> [PostgreSQLColumn] {
    try begin()
    let prepared = PostgreSQLResult(PQprepare(handle, "", selection.statement, 0, nil))
    guard prepared.status == PGRES_COMMAND_OK else {
      if case .table(let name, let schema) = selection, prepared.state == Self.undefinedTable {
        throw try missingTable([schema, name].compactMap { $0 }.joined(separator: "."))
      }
      throw fault(prepared)
    }
    let description = PostgreSQLResult(PQdescribePrepared(handle, ""))
    guard description.status == PGRES_COMMAND_OK else { throw fault(description) }
    // Statements without a result table, such as COMMIT, are not run at all.
    guard !description.columns.isEmpty else { throw .database(.noColumns) }
    guard PQsendQueryPrepared(handle, "", 0, nil, nil, nil, 0) == 1,
      PQsetSingleRowMode(handle) == 1
    else { throw .database(.connectionLost(reason: Self.message(of: handle))) }
    return description.columns
  }

  /// Ends the transaction, so that the server frees its resources once a source has been read.
  func finish() {
    while let rest = PQgetResult(handle) { PQclear(rest) }
    PQclear(PQexec(handle, "COMMIT"))
  }

  /// Returns the fault for an unsuccessful result.
  func fault(_ result: borrowing PostgreSQLResult) -> TableError.Fault {
    let reason = result.reason ?? Self.message(of: handle)
    // Class 57P: the server shut down, crashed, or ended the session.
    if PQstatus(handle) != CONNECTION_OK || result.state.hasPrefix("57P") {
      return .database(.connectionLost(reason: reason))
    }
    return switch result.state {
    case "55P03": .database(.locked(seconds: lockTimeout / .seconds(1)))
    case "25006": .database(.writes)
    default: .database(.failed(reason: reason, position: result.position))
    }
  }

  private static let undefinedTable = "42P01"

  /// Begins a transaction with fixed settings for the text of values, independent of the server's
  /// configuration.
  private func begin() throws(TableError.Fault) {
    // A timeout of 0 would disable it.
    let lock = max(1, Int(lockTimeout / .milliseconds(1)))
    let begun = PostgreSQLResult(
      PQexec(
        handle,
        """
        BEGIN READ ONLY; SET LOCAL lock_timeout = \(lock); SET LOCAL datestyle = 'ISO, YMD'; \
        SET LOCAL timezone = 'UTC'; SET LOCAL extra_float_digits = 3
        """))
    guard begun.status == PGRES_COMMAND_OK else { throw fault(begun) }
  }

  /// Returns the fault for a missing table, with the names of the existing tables.
  private func missingTable(_ name: String) throws(TableError.Fault) -> TableError.Fault {
    PQclear(PQexec(handle, "ROLLBACK"))
    try begin()
    let tables = PostgreSQLResult(
      PQexec(
        handle,
        """
        SELECT CASE WHEN pg_table_is_visible(c.oid) THEN '' ELSE nspname || '.' END || relname \
        FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace \
        WHERE relkind IN ('r', 'p', 'v', 'm', 'f') AND nspname <> 'information_schema' \
        AND nspname NOT LIKE 'pg!_%' ESCAPE '!' ORDER BY 1
        """))
    guard tables.status == PGRES_TUPLES_OK else { throw fault(tables) }
    return .database(.noTable(name: name, present: tables.firstFields))
  }

  /// Returns the parameters of a connection in the order that libpq requires: the connection string
  /// overrides the parameters before it.
  private static func parameters(
    _ connectionString: String, connectTimeout: Duration
  ) -> [(String, String)] {
    var parameters = [
      ("fallback_application_name", "foresight"),
      // Keepalives detect a server that disappears without notice within two minutes.
      ("keepalives_idle", "60"), ("keepalives_interval", "10"), ("keepalives_count", "6"),
    ]
    if getenv("PGCONNECT_TIMEOUT") == nil {
      let seconds = max(2, Int((connectTimeout / .seconds(1)).rounded(.up)))
      parameters.append(("connect_timeout", "\(seconds)"))
    }
    return parameters + [("dbname", connectionString), ("client_encoding", "UTF8")]
  }

  private static func connect(_ parameters: [(String, String)]) -> OpaquePointer? {
    let keywords = parameters.map { strdup($0.0) }
    let values = parameters.map { strdup($0.1) }
    defer { for text in keywords + values { free(text) } }
    // `dbname` can be a whole connection string.
    return PQconnectdbParams(
      keywords.map { UnsafePointer($0) } + [nil], values.map { UnsafePointer($0) } + [nil], 1)
  }

  private static func name(of handle: OpaquePointer) -> String {
    let host = String(cString: PQhost(handle))
    let database = String(cString: PQdb(handle))
    // A host that is a path is the directory of a local socket.
    guard !host.isEmpty, !host.hasPrefix("/") else { return "postgresql:///\(database)" }
    return "postgresql://\(host):\(String(cString: PQport(handle)))/\(database)"
  }

  private static func message(of handle: OpaquePointer) -> String {
    String(cString: PQerrorMessage(handle)).onOneLine
  }
}
