/// The names and positions of a source's columns.
package struct ColumnNames {
  package let names: [String]
  private let source: any RecordSource
  private let separator: Separator?

  init(of source: any RecordSource) {
    names = source.columns
    self.source = source
    let first = (source as? ChainedRecordSource)?.current ?? source
    separator = (first as? DelimitedRecordSource)?.separator
  }

  /// Returns the positions of required columns, in the order of the given names.
  package func places(of asked: [String]) throws(TableError) -> [Int] {
    for (index, name) in asked.enumerated() where asked[..<index].contains(name) {
      throw error(.sharedColumn(name: name))
    }
    var places: [Int] = []
    for name in asked { places.append(try place(of: name)) }
    return places
  }

  /// Returns the names of all columns except those at the given positions.
  func names(except places: some Sequence<Int>) -> [String] {
    let places = Set(places)
    return names.indices.filter { !places.contains($0) }.map { names[$0] }
  }

  package func error(_ fault: TableError.Fault) -> TableError {
    source.error(fault, line: source.recordUnit == .line ? 1 : nil)
  }

  private func place(of name: String) throws(TableError) -> Int {
    guard let place = names.firstIndex(of: name) else {
      throw error(.missingColumn(name: name, present: names, suggestion: suggestion(for: name)))
    }
    guard names.lastIndex(of: name) == place else { throw error(.ambiguousColumn(name: name)) }
    return place
  }

  /// Returns a suggestion of what was probably meant: another separator, or a column with a similar
  /// name.
  private func suggestion(for name: String) -> String? {
    let others = Separator.allCases.filter { $0 != separator }
    if separator != nil, names.count == 1,
      let other = others.first(where: { names[0].contains($0.character) })
    {
      return "the separator seems to be the \(other.rawValue)"
    }
    return nearest(to: name, among: names).map { "did you mean \($0.debugDescription)?" }
  }
}

/// Returns the name that was probably meant by another, or `nil` if none is similar.
func nearest(to name: String, among names: [String]) -> String? {
  let distances = names.map { ($0, editDistance(name.lowercased(), $0.lowercased())) }
  guard let nearest = distances.min(by: { $0.1 < $1.1 }), nearest.1 <= max(1, name.count / 3)
  else { return nil }
  return nearest.0
}

/// Returns the Levenshtein distance: the minimum number of characters to insert, delete, or replace
/// to turn one text into the other. Only the first 64 characters count.
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
