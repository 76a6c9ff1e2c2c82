#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Paths as the file system follows them.
enum FilePath {
  /// Returns the directory that a path names its last part in.
  static func directory(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Returns the last part of a path.
  static func name(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  /// Returns the path of the file that symbolic links lead to, whether that file exists or not; nil
  /// where they lead in a circle.
  static func destination(of path: String) -> String? {
    if let resolved = realpath(path, nil) {
      defer { free(resolved) }
      return String(cString: resolved)
    }
    var path = path
    for _ in 0..<linkLimit {
      guard let link = link(at: path) else { return path }
      path = link.hasPrefix("/") ? link : directory(of: path) + "/" + link
    }
    return nil
  }

  /// Returns what a symbolic link says; nil for everything else.
  private static func link(at path: String) -> String? {
    let capacity = Int(PATH_MAX)
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
      let count = readlink(path, buffer.baseAddress!, capacity)
      guard count >= 0 else { return nil }
      return String(decoding: UnsafeRawBufferPointer(buffer).prefix(count), as: UTF8.self)
    }
  }

  /// The number of links that Linux follows in one path.
  private static let linkLimit = 40
}
