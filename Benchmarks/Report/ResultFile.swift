import Foundation

/// The reason why a file of results cannot be read or written.
package enum ResultFileError: Error, Equatable {
  case unreadable(path: String, reason: String)
  case notWritable(path: String, reason: String)
  /// A line, counted from 1, is not a row.
  case malformed(path: String, line: Int, reason: String)
  /// A row repeats the suite, case, and threads of an earlier line.
  case repeated(path: String, line: Int, key: ResultRow.Key)
  /// The file has no rows.
  case empty(path: String)
  /// The file has no row with the cases and threads of the run to compare.
  case unrelated(path: String)
}

extension ResultFileError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let path, let reason):
      "\(path): cannot be read: \(reason)"
    case .notWritable(let path, let reason):
      "\(path): cannot be written: \(reason)"
    case .malformed(let path, let line, let reason):
      "\(path), line \(line): not a row that --json has written: \(reason)"
    case .repeated(let path, let line, let key):
      "\(path), line \(line): \(key) is already in an earlier line; use the file of one run"
    case .empty(let path):
      "\(path): has no rows; use a file that --json has written"
    case .unrelated(let path):
      "\(path): has no row of the cases and threads of this run, so there is nothing to compare"
    }
  }
}

/// A file of a run's rows as JSON Lines, with one object per row.
package enum ResultFile {
  /// Returns a row as a line, without the line break.
  package static func line(_ row: ResultRow) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(row), as: UTF8.self)
  }

  /// Reads all rows, skipping empty lines.
  ///
  /// - Throws: A ``ResultFileError``.
  package static func rows(path: String) throws -> [ResultRow] {
    let data = try data(path: path)
    var rows: [ResultRow] = []
    var keys: Set<ResultRow.Key> = []
    let lines = data.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.isEmpty {
      let row = try row(line, path: path, line: index + 1)
      guard keys.insert(row.key).inserted else {
        throw ResultFileError.repeated(path: path, line: index + 1, key: row.key)
      }
      rows.append(row)
    }
    if rows.isEmpty { throw ResultFileError.empty(path: path) }
    return rows
  }

  private static func row(_ data: Data, path: String, line: Int) throws -> ResultRow {
    func malformed(_ reason: String) -> ResultFileError {
      .malformed(path: path, line: line, reason: reason)
    }
    let row: ResultRow
    do { row = try JSONDecoder().decode(ResultRow.self, from: data) } catch let error
      as DecodingError
    { throw malformed(error.reason) }
    guard row.median > 0, row.median.isFinite else {
      throw malformed("median_s must be positive, but is \(row.median)")
    }
    return row
  }

  private static func data(path: String) throws(ResultFileError) -> Data {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .unreadable(path: path, reason: systemReason()) }
    defer { close(descriptor) }
    var data = Data()
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &chunk, chunk.count)
      if count == 0 { return data }
      guard count > 0 || errno == EINTR else {
        throw .unreadable(path: path, reason: systemReason())
      }
      data.append(contentsOf: chunk.prefix(max(count, 0)))
    }
  }
}

/// A writer that writes each row immediately, so that an interrupted run leaves all its rows.
package final class ResultWriter {
  private let path: String
  private let descriptor: Int32

  /// Creates the file, or empties an existing one.
  ///
  /// - Throws: A ``ResultFileError``.
  package init(path: String) throws(ResultFileError) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    if descriptor < 0 { throw .notWritable(path: path, reason: systemReason()) }
  }

  deinit { close(descriptor) }

  /// Appends a row.
  ///
  /// - Throws: A ``ResultFileError``.
  package func write(_ row: ResultRow) throws {
    var rest = Array((try ResultFile.line(row) + "\n").utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress!, $0.count) }
      guard count >= 0 || errno == EINTR else {
        throw ResultFileError.notWritable(path: path, reason: systemReason())
      }
      rest = rest.dropFirst(max(count, 0))
    }
  }
}

/// Returns the reason why the last system call failed.
private func systemReason() -> String { String(cString: strerror(errno)) }

extension DecodingError {
  /// A short description of the error.
  fileprivate var reason: String {
    switch self {
    case .keyNotFound(let key, _): "\(key.stringValue) is missing"
    case .valueNotFound(_, let context): "\(context.field) is null"
    case .typeMismatch(let type, let context): "\(context.field) is not of type \(type)"
    case .dataCorrupted(let context):
      context.codingPath.isEmpty ? "it is not JSON" : "\(context.field) cannot be read"
    @unknown default: "it cannot be read"
    }
  }
}

extension DecodingError.Context {
  fileprivate var field: String {
    codingPath.isEmpty ? "the line" : codingPath.map(\.stringValue).joined(separator: ".")
  }
}
