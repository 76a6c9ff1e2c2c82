import CPostgreSQLShim

/// What can be said of a connection string before it is used. It may hold a password, so nothing of
/// it is said again.
enum ConnectionString {
  /// Why it is none that libpq takes, or nil where it is one.
  static func fault(in string: String) -> String? {
    var message: UnsafeMutablePointer<CChar>?
    guard let options = PQconninfoParse(string, &message) else {
      defer { PQfreemem(message) }
      return message.map { withoutQuotations(String(cString: $0).onOneLine) } ?? "out of memory"
    }
    defer { PQconninfoFree(options) }
    return isURI(string) && hasStrayAt(options)
      ? "an @ stands after the one before the host; in a user's name or a password, write @ as %40, "
        + "/ as %2F, : as %3A and % as %25" : nil
  }

  private static func isURI(_ string: String) -> Bool {
    string.hasPrefix("postgresql://") || string.hasPrefix("postgres://")
  }

  /// Whether what a password ends in is taken for a part of the address, which errors would then
  /// show: of `user:pass@word@host`, libpq takes `word@host` for the host, and of
  /// `user:pass/word@host` the end for the database.
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

  /// A message of libpq without what it quotes of the string, as far as it is in English, in which
  /// one knows the marks of quotations.
  private static func withoutQuotations(_ message: String) -> String {
    guard let first = message.firstIndex(of: "\""), let last = message.lastIndex(of: "\""),
      first < last
    else { return message.utf8.allSatisfy { $0 < 0x80 } ? message : "it has another form" }
    return message[...first] + "…" + message[last...]
  }
}
