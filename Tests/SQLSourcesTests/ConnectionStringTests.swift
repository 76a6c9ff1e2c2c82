import SalesData
import Foundation
import SQLSources
import Testing

/// What can be wrong with a connection before there is one. No server is needed.
@Suite struct ConnectionStringTests {
  /// Each holds the password `my secret`, or a part of it, where libpq does not look for one.
  @Test(arguments: [
    ("postgresql://user:my%secret@host/shop", "invalid percent-encoded token: \"…\""),
    ("shop secret", "missing \"…\" in connection info string"),
    ("host=x password=my secret", "missing \"…\" in connection info string"),
    ("host=x password='my secret", "unterminated quoted string in connection info string"),
    ("host=x secret=1", "invalid connection option \"…\""),
    ("postgresql://host/shop?secret=1", "invalid URI query parameter: \"…\""),
    ("postgresql://user:my@secret@host/shop", at),
    ("postgresql://user:my/secret@host/shop", at),
    ("postgres://user:/secret@host/shop", at),
  ]) func aStringThatIsNone(string: String, reason: String) {
    expectFault(
      .database(.badConnectionString(reason: reason)),
      "postgresql: the connection string is invalid: \(reason); write it like "
        + "postgresql://user@host:5432/database or host=… dbname=…"
    ) { _ = try PostgreSQLSource(string, .table("t")) }
    #expect(!reason.contains("secret"))
  }

  static let at =
    "there is an @ after the one before the host; in a user name or password, write @ as %40, "
    + "/ as %2F, : as %3A and % as %25"

  @Test func aServerThatIsNotThere() throws {
    let error = #expect(throws: TableError.self) {
      try PostgreSQLSource("postgresql://user:my%20secret@localhost:1/shop", .table("t"))
    }
    #expect(error?.file == "postgresql://localhost:1/shop")
    let description = try #require(error?.description)
    #expect(description.hasPrefix("postgresql://localhost:1/shop: cannot connect: connection to"))
    #expect(description.contains("Connection refused"))
    #expect(!description.contains("secret") && !description.contains("\n"))
  }

  /// A server that takes connections and never answers.
  @Test func aServerThatDoesNotAnswer() throws {
    let directory = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: directory) }
    let listener = try SilentListener(path: directory.path + "/.s.PGSQL.5432")
    let start = ContinuousClock.now
    let error = #expect(throws: TableError.self) {
      try PostgreSQLSource(
        "host=\(directory.path) port=5432 user=u dbname=shop", .table("t"),
        connectTimeout: .seconds(2))
    }
    #expect(ContinuousClock.now - start < .seconds(30))
    #expect(
      error?.description
        == "postgresql:///shop: cannot connect: connection to server on socket "
        + "\"\(directory.path)/.s.PGSQL.5432\" failed: timeout expired")
    withExtendedLifetime(listener) {}
  }
}

/// A socket on which connections are taken, and nothing is said.
private final class SilentListener {
  private let descriptor: Int32

  init(path: String) throws {
    #if canImport(Darwin)
      descriptor = socket(AF_UNIX, SOCK_STREAM, 0)
    #else
      descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
    #endif
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
    let isBound = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
    try #require(isBound && listen(descriptor, 5) == 0)
  }

  deinit { close(descriptor) }
}
