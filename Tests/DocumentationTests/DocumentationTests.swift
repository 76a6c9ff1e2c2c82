import Testing

/// Every piece of Swift that the documentation shows is one of the snippets in this target, word for
/// word, and so compiles.
@Suite struct DocumentationTests {
  @Test func everyBlockIsCompiled() throws {
    let compiled = Set(try DocumentedCode.compiled().map(\.block))
    let strangers = try DocumentedCode.shown().filter { !compiled.contains($0.block) }
    #expect(strangers.isEmpty, "not among the snippets")
  }

  @Test func everySnippetIsShown() throws {
    let shown = Set(try DocumentedCode.shown().map(\.block))
    let strangers = try DocumentedCode.compiled().filter { !shown.contains($0.block) }
    #expect(strangers.isEmpty, "not in the documentation")
  }

  @Test func findsBlocksOfBothKinds() throws {
    let places = try DocumentedCode.shown().map(\.place)
    #expect(places.contains { $0.hasPrefix("README.md:") })
    #expect(places.contains { $0.hasPrefix("Tensor.swift:") })
  }
}
