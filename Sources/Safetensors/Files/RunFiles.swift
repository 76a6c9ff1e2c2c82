import Synchronization

/// The files that one run of a program reads and writes. An output must not be an input or another
/// output.
///
/// A command starts such a record before it opens any file. From then on, every file that is opened
/// for reading is added to the record. Every ``AtomicFile`` checks the record when it is created
/// and again before it replaces a file, so that other code needs no checks. A library within
/// another program keeps no record and checks nothing.
package final class RunFiles: Sendable {
  private struct Entry {
    let path: String
    let use: FileConflict.Use
    /// The file to which the path led when the entry was made.
    let identity: FileIdentity?

    init(_ path: String, _ use: FileConflict.Use) {
      (self.path, self.use, identity) = (path, use, FileIdentity(path: path))
    }

    /// Returns a Boolean value that indicates whether a file belongs to this entry: whether it is
    /// the file to which the path led at first, or to which it leads now.
    func isFile(_ file: FileIdentity?) -> Bool {
      file != nil && (file == identity || file == FileIdentity(path: path))
    }
  }

  private let entries = Mutex<[Entry]>([])
  private let lock = Mutex(())
  /// The complete files that wait for others; nil if none has to wait. Protected by the lock.
  private nonisolated(unsafe) var held: [AtomicFile]?
  private static let present = Mutex<RunFiles?>(nil)

  /// The record of the process; nil if there is none.
  package static var current: RunFiles? { present.withLock { $0 } }

  /// Starts the record of the process. If standard output and standard error are redirected to
  /// files, those files are outputs.
  package static func begin() {
    present.withLock { $0 = RunFiles() }
  }

  /// Adds an input: a file that is read or on which the run depends.
  ///
  /// - Throws: A ``FileConflict`` if it is an output.
  package func read(_ path: String) throws(FileConflict) {
    try enter(Entry(path, .input), against: .output)
  }

  /// Adds an output.
  ///
  /// - Throws: A ``FileConflict`` if it is already an input or an output.
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

  /// Returns the name of the standard stream that is redirected to a file, or nil.
  private static func standardStream(_ file: FileIdentity?) -> String? {
    guard let file else { return nil }
    if FileIdentity(descriptor: 1) == file { return "standard output" }
    return FileIdentity(descriptor: 2) == file ? "standard error" : nil
  }
}

extension RunFiles {
  /// An error for a file that could not replace the old one.
  package struct ReplacementFailure: Error {
    /// The path of the file, as the caller gave it.
    package let path: String
    package let reason: AtomicFile.Failure
  }

  /// Writes several files. All of them are complete before the first one replaces an old file, so
  /// that a failure leaves all old files unchanged.
  ///
  /// - Throws: An error from `body`, or a ``ReplacementFailure``.
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

  /// Defers the replacement by a complete file until the other files are complete.
  ///
  /// - Returns: False if the file can replace the old one immediately.
  func hold(_ file: AtomicFile) -> Bool {
    lock.withLock { _ in
      held?.append(file)
      return held != nil
    }
  }
}

extension AtomicFile {
  /// Calls a closure, and adds the file's path to its error.
  fileprivate func replacing(
    _ body: () throws(Failure) -> Void
  ) throws(RunFiles.ReplacementFailure) {
    do throws(Failure) { try body() } catch {
      throw RunFiles.ReplacementFailure(path: path, reason: error)
    }
  }
}
