#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The identity of a file, independent of the spelling of its path: the device and the inode or,
/// for a file that does not exist yet, those of its directory together with its name.
package struct FileIdentity: Hashable, Sendable {
  private let device: UInt64
  private let inode: UInt64
  /// The name in the directory; nil for an existing file.
  private let newName: String?

  /// Creates the identity of the file at a path, after following symbolic links. Returns nil if
  /// neither the file nor its directory exists.
  package init?(path: String) {
    var status = stat()
    if stat(path, &status) == 0 {
      self.init(status, newName: nil)
      return
    }
    guard let destination = FilePath.destination(of: path),
      stat(FilePath.directory(of: destination), &status) == 0
    else { return nil }
    self.init(status, newName: FilePath.name(of: destination))
  }

  /// Creates the identity of an open file. Returns nil if it is not a regular file, which cannot be
  /// replaced.
  package init?(descriptor: Int32) {
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    self.init(status, newName: nil)
  }

  private init(_ status: stat, newName: String?) {
    device = UInt64(truncatingIfNeeded: status.st_dev)
    inode = UInt64(truncatingIfNeeded: status.st_ino)
    self.newName = newName
  }
}
