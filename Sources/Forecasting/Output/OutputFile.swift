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
/// once it is complete: no reader ever sees half of it, and a failure leaves the old one.
public struct OutputFile: Sendable {
  /// The path as it was given.
  public let path: String
  /// The file that is replaced: not a symbolic link to it.
  private let target: String

  /// A file to be written to later. Tries at once whether it can be, so that a long computation
  /// does not end at a directory that is not there.
  ///
  /// - Throws: An `OutputError`.
  public init(path: String) throws(OutputError) {
    self.path = path
    var status = stat()
    if stat(path, &status) == 0 {
      switch status.st_mode & S_IFMT {
      case S_IFREG: break
      case S_IFDIR: throw .isDirectory(path: path)
      default: throw .notRegularFile(path: path)
      }
    }
    target = Self.resolved(path)
    let directory = Self.directory(of: target)
    guard stat(directory, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw .noSuchDirectory(path: path, directory: directory)
    }
    guard !path.isEmpty else { throw Self.failure(path, ENOENT) }
    // Only a trial tells: to root everything seems writable, even /proc.
    let (descriptor, temporary) = try openTemporary()
    close(descriptor)
    unlink(temporary)
  }

  /// Writes `text` as UTF-8 in place of what the file held.
  ///
  /// - Throws: An `OutputError`; the file is as it was then.
  public func write(_ text: String) throws(OutputError) {
    let (descriptor, temporary) = try openTemporary()
    var text = text
    var failure = text.withUTF8 { Self.writeAll($0, to: descriptor) }
    if failure == 0, fsync(descriptor) != 0 { failure = errno }
    if close(descriptor) != 0, failure == 0 { failure = errno }
    if failure == 0, rename(temporary, target) != 0 { failure = errno }
    guard failure == 0 else {
      unlink(temporary)
      throw Self.failure(path, failure)
    }
  }

  /// Makes a new file beside the one to be written, under a name that no other file has.
  private func openTemporary() throws(OutputError) -> (descriptor: Int32, path: String) {
    for attempt in 0..<1000 {
      let temporary = "\(target).\(getpid())-\(attempt).part"
      let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (descriptor, temporary) }
      guard errno == EEXIST else { throw Self.failure(path, errno) }
    }
    throw Self.failure(path, EEXIST)
  }

  /// Writes all bytes; the error's number where that fails, else 0.
  private static func writeAll(_ bytes: UnsafeBufferPointer<UInt8>, to descriptor: Int32) -> Int32 {
    var rest = UnsafeRawBufferPointer(bytes)
    while !rest.isEmpty {
      #if canImport(Darwin)
        let count = Darwin.write(descriptor, rest.baseAddress, rest.count)
      #elseif canImport(Musl)
        let count = Musl.write(descriptor, rest.baseAddress, rest.count)
      #else
        let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      #endif
      if count < 0 {
        if errno == EINTR { continue }
        return errno
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
    return 0
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

  private static func failure(_ path: String, _ number: Int32) -> OutputError {
    .notWritable(path: path, reason: String(cString: strerror(number)))
  }
}
