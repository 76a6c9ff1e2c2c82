/// Two paths of one run that lead to the same file, at least one of them an output.
public struct FileConflict: Error, Hashable, Sendable {
  /// The path that cannot be used.
  public let path: String
  /// The path of the same file that the run uses already.
  public let other: String
  /// How the run uses `path`.
  public let use: Use
  /// How the run uses `other`.
  public let otherUse: Use

  /// How a run uses a file.
  public enum Use: Sendable {
    case input
    case output
  }

  /// The reason without the path.
  package var reason: String {
    switch (use, otherUse) {
    case (.output, .output):
      "is the same file as \(other), which this run writes too; name two different outputs"
    case _ where path == other:
      "is an input of this run, and its output would replace it; name another output"
    case (.output, _):
      "is the same file as \(other), an input of this run, and would replace it; name another output"
    default:
      "is the same file as \(other), an output of this run, which would replace it; name another "
        + "output"
    }
  }
}

extension FileConflict: CustomStringConvertible {
  public var description: String { "\(path): \(reason)" }
}
