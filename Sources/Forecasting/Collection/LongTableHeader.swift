/// Where a long table has the three columns that make a panel.
struct LongTableHeader {
  let id: Int
  let time: Int
  let target: Int
  let fieldCount: Int

  /// Reads the header off a parser that has not moved yet.
  init(_ parser: inout DelimitedParser, reader: LongTableReader) throws(TableError) {
    guard try parser.next() else {
      throw TableError(file: parser.sourceName, fault: .empty)
    }
    var names: [String] = []
    for index in 0..<parser.fieldCount {
      guard let name = parser.withField(index, { String(validating: $0, as: UTF8.self) }) else {
        throw parser.error(.invalidUTF8)
      }
      names.append(name.trimmingBlanks)
    }
    let asked = [reader.idColumn, reader.timeColumn, reader.targetColumn]
    for (index, name) in asked.enumerated() where asked[..<index].contains(name) {
      throw parser.error(.sharedColumn(name: name))
    }
    id = try Self.place(of: reader.idColumn, in: names, parser, reader)
    time = try Self.place(of: reader.timeColumn, in: names, parser, reader)
    target = try Self.place(of: reader.targetColumn, in: names, parser, reader)
    fieldCount = names.count
  }

  private static func place(
    of name: String, in names: [String], _ parser: borrowing DelimitedParser,
    _ reader: LongTableReader
  ) throws(TableError) -> Int {
    guard let place = names.firstIndex(of: name) else {
      throw parser.error(
        .missingColumn(
          name: name, present: names, suggestion: suggestion(for: name, in: names, reader)))
    }
    guard names.lastIndex(of: name) == place else {
      throw parser.error(.ambiguousColumn(name: name))
    }
    return place
  }

  /// What was probably meant: another separator, or a column of a similar name.
  private static func suggestion(
    for name: String, in names: [String], _ reader: LongTableReader
  ) -> String? {
    let others = Separator.allCases.filter { $0 != reader.separator }
    if names.count == 1, let other = others.first(where: { names[0].contains($0.character) }) {
      return "the separator seems to be the \(other.rawValue)"
    }
    let distances = names.map { ($0, editDistance(name.lowercased(), $0.lowercased())) }
    guard let nearest = distances.min(by: { $0.1 < $1.1 }), nearest.1 <= max(1, name.count / 3)
    else { return nil }
    return "did you mean \(nearest.0.debugDescription)?"
  }
}

/// The least number of characters to insert, delete or replace in order to turn one into the other
/// (Levenshtein). Names of more than 64 characters count as their first 64.
private func editDistance(_ left: String, _ right: String) -> Int {
  let left = Array(left.prefix(64))
  let right = Array(right.prefix(64))
  var row = Array(0...right.count)
  for (i, character) in left.enumerated() {
    var diagonal = row[0]
    row[0] = i + 1
    for (j, other) in right.enumerated() {
      let substituted = diagonal + (character == other ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(substituted, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[right.count]
}

extension String {
  /// The text without spaces and tabs around it.
  fileprivate var trimmingBlanks: String {
    let isBlank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
    let head = drop(while: isBlank)
    return String(head.prefix(head.count - head.reversed().prefix(while: isBlank).count))
  }
}
