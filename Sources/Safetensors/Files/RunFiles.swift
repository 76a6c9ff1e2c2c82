import Synchronization

/// The files that one run of a program reads and writes. No output may be an input, or another output.
///
/// A program that works for its user begins such a record before it opens any file. From then on
/// every file that is opened for reading enters itself, and every ``AtomicFile`` asks before it is
/// made and again before it replaces anything: what names a file needs no check of its own. A library
/// in another program keeps no record and checks nothing.
package final class RunFiles: Sendable {
  private struct Entry {
    let path: String
    let use: FileConflict.Use
    /// The file that the path led to at first.
    let identity: FileIdentity?

    init(_ path: String, _ use: FileConflict.Use) {
      (self.path, self.use, identity) = (path, use, FileIdentity(path: path))
    }

    /// Returns a Boolean value that indicates whether a file is the one of this entry: the one that
    /// the path led to at first, or the one that it leads to now.
    func isFile(_ file: FileIdentity?) -> Bool {
      file != nil && (file == identity || file == FileIdentity(path: path))
    }
  }

  private let entries = Mutex<[Entry]>([])
  private let lock = Mutex(())
  /// The complete files that wait for others; nil where none has to. Used under the lock only.
  private nonisolated(unsafe) var held: [AtomicFile]?
  private static let present = Mutex<RunFiles?>(nil)

  /// The record of the process; nil where there is none.
  package static var current: RunFiles? { present.withLock { $0 } }

  /// Begins the record of the process. Standard output and standard error that go to files are
  /// outputs.
  package static func begin() {
    present.withLock { $0 = RunFiles() }
  }

  /// Begins to read a file, or to depend on it.
  ///
  /// - Throws: A ``FileConflict`` if it is an output.
  package func read(_ path: String) throws(FileConflict) {
    try enter(Entry(path, .input), against: .output)
  }

  /// Sets a file aside as an output.
  ///
  /// - Throws: A ``FileConflict`` if it is an input, or set aside already.
  package func claim(_ path: String) throws(FileConflict) {
    try enter(Entry(path, .output), against: nil)
  }

  /// Checks that a file may be replaced.
  ///
  /// - Throws: A ``FileConflict`` if it is an input.
  func checkReplacing(_ path: String) throws(FileConflict) {
    let file = FileIdentity(path: path)
    let input = entries.withLock { $0.first { $0.use == .input && $0.isFile(file) } }
    if let input {
      throw FileConflict(path: path, other: input.path, use: .output, otherUse: .input)
    }
  }

  private func enter(
    _ entry: Entry, against use: FileConflict.Use?
  ) throws(FileConflict) {
    if let name = Self.standardStream(entry.identity) {
      throw FileConflict(path: entry.path, other: name, use: entry.use, otherUse: .output)
    }
    let other = entries.withLock { entries in
      let other = entries.first { (use == nil || $0.use == use) && $0.isFile(entry.identity) }
      if other == nil { entries.append(entry) }
      return other
    }
    if let other {
      throw FileConflict(
        path: entry.path, other: other.path, use: entry.use, otherUse: other.use)
    }
  }

  /// Returns the name of the standard stream that is written to a file, or nil.
  private static func standardStream(_ file: FileIdentity?) -> String? {
    guard let file else { return nil }
    if FileIdentity(descriptor: 1) == file { return "standard output" }
    return FileIdentity(descriptor: 2) == file ? "standard error" : nil
  }
}

extension RunFiles {
  /// A file that could not take its place.
  package struct ReplacementFailure: Error {
    /// The path of the file, as it was given.
    package let path: String
    package let reason: AtomicFile.Failure
  }

  /// Writes several files: all are complete before the first one takes its place, so that a failure
  /// leaves every earlier file as it was.
  ///
  /// - Throws: What `body` throws, or a ``ReplacementFailure``.
  package static func writeTogether(_ body: () throws -> Void) throws {
    guard let run = current else { return try body() }
    run.lock.withLock { _ in run.held = [] }
    defer { run.lock.withLock { _ in run.held = nil } }
    try body()
    let files = run.held ?? []
    for file in files {
      try file.replacing { () throws(AtomicFile.Failure) in try file.checkTarget() }
    }
    try TemporaryFiles.deferringSignals {
      for file in files {
        try file.replacing { () throws(AtomicFile.Failure) in try file.replace() }
      }
    }
  }

  /// Keeps a complete file until the others are; false where it can take its place at once.
  func hold(_ file: AtomicFile) -> Bool {
    lock.withLock { _ in
      held?.append(file)
      return held != nil
    }
  }
}

extension AtomicFile {
  /// Calls a closure whose failures are to name the file.
  fileprivate func replacing(
    _ body: () throws(Failure) -> Void
  ) throws(RunFiles.ReplacementFailure) {
    do throws(Failure) { try body() } catch {
      throw RunFiles.ReplacementFailure(path: path, reason: error)
    }
  }
}
