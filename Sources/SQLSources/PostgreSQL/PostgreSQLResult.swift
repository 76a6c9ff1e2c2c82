import CPostgreSQLShim

/// A result from a server: a row, a status, or an error.
struct PostgreSQLResult: ~Copyable {
  /// The libpq result, or `nil` if there is none because the connection is broken or no result is
  /// pending.
  let handle: OpaquePointer?

  init(_ handle: OpaquePointer?) { self.handle = handle }

  deinit { PQclear(handle) }

  var status: ExecStatusType { PQresultStatus(handle) }

  /// The five-character SQLSTATE error code, or an empty string if there is no error.
  var state: String { field("C") ?? "" }

  /// The error message with the server's detail and hint, if any.
  var reason: String? {
    field("M").map { message in
      message + (field("D").map { "; \($0)" } ?? "") + (field("H").map { "; \($0)" } ?? "")
    }
  }

  /// The position of the error in the statement, in characters from 1.
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

  /// Returns a field of an error, by its code in the protocol.
  private func field(_ code: Unicode.Scalar) -> String? {
    PQresultErrorField(handle, Int32(code.value)).map { String(cString: $0).onOneLine }
  }
}

/// A column of a server's result.
struct PostgreSQLColumn {
  let name: String
  /// The type's OID in the catalog `pg_type`.
  let type: Oid

  static let boolean: Oid = 16
  static let bytes: Oid = 17
}

extension String {
  /// The lines of a message joined into one. A line that begins with a capital letter starts a new
  /// sentence.
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
