#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

import Safetensors

/// A source of bytes, read in chunks so that memory use does not grow with their number.
public protocol ByteSource: AnyObject {
  /// The name of the source in errors, such as the path of a file.
  var name: String { get }

  /// Reads at least one byte, and at most as many as fit, into `buffer`, which is not empty.
  /// Returns the number of bytes read, or 0 at the end.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableError) -> Int
}

extension ByteSource {
  /// Reads at least one byte and at most `limit`, or none at the end.
  func readPiece(_ limit: Int) throws(TableError) -> [UInt8] {
    var failure: TableError?
    let piece = [UInt8](unsafeUninitializedCapacity: limit) { bytes, count in
      do throws(TableError) {
        count = try read(into: UnsafeMutableRawBufferPointer(bytes))
      } catch {
        failure = error
      }
    }
    if let failure { throw failure }
    return piece
  }

  /// Reads all bytes up to the end.
  package func readAll() throws(TableError) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let piece = try readPiece(1 << 16)
      if piece.isEmpty { return bytes }
      bytes += piece
    }
  }
}

/// A source of the bytes of a file.
public final class FileByteSource: ByteSource {
  /// The path as given.
  public let name: String
  private let descriptor: Int32

  /// Opens a file for reading.
  ///
  /// - Throws: A `TableError` if there is no such file, it is a directory, or it cannot be read.
  public init(path: String) throws(TableError) {
    name = path
    do throws(FileConflict) { try RunFiles.current?.read(path) } catch {
      descriptor = -1
      throw TableError(file: path, fault: .conflict(error))
    }
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.error(errno, path: path) }
    var status = stat()
    if fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFDIR {
      throw TableError(file: path, fault: .isDirectory)
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(TableError) -> Int {
    while true {
      #if canImport(Darwin)
        let count = Darwin.read(descriptor, buffer.baseAddress, buffer.count)
      #elseif canImport(Musl)
        let count = Musl.read(descriptor, buffer.baseAddress, buffer.count)
      #else
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      #endif
      if count >= 0 { return count }
      guard errno == EINTR else { throw Self.error(errno, path: name) }
    }
  }

  private static func error(_ number: Int32, path: String) -> TableError {
    switch number {
    case ENOENT, ENOTDIR: TableError(file: path, fault: .noSuchFile)
    case EISDIR: TableError(file: path, fault: .isDirectory)
    default: TableError(file: path, fault: .unreadable(reason: String(cString: strerror(number))))
    }
  }
}

/// A source of bytes that are already in memory, such as the body of a request.
public final class MemoryByteSource: ByteSource {
  /// The name of the source in errors.
  public let name: String
  private var rest: ArraySlice<UInt8>

  /// Creates a source of `bytes` with the given name.
  public init(_ bytes: [UInt8], name: String) {
    self.name = name
    rest = bytes[...]
  }

  public func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let piece = rest.prefix(buffer.count)
    buffer.copyBytes(from: piece)
    rest = rest.dropFirst(piece.count)
    return piece.count
  }
}
