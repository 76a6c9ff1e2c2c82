/// What is wrong with a database, or with what was asked of it.
///
/// Where the database says a reason, it is in the database's words.
public enum DatabaseFault: Equatable, Sendable {
  /// The file is none of SQLite's, or an encrypted one.
  case notADatabase
  /// The file is one of SQLite's, and is damaged.
  case corrupt(reason: String)
  /// The database keeps a journal beside it, which cannot be used without writing, and nothing can
  /// or may be written there.
  case unusableJournal(reason: String)
  /// Another program holds the database or the table for itself.
  case locked(seconds: Double)
  /// There is no table of the name; `present` are the tables and views that there are.
  case noTable(name: String, present: [String])
  /// The query fails, at once or in the middle of its rows; `position` is the character of the
  /// query, counted from 1, where that is known.
  case failed(reason: String, position: Int?)
  /// The query would change the database.
  case writes
  /// There is a second statement after the query.
  case severalStatements
  /// The query is one that answers no table.
  case noColumns
  /// A value is bytes, and no text or number.
  case binaryValue
  /// What should say how to connect to a server does not.
  case badConnectionString(reason: String)
  /// No connection is made with the server.
  case cannotConnect(reason: String)
  /// The server asks for a password, and there is none.
  case passwordNeeded
  /// The connection broke off after the row of the error, or before the first.
  case connectionLost(reason: String)
}

extension DatabaseFault {
  /// What is wrong, and how to mend it.
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
      "is damaged (\(reason)); restore it from a copy, or save what can be read with sqlite3's "
        + ".recover"
    case .unusableJournal(let reason):
      "has changes in a journal that cannot be used without writing (\(reason)); copy it, with the "
        + "-wal or -journal file beside it, to a directory that can be written to, and open it there "
        + "once with sqlite3"
    case .locked(let seconds):
      "another program has locked it, and did not let go within \(seconds) s; try again later, or "
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
          ? "there is none at all"
          : "there \(present.count == 1 ? "is" : "are") \(listed(present))")
        + (nearest(to: name, among: present).map { "; did you mean \(excerpt($0))?" } ?? "")
    case .failed(let reason, let position):
      "the query fails: \(reason)"
        + (position.map { " (character \($0) of the query)" } ?? "")
    case .writes:
      "the query would change the database; only ones that read are run"
    case .severalStatements:
      "there are several statements; give one"
    case .noColumns:
      "the query answers no table; write one that does, such as a SELECT"
    case .binaryValue:
      "holds bytes that are no text; leave the column out with a query"
    default:
      ""
    }
  }

  private var serverMessage: String {
    switch self {
    case .badConnectionString(let reason):
      "cannot tell from the connection string where to connect: \(reason); write it like "
        + "postgresql://user@host:5432/database or host=… dbname=…"
    case .cannotConnect(let reason):
      "cannot connect: \(reason)"
    case .passwordNeeded:
      "cannot connect: the server asks for a password; give it in the variable PGPASSWORD or in "
        + "~/.pgpass"
    case .connectionLost(let reason):
      "the connection to the server broke off here: \(reason); read again"
    default:
      ""
    }
  }
}
