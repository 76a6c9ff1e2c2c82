import Foundation
import Testing

/// Every block of Swift in the documentation is equal to a snippet of this target, and therefore
/// compiles.
@Suite struct DocumentationTests {
  @Test func everyBlockIsCompiled() throws {
    let compiled = Set(try DocumentedCode.compiled().map(\.block))
    let missing = try DocumentedCode.shown().filter { !compiled.contains($0.block) }
    #expect(missing.isEmpty, "not among the snippets")
  }

  @Test func everySnippetIsShown() throws {
    let shown = Set(try DocumentedCode.shown().map(\.block))
    let missing = try DocumentedCode.compiled().filter { !shown.contains($0.block) }
    #expect(missing.isEmpty, "not in the documentation")
  }

  @Test func findsBlocksOfAllKinds() throws {
    let places = try DocumentedCode.shown().map(\.place)
    #expect(places.contains { $0.hasPrefix("README.md:") })
    #expect(places.contains { $0.hasPrefix("Tensor.swift:") })
    #expect(places.contains { $0.hasPrefix("ComputingGradients.md:") })
  }

  /// Each library has a DocC catalog, whose overview links to all of its articles.
  @Test(arguments: [
    "Tensor", "NeuralNetwork", "SalesData", "Forecasting", "Explanation", "FactorizationMachines",
    "GradientBoosting", "Segments", "Inventory", "Reporting", "Scenarios", "Seasons",
    "Spreadsheets", "SQLSources", "Tuning",
  ])
  func libraryHasACatalog(_ library: String) throws {
    let pages = try DocumentedCode.files(
      in: "Sources/\(library)/\(library).docc", named: ".md", deeply: false)
    let overview = try #require(pages.first { $0.lastPathComponent == "\(library).md" })
    let text = try String(contentsOf: overview, encoding: .utf8)
    #expect(text.hasPrefix("# ``\(library)``\n"))
    let articles = pages.filter { $0 != overview }
      .map { $0.deletingPathExtension().lastPathComponent }
    #expect(!articles.isEmpty)
    for article in articles { #expect(text.contains("<doc:\(article)>"), "no link to \(article)") }
  }
}
