import CPostgreSQLShim

/// What a server answers: a row, a status, or an error.
struct PostgreSQLResult: ~Copyable {
  /// nil where there is no answer at all, because the connection is broken or nothing is awaited.
  let handle: OpaquePointer?

  init(_ handle: OpaquePointer?) { self.handle = handle }

  deinit { PQclear(handle) }

  var status: ExecStatusType { PQresultStatus(handle) }

  /// The five characters by which the SQL standard tells errors apart; empty where there are none.
  var state: String { field("C") ?? "" }

  /// What is wrong, and what the server would do about it, where it says so.
  var reason: String? {
    field("M").map { message in
      message + (field("D").map { "; \($0)" } ?? "") + (field("H").map { "; \($0)" } ?? "")
    }
  }

  /// The character of the statement, from 1, that the error is about.
  var position: Int? { field("P").flatMap { Int($0) } }

  /// The columns of the rows.
  var columns: [PostgreSQLColumn] {
    (0..<PQnfields(handle)).map { column in
      PostgreSQLColumn(
        name: String(cString: PQfname(handle, column)), type: PQftype(handle, column))
    }
  }

  /// The first field of every row.
  var firstFields: [String] {
    (0..<PQntuples(handle)).map { String(cString: PQgetvalue(handle, $0, 0)) }
  }

  /// A part of an error, by its code in the protocol.
  private func field(_ code: Unicode.Scalar) -> String? {
    PQresultErrorField(handle, Int32(code.value)).map { String(cString: $0).onOneLine }
  }
}

/// A column of what a server answers.
struct PostgreSQLColumn {
  let name: String
  /// The number of its type in the catalog `pg_type`.
  let type: Oid

  static let boolean: Oid = 16
  static let bytes: Oid = 17
}

extension String {
  /// The lines of a message as one line: a sentence ends where the next line begins with a capital.
  var onOneLine: String {
    var line = ""
    for part in split(whereSeparator: \.isNewline).map({ $0.trimmingPrefix(while: \.isWhitespace) })
    where !part.isEmpty {
      if !line.isEmpty { line += part.first!.isUppercase ? ". " : " " }
      line += part
    }
    return line.hasSuffix(".") ? String(line.dropLast()) : line
  }
}
