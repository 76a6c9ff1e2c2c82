/// A problem with a database or a request to it.
///
/// Reasons contain the database's own message if it provides one.
public enum DatabaseFault: Equatable, Sendable {
  /// The file is not an SQLite database, or is encrypted.
  case notADatabase
  /// The file is a damaged SQLite database.
  case corrupt(reason: String)
  /// The database has a journal that cannot be used without writing to its directory, which is not
  /// possible.
  case unusableJournal(reason: String)
  /// Another program has locked the database or the table.
  case locked(seconds: Double)
  /// There is no table with the name. `present` lists the existing tables and views.
  case noTable(name: String, present: [String])
  /// The query failed, initially or while reading rows. `position` is the position of the error in
  /// the query, in characters from 1, if it is known.
  case failed(reason: String, position: Int?)
  /// The query would change the database.
  case writes
  /// Another statement follows the query.
  case severalStatements
  /// The query does not return a table.
  case noColumns
  /// A value consists of bytes rather than text or a number.
  case binaryValue
  /// The connection string is invalid.
  case badConnectionString(reason: String)
  /// The connection to the server failed.
  case cannotConnect(reason: String)
  /// The server requires a password, and none was given.
  case passwordNeeded
  /// The connection was lost after the row of the error, or before the first one.
  case connectionLost(reason: String)
}

extension DatabaseFault {
  /// The message that says what is wrong and how to fix it.
  var message: String {
    switch self {
    case .notADatabase, .corrupt, .unusableJournal, .locked:
      fileMessage
    case .noTable, .failed, .writes, .severalStatements, .noColumns, .binaryValue:
      queryMessage
    case .badConnectionString, .cannotConnect, .passwordNeeded, .connectionLost:
      serverMessage
    }
  }

  private var fileMessage: String {
    switch self {
    case .notADatabase:
      "is not an SQLite database, or is encrypted; check the path"
    case .corrupt(let reason):
      "is damaged (\(reason)); restore it from a backup, or save the readable data with sqlite3's "
        + ".recover"
    case .unusableJournal(let reason):
      "has changes in a journal that cannot be used without writing (\(reason)); copy it, with the "
        + "-wal or -journal file next to it, to a writable directory, and open it there "
        + "once with sqlite3"
    case .locked(let seconds):
      "another program has locked it and did not release it within \(seconds) s; try again later, or "
        + "wait longer"
    default:
      ""
    }
  }

  private var queryMessage: String {
    switch self {
    case .noTable(let name, let present):
      "no table \(excerpt(name)); "
        + (present.isEmpty
          ? "there are no tables"
          : "there \(present.count == 1 ? "is" : "are") \(listed(present))")
        + (nearest(to: name, among: present).map { "; did you mean \(excerpt($0))?" } ?? "")
    case .failed(let reason, let position):
      "the query failed: \(reason)"
        + (position.map { " (character \($0) of the query)" } ?? "")
    case .writes:
      "the query would change the database; only read-only queries are run"
    case .severalStatements:
      "there are several statements; give only one"
    case .noColumns:
      "the query returns no table; use one that does, such as a SELECT"
    case .binaryValue:
      "contains bytes that are not text; use a query without this column"
    default:
      ""
    }
  }

  private var serverMessage: String {
    switch self {
    case .badConnectionString(let reason):
      "the connection string is invalid: \(reason); write it like "
        + "postgresql://user@host:5432/database or host=… dbname=…"
    case .cannotConnect(let reason):
      "cannot connect: \(reason)"
    case .passwordNeeded:
      "cannot connect: the server requires a password; set it in the variable PGPASSWORD or in "
        + "~/.pgpass"
    case .connectionLost(let reason):
      "the connection to the server was lost here: \(reason); read again"
    default:
      ""
    }
  }
}
