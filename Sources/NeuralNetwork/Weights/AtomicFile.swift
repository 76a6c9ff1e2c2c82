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
    case notWritable(reason: String)
  }

  /// The file that is replaced: not a symbolic link to it.
  private let target: String
  private let temporary: String
  private var descriptor: Int32
  /// The number of the first error; 0 if there was none.
  private var failure: Int32 = 0

  /// Makes the new file; without ``commit()`` it goes again, and nothing has changed.
  package init(path: String) throws(Failure) {
    guard !path.isEmpty else { throw Self.failure(ENOENT) }
    var status = stat()
    let exists = stat(path, &status) == 0
    if exists { try Self.checkReplaceable(status) }
    target = Self.resolved(path)
    (descriptor, temporary) = try Self.openTemporary(in: Self.directory(of: target))
    if exists { fchmod(descriptor, status.st_mode & 0o7777) }
  }

  deinit {
    guard descriptor >= 0 else { return }
    close(descriptor)
    unlink(temporary)
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

  /// Puts the new file in the old one's place.
  ///
  /// - Throws: The first error since the file was made; the old file is as it was then.
  package func commit() throws(Failure) {
    if failure == 0, fsync(descriptor) != 0 { failure = errno }
    if close(descriptor) != 0, failure == 0 { failure = errno }
    descriptor = -1
    if failure == 0, rename(temporary, target) != 0 { failure = errno }
    guard failure == 0 else {
      unlink(temporary)
      throw Self.failure(failure)
    }
  }

  private static func checkReplaceable(_ status: stat) throws(Failure) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: throw .isDirectory
    default: throw .notRegularFile
    }
  }

  /// Makes a new file under a name that no other file has.
  private static func openTemporary(
    in directory: String
  ) throws(Failure) -> (descriptor: Int32, path: String) {
    var status = stat()
    guard stat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw .noSuchDirectory(directory)
    }
    for attempt in 0..<1000 {
      let temporary = "\(directory)/.foresight-\(getpid())-\(attempt).part"
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (descriptor, temporary) }
      guard errno == EEXIST else { throw failure(errno) }
    }
    throw failure(EEXIST)
  }

  /// The file that a path leads to, symbolic links followed; the path itself for a new file.
  private static func resolved(_ path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  private static func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
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
