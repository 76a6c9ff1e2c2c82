import Foundation
import Testing

/// The commands of the README print what it says.
@Suite(.timeLimit(.minutes(30))) struct ReadmeTests {
  private static let package = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  @Test func rawRecordsBecomeAPanel() throws {
    let section = try Self.section("## From raw records to a panel")
    let commands = try #require(Self.block("```sh", in: section))
    let shown = try #require(Self.block("```text", in: section)).joined(separator: "\n")
    let workspace = try Workspace()
    var errors: [String] = []
    for command in commands {
      let words = command.split(separator: " ").map { word in
        word.hasPrefix("Examples/") ? Self.package.path + "/" + word : String(word)
      }
      #expect(words.first == "foresight")
      let outcome = try workspace.run(Array(words.dropFirst()))
      expectSuccess(outcome)
      errors.append(outcome.errors)
    }
    #expect(errors.count == 2 && errors[0] == "")
    #expect(errors.last?.contains("\n" + shown + "\n") == true, "\(errors.last ?? "")")
    #expect(try workspace.contents() == ["panel.safetensors"])
  }

  /// The lines of the README from a heading to the next.
  private static func section(_ heading: String) throws -> ArraySlice<String> {
    let lines = try String(contentsOf: package.appending(path: "README.md"), encoding: .utf8)
      .components(separatedBy: "\n")
    let start = try #require(lines.firstIndex(of: heading))
    let end = lines[(start + 1)...].firstIndex { $0.hasPrefix("## ") } ?? lines.endIndex
    return lines[start..<end]
  }

  /// The lines of the first block of a kind.
  private static func block(_ opening: String, in lines: ArraySlice<String>) -> [String]? {
    guard let start = lines.firstIndex(of: opening),
      let end = lines[(start + 1)...].firstIndex(of: "```")
    else { return nil }
    return Array(lines[(start + 1)..<end])
  }
}
