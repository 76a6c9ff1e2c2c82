import Foundation
import TestSupport
import Testing

/// Every command of the reference in `foresight.docc` prints what the reference shows.
@Suite(.timeLimit(.minutes(30))) struct CommandReferenceTests {
  /// The articles whose commands train networks.
  private static let training: Set = ["Auto", "Explain", "Forecast", "Report", "Score", "WhatIf"]

  private static let articles = (try? ReferenceArticle.names()) ?? []

  @Test(.enabled(if: isOptimized, "takes minutes in debug builds"), arguments: articles)
  func printsWhatItShows(_ name: String) throws {
    let article = try ReferenceArticle(name)
    let workspace = try Workspace()
    try FileManager.default.createSymbolicLink(
      at: workspace.directory.appending(path: "Examples"),
      withDestinationURL: ReferenceArticle.package.appending(path: "Examples"))
    for example in article.examples {
      let outcome = try workspace.shell(example.commands)
      #expect(outcome.status == 0, "\(example.commands): \(outcome.errors)")
      guard let shown = example.output else { continue }
      let streams = [outcome.output, outcome.errors].map(ShownText.lines)
      // Networks depend on the type of the processor, and so does what is close to a limit.
      let text = ShownText(shown, tolerance: Self.training.contains(name) ? 0.5 : 0.01)
      #expect(
        streams.contains { text.matches($0) },
        "\(example.commands) printed:\n\(outcome.output)\n\(outcome.errors)")
    }
  }

  /// Each command has an article, and the overview links to it.
  @Test func everyCommandHasAnArticle() throws {
    let commands = try #require(DumpedHelp.read().command.subcommands).map(\.commandName)
      .filter { $0 != "help" }
    let names = try ReferenceArticle.names()
    let titles = try names.map { try ReferenceArticle($0).title }
    #expect(Set(titles) == Set(commands.map { "# foresight \($0)" }))
    let overview = try ReferenceArticle.text("foresight")
    for name in names { #expect(overview.contains("- <doc:\(name)>")) }
  }

  @Test func comparesTextAndNumbers() {
    let shown = ShownText(["a  1.00 b", "…", "c 20 …", "d"])
    #expect(shown.matches(["a 1.01 b", "x", "y", "c 20.1 %", "d"]))
    #expect(shown.matches(["a 1 b", "c 20", "d"]))
    #expect(!shown.matches(["a 1.2 b", "c 20", "d"]))
    #expect(!shown.matches(["a 1 b", "c 20", "d", "e"]))
    #expect(!shown.matches(["a 1 x", "c 20", "d"]))
    #expect(!ShownText(["a"]).matches(["x", "a"]))
    #expect(ShownText(["…", "a"]).matches(["x", "a"]))
  }
}

/// An article of the reference: shell commands, some of them followed by their output.
private struct ReferenceArticle {
  struct Example {
    let commands: String
    let output: [String]?
  }

  let title: String
  let examples: [Example]

  static let package = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  private static let catalog = package.appending(path: "Sources/foresight/foresight.docc")

  /// The names of all articles but the overview.
  static func names() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: catalog.path).filter {
      $0.hasSuffix(".md") && $0 != "foresight.md"
    }.map { String($0.dropLast(3)) }.sorted()
  }

  static func text(_ name: String) throws -> String {
    try String(contentsOf: catalog.appending(path: name + ".md"), encoding: .utf8)
  }

  init(_ name: String) throws {
    let lines = try Self.text(name).components(separatedBy: "\n")
    title = lines[0]
    var examples: [Example] = []
    var place = 0
    while let start = lines[place...].firstIndex(where: { $0.hasPrefix("```") }) {
      let end = try #require(lines[(start + 1)...].firstIndex(of: "```"))
      let block = Array(lines[(start + 1)..<end])
      if lines[start] == "```sh" {
        examples.append(Example(commands: block.joined(separator: "\n"), output: nil))
      } else {
        let last = examples.removeLast()
        examples.append(Example(commands: last.commands, output: block))
      }
      place = end + 1
    }
    self.examples = examples
  }
}

/// Lines of output as the reference shows them, in which … stands for what is left out.
///
/// Columns may have other widths.
private struct ShownText {
  private let lines: [String]
  /// The relative difference that numbers may have. That of their rounding is allowed, too.
  private let tolerance: Double

  init(_ lines: [String], tolerance: Double = 0.02) {
    self.lines = lines
    self.tolerance = tolerance
  }

  /// Returns the lines of a stream without empty ones at its ends, and without the progress of training.
  static func lines(_ text: String) -> [String] {
    let lines = text.components(separatedBy: "\n").filter { !$0.hasPrefix("epoch ") }
    let start = lines.firstIndex { !$0.isEmpty } ?? lines.endIndex
    let end = lines.lastIndex { !$0.isEmpty }.map { $0 + 1 } ?? start
    return Array(lines[start..<end])
  }

  func matches(_ output: [String]) -> Bool { match(lines[...], output[...]) }

  private func match(_ shown: ArraySlice<String>, _ output: ArraySlice<String>) -> Bool {
    guard let first = shown.first else { return output.isEmpty }
    if first == "…" {
      return (output.startIndex...output.endIndex).contains {
        match(shown.dropFirst(), output[$0...])
      }
    }
    guard let line = output.first, matchLine(first, line) else { return false }
    return match(shown.dropFirst(), output.dropFirst())
  }

  private func matchLine(_ shown: String, _ line: String) -> Bool {
    var (left, right) = (words(shown), words(line))
    if left.last == "…" {
      left.removeLast()
      right = Array(right.prefix(left.count))
    }
    return left.count == right.count && zip(left, right).allSatisfy(matchWord)
  }

  private func words(_ line: String) -> [String] {
    line.split { " ,".contains($0) }.map(String.init)
  }

  private func matchWord(_ shown: String, _ word: String) -> Bool {
    if shown == word { return true }
    let marks: Set<Character> = ["(", ")", "+", ";", ":"]
    guard let left = Double(shown.filter { !marks.contains($0) }),
      let right = Double(word.filter { !marks.contains($0) })
    else { return false }
    return abs(left - right) <= tolerance * (abs(left) + 1)
  }
}
