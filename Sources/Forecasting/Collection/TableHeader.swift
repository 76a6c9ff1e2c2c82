/// The names of a delimited table's columns, and where they stand.
struct TableHeader {
  private let names: [String]
  private let separator: Separator

  /// Reads the header off a parser that has not moved yet.
  init(_ parser: inout DelimitedParser, separator: Separator) throws(TableError) {
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
    self.names = names
    self.separator = separator
  }

  /// The number of columns.
  var fieldCount: Int { names.count }

  /// The places of columns that must be there, in the order of the names asked for.
  func places(
    of asked: [String], _ parser: borrowing DelimitedParser
  ) throws(TableError) -> [Int] {
    for (index, name) in asked.enumerated() where asked[..<index].contains(name) {
      throw parser.error(.sharedColumn(name: name))
    }
    var places: [Int] = []
    for name in asked { places.append(try place(of: name, parser)) }
    return places
  }

  private func place(
    of name: String, _ parser: borrowing DelimitedParser
  ) throws(TableError) -> Int {
    guard let place = names.firstIndex(of: name) else {
      throw parser.error(
        .missingColumn(name: name, present: names, suggestion: suggestion(for: name)))
    }
    guard names.lastIndex(of: name) == place else {
      throw parser.error(.ambiguousColumn(name: name))
    }
    return place
  }

  /// What was probably meant: another separator, or a column of a similar name.
  private func suggestion(for name: String) -> String? {
    let others = Separator.allCases.filter { $0 != separator }
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
