import Foundation

/// A block of Swift code that the documentation shows or that these tests compile.
struct CodeBlock: Hashable {
  /// The lines, without their common indentation.
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

/// A block of code with its location.
struct PlacedBlock: CustomStringConvertible {
  /// The file, and the number of the line before the block.
  let place: String
  let block: CodeBlock

  var description: String { place + "\n" + block.lines.joined(separator: "\n") }
}

/// The Swift code in the package's documentation.
enum DocumentedCode {
  static let package = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The Swift blocks of the package's Markdown files, of the articles in DocC catalogs, and of the
  /// documentation comments in Sources.
  static func shown() throws -> [PlacedBlock] {
    let articles = try files(in: "Sources", named: ".md", deeply: true)
    let pages = try (files(in: "", named: ".md", deeply: false) + articles).flatMap { file in
      try blocks(in: file, from: "```swift", to: "```") { $0 }
    }
    let comments = try files(in: "Sources", named: ".swift", deeply: true).flatMap { file in
      try blocks(in: file, from: "/// ```swift", to: "/// ```") { line in
        line.drop { $0 == " " }.dropFirst("///".count)
      }
    }
    return pages + comments
  }

  /// The snippets that are compiled with these tests, between `// begin` and `// end`.
  static func compiled() throws -> [PlacedBlock] {
    try files(in: "Tests/DocumentationTests/Snippets", named: ".swift", deeply: true).flatMap {
      try blocks(in: $0, from: "// begin", to: "// end") { $0 }
    }
  }

  static func files(in directory: String, named suffix: String, deeply: Bool) throws
    -> [URL]
  {
    let root = package.appending(path: directory)
    let paths =
      deeply
      ? try FileManager.default.subpathsOfDirectory(atPath: root.path())
      : try FileManager.default.contentsOfDirectory(atPath: root.path())
    return paths.filter { $0.hasSuffix(suffix) }.sorted().map { root.appending(path: $0) }
  }

  /// Returns the lines between pairs of marker lines, each line transformed by `content`.
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
