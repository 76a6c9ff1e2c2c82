import Foundation

/// A piece of Swift code: one that the documentation shows, or one that these tests compile.
struct CodeBlock: Hashable {
  /// The lines, without the indentation that all of them share.
  let lines: [String]

  init(_ lines: [Substring]) {
    let indentation =
      lines.filter { !$0.allSatisfy(\.isWhitespace) }
      .map { $0.prefix { $0 == " " }.count }.min() ?? 0
    self.lines = lines.map { line in
      let text = String(line.dropFirst(indentation))
      return text.allSatisfy(\.isWhitespace) ? "" : text
    }
  }
}

/// A block of code and the place where it stands.
struct PlacedBlock: CustomStringConvertible {
  /// The file and the line before the block's first.
  let place: String
  let block: CodeBlock

  var description: String { place + "\n" + block.lines.joined(separator: "\n") }
}

/// What the package's files show as code.
enum DocumentedCode {
  static let package = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The Swift blocks of the package's Markdown files and of the documentation comments in Sources.
  static func shown() throws -> [PlacedBlock] {
    let pages = try files(in: "", named: ".md", deeply: false).flatMap { file in
      try blocks(in: file, from: "```swift", to: "```") { $0 }
    }
    let comments = try files(in: "Sources", named: ".swift", deeply: true).flatMap { file in
      try blocks(in: file, from: "/// ```swift", to: "/// ```") { line in
        line.drop { $0 == " " }.dropFirst("///".count)
      }
    }
    return pages + comments
  }

  /// The snippets that are compiled with these tests: what stands between `// begin` and `// end`.
  static func compiled() throws -> [PlacedBlock] {
    try files(in: "Tests/DocumentationTests/Snippets", named: ".swift", deeply: true).flatMap {
      try blocks(in: $0, from: "// begin", to: "// end") { $0 }
    }
  }

  private static func files(in directory: String, named suffix: String, deeply: Bool) throws
    -> [URL]
  {
    let root = package.appending(path: directory)
    let paths =
      deeply
      ? try FileManager.default.subpathsOfDirectory(atPath: root.path())
      : try FileManager.default.contentsOfDirectory(atPath: root.path())
    return paths.filter { $0.hasSuffix(suffix) }.sorted().map { root.appending(path: $0) }
  }

  /// The runs of lines between two marker lines, each line as `content` takes it.
  private static func blocks(
    in file: URL, from start: String, to end: String, _ content: (Substring) -> Substring
  ) throws -> [PlacedBlock] {
    let lines = try String(contentsOf: file, encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false)
    var blocks: [PlacedBlock] = []
    var begin: Int?
    for (number, line) in lines.enumerated() {
      let marker = line.drop { $0 == " " }
      if let first = begin, marker == end {
        let place = "\(file.lastPathComponent):\(first + 1)"
        blocks.append(
          PlacedBlock(place: place, block: CodeBlock(lines[(first + 1)..<number].map(content))))
        begin = nil
      } else if begin == nil, marker == start {
        begin = number
      }
    }
    return blocks
  }
}
