#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A file that is written whole or not at all.
///
/// What is written goes to a new file in the same directory, which takes the place of the old one
/// once it is complete and on disk: no reader sees half of it, and a failure leaves the old one.
package final class AtomicFile {
  /// Why a file cannot be written.
  package enum Failure: Error {
    case isDirectory
    /// A pipe, a device or the like, which cannot be replaced by a file.
    case notRegularFile
    case noSuchDirectory(String)
    /// The file is an input of the same run.
    case conflict(FileConflict)
    case notWritable(reason: String)
  }

  /// The path as it was given.
  package let path: String
  /// The file that is replaced: not a symbolic link to it.
  private let target: String
  private let temporary: String
  private let slot: TemporaryFiles.Slot
  /// The new file while it is written; -1 once it is complete.
  private var descriptor: Int32
  /// The number of the first error; 0 if there was none.
  private var failure: Int32 = 0
  private var hasReplaced = false

  /// Creates the new file. Without ``commit()`` it is removed again, and nothing has changed.
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

  /// Adds bytes at the end; an error shows in ``commit()``.
  package func write(_ bytes: UnsafeRawBufferPointer) {
    var done = 0
    while done < bytes.count, failure == 0 {
      // A single call writes at most 2 GiB.
      let rest = min(bytes.count - done, 1 << 30)
      let count = Self.writeOnce(descriptor, bytes.baseAddress! + done, rest)
      if count >= 0 {
        done += count
      } else if errno != EINTR {
        failure = errno
      }
    }
  }

  /// Puts the new file in the old one's place, or, within ``RunFiles/writeTogether(_:)``, holds it
  /// ready for that.
  ///
  /// - Throws: The first error since the file was made; the old file is as it was then.
  package func commit() throws(Failure) {
    try complete()
    try checkTarget()
    if RunFiles.current?.hold(self) == true { return }
    try replace()
  }

  /// Checks again that the file may be replaced: meanwhile there may be another one in its place.
  func checkTarget() throws(Failure) {
    _ = try Self.modeOfTarget(path)
    _ = try Self.modeOfTarget(target)
  }

  /// Puts the new file in the old one's place.
  func replace() throws(Failure) {
    guard rename(temporary, target) == 0 else { throw Self.failure(errno) }
    hasReplaced = true
  }

  /// Waits until all bytes are on disk.
  private func complete() throws(Failure) {
    if failure == 0, fsync(descriptor) != 0 { failure = errno }
    if close(descriptor) != 0, failure == 0 { failure = errno }
    descriptor = -1
    if failure != 0 { throw Self.failure(failure) }
  }

  /// Returns the permissions of the file that a path leads to; nil where there is none.
  ///
  /// - Throws: A `Failure` if it is none that may be replaced.
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

  /// Creates a file under a name that no other file has.
  private static func openTemporary(
    in directory: String
  ) throws(Failure) -> (descriptor: Int32, path: String, slot: TemporaryFiles.Slot) {
    var status = stat()
    guard stat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw .noSuchDirectory(directory)
    }
    for attempt in 0..<1000 {
      let temporary = "\(directory)/.foresight-\(getpid())-\(attempt).part"
      // A signal that comes at once removes the file only if it is on the list before it is there.
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

  /// The system's `write`, which the method of that name hides.
  private static func writeOnce(
    _ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int
  ) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes, count)
    #elseif canImport(Musl)
      Musl.write(descriptor, bytes, count)
    #else
      Darwin.write(descriptor, bytes, count)
    #endif
  }
}
