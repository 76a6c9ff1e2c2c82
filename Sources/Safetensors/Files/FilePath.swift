#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Functions for the parts and the destinations of paths.
enum FilePath {
  /// Returns the directory part of a path.
  static func directory(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Returns the last part of a path.
  static func name(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
    return String(path[path.utf8.index(after: slash)...])
  }

  /// Returns the path to which symbolic links lead, whether or not the file exists; nil if the
  /// links are circular.
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

  /// Returns the target of a symbolic link; nil for anything else.
  private static func link(at path: String) -> String? {
    let capacity = Int(PATH_MAX)
    return withUnsafeTemporaryAllocation(of: CChar.self, capacity: capacity) { buffer in
      let count = readlink(path, buffer.baseAddress!, capacity)
      guard count >= 0 else { return nil }
      return String(decoding: UnsafeRawBufferPointer(buffer).prefix(count), as: UTF8.self)
    }
  }

  /// The maximum number of links that Linux follows in one path.
  private static let linkLimit = 40
}
