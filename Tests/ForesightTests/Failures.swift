import Testing

extension Workspace {
  /// Expects a run to end with one message that contains a text, and to write nothing at all.
  ///
  /// - Parameter isUsage: Whether the message is about the options, and is followed by lines that
  ///   lead to the help.
  func expectFailure(
    _ arguments: [String], _ message: String, isUsage: Bool = false,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try contents()
    let outcome = try run(arguments)
    let after = try contents()
    #expect(outcome.hasExited, "crashed: \(outcome.errors)", sourceLocation: sourceLocation)
    #expect(outcome.status != 0, sourceLocation: sourceLocation)
    #expect(after == before, "wrote something", sourceLocation: sourceLocation)
    let lines = outcome.errors.split(separator: "\n", omittingEmptySubsequences: false)
    let first = try #require(lines.first, sourceLocation: sourceLocation)
    #expect(first.hasPrefix("Error: "), sourceLocation: sourceLocation)
    #expect(first.contains(message), "\(first)", sourceLocation: sourceLocation)
    let rest = lines.dropFirst().dropLast()
    #expect(lines.last == "", sourceLocation: sourceLocation)
    if isUsage {
      let leads = ["Help:  ", "  - ", "Usage: foresight ", "  See '", "       "]
      #expect(
        rest.count { !$0.hasPrefix("  - ") } <= 4
          && rest.allSatisfy { line in leads.contains { line.hasPrefix($0) } },
        "\(outcome.errors)", sourceLocation: sourceLocation)
    } else {
      #expect(rest.isEmpty, "\(outcome.errors)", sourceLocation: sourceLocation)
    }
  }
}
