internal import Safetensors

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The file in which a study records its evaluations, so that it can resume after the process was killed.
///
/// It is a text file with one JSON object per line: the first describes the study, and each other one is a
/// finished evaluation. A line is written at once when the evaluation ends. A last line without its end,
/// which a process left that was killed while it wrote, is dropped.
public struct StudyJournal: Sendable, Hashable {
  /// The path of the file.
  public let path: String
  /// A Boolean value that indicates whether the study goes on from evaluations that the file contains.
  ///
  /// If it is false, the file must not exist.
  public let resumes: Bool

  /// Creates a reference to a file, which is created when the study starts.
  public init(path: String, resumes: Bool) {
    self.path = path
    self.resumes = resumes
  }
}

/// An open journal.
final class OpenJournal {
  private struct Key: Hashable {
    let trial, rung: Int
  }

  private let path: String
  private let descriptor: Int32
  private var records: [Key: (record: JournalRecord, line: Int)] = [:]
  /// A message about a dropped line, or nil.
  private(set) var note: String?

  /// The number of recorded evaluations.
  var recordCount: Int { records.count }

  /// Opens or creates the file of a study.
  init(_ journal: StudyJournal, of header: JournalHeader) throws {
    path = journal.path
    descriptor = open(
      path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | (journal.resumes ? 0 : O_EXCL), 0o666)
    guard descriptor >= 0 else {
      if errno == EEXIST { throw StudyJournalError.exists(path: path) }
      throw StudyJournalError.inaccessible(path: path, reason: String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      throw StudyJournalError.inUse(path: path)
    }
    var lines = try self.lines()
    if lines.isEmpty {
      try write(header)
      return
    }
    let recorded: JournalHeader = try Self.decoded(lines.removeFirst(), path, line: 1)
    if let difference = recorded.difference(from: header) {
      throw StudyJournalError.otherStudy(
        path: path, part: difference.part, recorded: difference.own, expected: difference.other)
    }
    for (place, text) in lines.enumerated() {
      let record: JournalRecord = try Self.decoded(text, path, line: place + 2)
      records[Key(trial: record.trial, rung: record.rung)] = (record, place + 2)
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Returns the record of an evaluation, or nil if there is none.
  ///
  /// - Throws: `StudyJournalError.otherValues` if it is of other values.
  func record(of evaluation: TrialEvaluation) throws(StudyJournalError) -> JournalRecord? {
    guard let (record, line) = records[Key(trial: evaluation.trial, rung: evaluation.rung)] else {
      return nil
    }
    guard record.values == evaluation.values else {
      throw .otherValues(path: path, line: line, trial: evaluation.trial)
    }
    return record
  }

  /// Adds a line, which is on the disk when the function returns.
  func write(_ value: some Encodable) throws {
    let bytes = Array((try MetadataJSON.encode(value) + "\n").utf8)
    let number = bytes.withUnsafeBytes { writeAll($0, to: descriptor) }
    guard number == 0 else { throw Self.failure(path, number) }
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw Self.failure(path) }
  }

  /// Returns the first line of a file, or nil if there is no such file or it has no complete line.
  static func header(at path: String) throws -> JournalHeader? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let bytes = try bytes(of: descriptor, path)
    guard let end = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return nil }
    return try decoded(String(decoding: bytes[..<end], as: UTF8.self), path, line: 1)
  }

  private static func bytes(
    of descriptor: Int32, _ path: String
  ) throws(StudyJournalError) -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(path) }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return bytes
  }

  /// Returns the complete lines, and removes an incomplete last one from the file.
  private func lines() throws(StudyJournalError) -> [String] {
    let bytes = try Self.bytes(of: descriptor, path)
    let end = bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    if end < bytes.count {
      let line = bytes[..<end].count { $0 == UInt8(ascii: "\n") } + 1
      note = "\(path):\(line): dropped an incomplete last line, whose evaluation is repeated"
      guard ftruncate(descriptor, off_t(end)) == 0 else { throw Self.failure(path) }
    }
    return bytes[..<end].split(separator: UInt8(ascii: "\n")).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  private static func decoded<Value: Decodable>(
    _ text: String, _ path: String, line: Int
  ) throws(StudyJournalError) -> Value {
    do {
      return try MetadataJSON.decode(Value.self, from: text)
    } catch {
      throw .invalidLine(path: path, line: line, reason: MetadataJSON.reason(of: error))
    }
  }

  private static func failure(_ path: String, _ number: Int32 = errno) -> StudyJournalError {
    .inaccessible(path: path, reason: String(cString: strerror(number)))
  }
}
