/// A filter that selects cases by their paths, `suite/case`.
package struct CaseFilter: Sendable {
  /// The pattern as given.
  package let pattern: String

  /// Creates a filter.
  ///
  /// - Parameter pattern: A part of the path, or a regular expression that matches a part of it.
  /// - Throws: Swift's error if the pattern is not a regular expression.
  package init(_ pattern: String) throws {
    self.pattern = pattern
    _ = try Regex(pattern)
  }

  /// Returns a Boolean value that indicates whether the path contains the pattern, or a match of
  /// the pattern as a regular expression.
  package func matches(_ path: String) -> Bool {
    // A Regex is not Sendable, so it is created here. `init` has checked that it is valid.
    path.contains(pattern) || (try? Regex(pattern)).map { path.contains($0) } ?? false
  }
}

extension [CaseFilter] {
  /// Returns a Boolean value that indicates whether a filter matches, or whether there is no
  /// filter.
  package func matches(_ path: String) -> Bool {
    isEmpty || contains { $0.matches(path) }
  }
}
