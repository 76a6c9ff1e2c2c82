#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is written completely or not at all.
///
/// Bytes go to a new file in the same directory, which replaces the old file once it is complete
/// and on disk. No reader sees a partial file, and after a failure the old file is unchanged.
package final class AtomicFile {
  /// A reason why a file cannot be written.
  package enum Failure: Error {
    case isDirectory
    /// The path leads to a pipe, a device, or the like, which a file cannot replace.
    case notRegularFile
    case noSuchDirectory(String)
    /// The file is an input of the same run.
    case conflict(FileConflict)
    case notWritable(reason: String)
  }

  /// The path as the caller gave it.
  package let path: String
  /// The path of the file to replace, after following symbolic links.
  private let target: String
  private let temporary: String
  private let slot: TemporaryFiles.Slot
  /// The descriptor of the new file; -1 once the file is complete.
  private var descriptor: Int32
  /// The number of the first error; 0 if there is none.
  private var failure: Int32 = 0
  private var hasReplaced = false

  /// Creates the new file. Without a call of ``commit()``, the file is removed and nothing changes.
  package init(path: String) throws(Failure) {
    guard !path.isEmpty else { throw Self.failure(ENOENT) }
    self.path = path
    guard let target = FilePath.destination(of: path) else { throw Self.failure(ELOOP) }
    self.target = target
    let mode = try Self.modeOfTarget(path)
    (descriptor, temporary, slot) = try Self.openTemporary(in: FilePath.directory(of: target))
    if let mode { fchmod(descriptor, mode) }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if !hasReplaced { unlink(temporary) }
    TemporaryFiles.remove(slot)
  }

  /// Appends bytes. An error is thrown by ``commit()``.
  package func write(_ bytes: UnsafeRawBufferPointer) {
    if failure == 0 { failure = writeAll(bytes, to: descriptor) }
  }

  /// Replaces the old file by the new one. Within ``RunFiles/writeTogether(_:)``, the replacement
  /// is deferred.
  ///
  /// - Throws: The first error since the file was created. The old file is then unchanged.
  package func commit() throws(Failure) {
    try complete()
    try checkTarget()
    if RunFiles.current?.hold(self) == true { return }
    try replace()
  }

  /// Checks again that the file may be replaced, since its path may now lead to another file.
  func checkTarget() throws(Failure) {
    _ = try Self.modeOfTarget(path)
    _ = try Self.modeOfTarget(target)
  }

  /// Replaces the old file by the new one.
  func replace() throws(Failure) {
    guard rename(temporary, target) == 0 else { throw Self.failure(errno) }
    hasReplaced = true
  }

  /// Waits until all bytes are on disk, and closes the file.
  private func complete() throws(Failure) {
    if failure == 0, fsync(descriptor) != 0 { failure = errno }
    if close(descriptor) != 0, failure == 0 { failure = errno }
    descriptor = -1
    if failure != 0 { throw Self.failure(failure) }
  }

  /// Returns the permissions of the file at a path, or nil if there is no file.
  ///
  /// - Throws: A `Failure` if the file must not be replaced.
  private static func modeOfTarget(_ path: String) throws(Failure) -> mode_t? {
    do throws(FileConflict) { try RunFiles.current?.checkReplacing(path) } catch {
      throw .conflict(error)
    }
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return status.st_mode & 0o7777
    case S_IFDIR: throw .isDirectory
    default: throw .notRegularFile
    }
  }

  /// Creates a file with a unique name.
  private static func openTemporary(
    in directory: String
  ) throws(Failure) -> (descriptor: Int32, path: String, slot: TemporaryFiles.Slot) {
    var status = stat()
    guard stat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw .noSuchDirectory(directory)
    }
    for attempt in 0..<1000 {
      let temporary = "\(directory)/.foresight-\(getpid())-\(attempt).part"
      // Registering the path before the file exists ensures that a signal in between removes the
      // file.
      let slot = TemporaryFiles.add(temporary)
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      let number = errno
      if descriptor >= 0 { return (descriptor, temporary, slot) }
      TemporaryFiles.remove(slot)
      guard number == EEXIST else { throw failure(number) }
    }
    throw failure(EEXIST)
  }

  private static func failure(_ number: Int32) -> Failure {
    .notWritable(reason: String(cString: strerror(number)))
  }
}
