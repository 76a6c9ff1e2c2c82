#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Functions that create the directories of event files.
package enum EventDirectory {
  /// Creates a directory and those that contain it, unless they exist.
  ///
  /// - Throws: An ``EventFileError`` if that isn't possible.
  package static func make(_ path: String) throws(EventFileError) {
    if isDirectory(path) { return }
    if let parent = parent(of: path) { try make(parent) }
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else { throw failure(path, errno) }
    if !isDirectory(path) { throw .notDirectory(path: path) }
  }

  /// Creates a directory that does not exist yet: `PATH`, or the first of `PATH-2`, `PATH-3` and so on.
  ///
  /// - Parameters:
  ///   - path: The path.
  ///   - isNumbered: A Boolean value that indicates whether the first directory has a number, too:
  ///     `PATH-1`.
  /// - Returns: The path of the directory.
  /// - Throws: An ``EventFileError`` if that isn't possible.
  package static func makeNew(
    _ path: String, isNumbered: Bool = false
  ) throws(EventFileError) -> String {
    if let parent = parent(of: path) { try make(parent) }
    var number = 1
    while true {
      let name = number == 1 && !isNumbered ? path : "\(path)-\(number)"
      if mkdir(name, 0o777) == 0 { return name }
      guard errno == EEXIST else { throw failure(name, errno) }
      number += 1
    }
  }

  /// Checks that a directory exists or can be created, and that files can be created in it.
  ///
  /// - Throws: An ``EventFileError`` if not.
  package static func check(_ path: String) throws(EventFileError) {
    guard !path.isEmpty else { throw failure(path, ENOENT) }
    var existing = path
    while access(existing, F_OK) != 0 {
      guard errno == ENOENT else { throw failure(path, errno) }
      existing = parent(of: existing) ?? "."
    }
    if !isDirectory(existing) { throw .notDirectory(path: existing) }
    if access(existing, W_OK | X_OK) != 0 { throw failure(path, errno) }
  }

  private static func isDirectory(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Returns the part of a path before its last slash, or nil if there is none.
  private static func parent(of path: String) -> String? {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash > path.startIndex else {
      return nil
    }
    return String(path[..<slash])
  }

  private static func failure(_ path: String, _ number: Int32) -> EventFileError {
    .notWritable(path: path, reason: String(cString: strerror(number)))
  }
}
