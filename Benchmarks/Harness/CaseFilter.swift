/// Chooses cases by their paths, `suite/case`.
package struct CaseFilter: Sendable {
  /// The pattern as it was given.
  package let pattern: String

  /// - Parameter pattern: A part of the path, or a regular expression that is found in it.
  /// - Throws: An error of Swift's, where the pattern is no regular expression.
  package init(_ pattern: String) throws {
    self.pattern = pattern
    _ = try Regex(pattern)
  }

  /// Whether the path contains the pattern, or something that it matches as a regular expression.
  package func matches(_ path: String) -> Bool {
    // A Regex cannot be sent to other threads, so it is made here; `init` has seen that it can be.
    path.contains(pattern) || (try? Regex(pattern)).map { path.contains($0) } ?? false
  }
}

extension [CaseFilter] {
  /// Whether one of the filters matches, or there is none.
  package func matches(_ path: String) -> Bool {
    isEmpty || contains { $0.matches(path) }
  }
}
