import NeuralNetwork

/// An error that explains why a file can't be written, and how to fix it.
public enum OutputError: Error, Equatable {
  case noSuchDirectory(path: String, directory: String)
  case isDirectory(path: String)
  case notDirectory(path: String)
  /// The path is a pipe, a device, or the like, which can't be replaced by a file.
  case notRegularFile(path: String)
  /// The file is an input of the same run, or another output.
  case conflict(FileConflict)
  case notWritable(path: String, reason: String)
}

extension OutputError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noSuchDirectory(let path, let directory):
      "\(path): there is no directory \(directory.debugDescription); create it first"
    case .isDirectory(let path):
      "\(path): is a directory; name a file in it"
    case .notDirectory(let path):
      "\(path): is a file, not a directory; name another"
    case .notRegularFile(let path):
      "\(path): is not a regular file; name a regular file or a new one"
    case .conflict(let conflict):
      conflict.description
    case .notWritable(let path, let reason):
      "\(path): cannot be written: \(reason)"
    }
  }
}
