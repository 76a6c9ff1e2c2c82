/// An error for two paths of one run that lead to the same file, at least one of which is an
/// output.
public struct FileConflict: Error, Hashable, Sendable {
  /// The path that cannot be used.
  public let path: String
  /// The other path of the same file, which the run already uses.
  public let other: String
  /// The use of `path` in the run.
  public let use: Use
  /// The use of `other` in the run.
  public let otherUse: Use

  /// The use of a file in a run.
  public enum Use: Sendable {
    case input
    case output
  }

  /// The reason, without the path.
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
