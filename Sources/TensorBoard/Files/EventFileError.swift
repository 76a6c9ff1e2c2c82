/// An error that explains why events can't be written, and how to fix it.
public enum EventFileError: Error, Equatable {
  /// The path of the directory leads to a file.
  case notDirectory(path: String)
  /// The directory can't be created, or the event file can't be created or written.
  case notWritable(path: String, reason: String)
}

extension EventFileError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notDirectory(let path):
      "\(path): is a file, not a directory; name another directory for the event files"
    case .notWritable(let path, let reason):
      "\(path): cannot be written: \(reason)"
    }
  }
}
