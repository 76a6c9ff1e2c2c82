#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Bytes that can be read from any position, by several threads at once.
protocol RandomAccessBytes: Sendable {
  /// The name of the bytes in errors: the path of a file.
  var name: String { get }
  /// The number of bytes.
  var count: Int { get }

  /// Fills `buffer` with the bytes from `position` on. The caller must only request bytes that
  /// exist.
  func read(into buffer: UnsafeMutableRawBufferPointer, at position: Int) throws(SafetensorsError)
}

extension RandomAccessBytes {
  /// Returns some of the bytes as an array.
  func bytes(at position: Int, count: Int) throws(SafetensorsError) -> [UInt8] {
    var result = Result<Void, SafetensorsError>.success(())
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      buffer.initialize(repeating: 0)
      initializedCount = count
      let target = UnsafeMutableRawBufferPointer(
        rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count])
      result = Result { () throws(SafetensorsError) in try read(into: target, at: position) }
    }
    try result.get()
    return bytes
  }
}

/// Bytes in memory.
struct MemoryBytes: RandomAccessBytes {
  let name: String
  let contents: [UInt8]

  package var count: Int { contents.count }

  func read(into buffer: UnsafeMutableRawBufferPointer, at position: Int) {
    buffer.copyBytes(from: contents[position..<(position + buffer.count)])
  }
}

/// The bytes of an open file.
final class FileBytes: RandomAccessBytes {
  let name: String
  package let count: Int
  private let descriptor: Int32

  init(path: String) throws(SafetensorsError) {
    name = path
    do throws(FileConflict) { try RunFiles.current?.read(path) } catch {
      (count, descriptor) = (0, -1)
      throw SafetensorsError(file: path, fault: .conflict(error))
    }
    // Without O_NONBLOCK, opening a pipe would wait for its other end.
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      count = 0
      throw Self.error(errno, path: path)
    }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else {
      count = 0
      throw Self.error(errno, path: path)
    }
    count = Int(status.st_size)
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw SafetensorsError(file: path, fault: .isDirectory)
    default: throw SafetensorsError(file: path, fault: .notRegularFile)
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  func read(
    into buffer: UnsafeMutableRawBufferPointer, at position: Int
  ) throws(SafetensorsError) {
    var done = 0
    while done < buffer.count {
      // A single call reads at most 2 GiB.
      let rest = min(buffer.count - done, 1 << 30)
      let count = pread(descriptor, buffer.baseAddress! + done, rest, off_t(position + done))
      if count > 0 {
        done += count
      } else if count == 0 {
        throw SafetensorsError(file: name, fault: .changedWhileReading)
      } else if errno != EINTR {
        throw Self.error(errno, path: name)
      }
    }
  }

  private static func error(_ number: Int32, path: String) -> SafetensorsError {
    switch number {
    case ENOENT, ENOTDIR: SafetensorsError(file: path, fault: .noSuchFile)
    default:
      SafetensorsError(file: path, fault: .unreadable(reason: String(cString: strerror(number))))
    }
  }
}
