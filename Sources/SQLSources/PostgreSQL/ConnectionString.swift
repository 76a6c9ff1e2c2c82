import CPostgreSQLShim

/// Checks of a connection string before it is used. The string can contain a password, so errors do
/// not quote it.
enum ConnectionString {
  /// Returns the reason why libpq rejects a string, or `nil` if it is valid.
  static func fault(in string: String) -> String? {
    var message: UnsafeMutablePointer<CChar>?
    guard let options = PQconninfoParse(string, &message) else {
      defer { PQfreemem(message) }
      return message.map { withoutQuotations(String(cString: $0).onOneLine) } ?? "out of memory"
    }
    defer { PQconninfoFree(options) }
    return isURI(string) && hasStrayAt(options)
      ? "there is an @ after the one before the host; in a user name or password, write @ as %40, "
        + "/ as %2F, : as %3A and % as %25" : nil
  }

  private static func isURI(_ string: String) -> Bool {
    string.hasPrefix("postgresql://") || string.hasPrefix("postgres://")
  }

  /// Returns a Boolean value that indicates whether the end of a password is parsed as part of the
  /// address, which errors would then show. In `user:pass@word@host`, libpq takes `word@host` as
  /// the host, and in `user:pass/word@host` it takes the end as the database.
  private static func hasStrayAt(_ options: UnsafeMutablePointer<PQconninfoOption>) -> Bool {
    var option = options
    while let keyword = option.pointee.keyword {
      if ["host", "hostaddr", "port", "dbname"].contains(String(cString: keyword)),
        let value = option.pointee.val, String(cString: value).contains("@")
      {
        return true
      }
      option += 1
    }
    return false
  }

  /// Returns a libpq message without its quotations of the string. Messages that are not in English
  /// are replaced, because their quotation marks are unknown.
  private static func withoutQuotations(_ message: String) -> String {
    guard let first = message.firstIndex(of: "\""), let last = message.lastIndex(of: "\""),
      first < last
    else { return message.utf8.allSatisfy { $0 < 0x80 } ? message : "it has another form" }
    return message[...first] + "…" + message[last...]
  }
}
