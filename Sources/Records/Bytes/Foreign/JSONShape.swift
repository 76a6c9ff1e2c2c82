/// The arrangement of the records in a JSON text, determined from its first bytes.
package enum JSONShape: Equatable {
  /// An object on each line.
  case lines
  /// An array of values on each line.
  case arrayLines
  /// `[{"a": 1, "b": 2}, …]`
  case records
  /// `[["a", "b"], [1, 2], …]`
  case rows
  /// `{"data": [{"a": 1, "b": 2}, …]}`
  case recordsUnder(key: String)
  /// `{"a": [1, …], "b": [2, …]}`
  case columns
  /// `{"a": {"0": 1, …}, "b": {"0": 2, …}}`
  case columnsByIndex
  /// `{"0": {"a": 1, "b": 2}, …}`
  case recordsByIndex
  /// Any other arrangement.
  case other

  /// Creates a shape from the start of a text, or returns `nil` for text that may not be JSON, such
  /// as a header `[day],[units]`.
  package init?(startingWith start: ArraySlice<UInt8>) {
    let text = String(decoding: start, as: UTF8.self)
    let space = #/\s*/#
    let rest = text[(text.prefixMatch(of: space)?.range.upperBound ?? text.startIndex)...]
    if let line = Self.completeLine(rest) {
      self = line
    } else if rest.prefixMatch(of: #/\[\s*\{\s*["}]/#) != nil {
      self = .records
    } else if rest.prefixMatch(of: #/\[\s*\[\s*["\d\]-]/#) != nil {
      self = .rows
    } else if let match = rest.prefixMatch(of: #/\{\s*"((?:[^"\\]|\\.)*)"\s*:\s*/#) {
      let value = rest[match.range.upperBound...]
      let isNumber = !match.1.isEmpty && match.1.allSatisfy(\.isNumber)
      if value.prefixMatch(of: #/\[\s*\{/#) != nil {
        self = .recordsUnder(key: String(match.1))
      } else if value.first == "[" {
        self = .columns
      } else if value.first == "{" {
        self = isNumber ? .recordsByIndex : .columnsByIndex
      } else {
        self = .other
      }
    } else if rest.prefixMatch(of: #/(\{\s*\}|\[\s*\])\s*$/#) != nil {
      self = .other
    } else {
      return nil
    }
  }

  /// Returns the shape of a text whose first line is a complete record, with another one on the
  /// next line.
  private static func completeLine(_ text: Substring) -> JSONShape? {
    let lines = text.split(maxSplits: 2, whereSeparator: \.isNewline).map {
      $0.trimmingSuffix(while: \.isWhitespace)
    }
    guard let line = lines.first else { return nil }
    let next = lines.dropFirst().first?.first { !$0.isWhitespace }
    if line.prefixMatch(of: #/\{\s*"/#) != nil, line.last == "}", next == nil || next == "{" {
      // A single line can also contain columns, or records under a key.
      let isNested = line.dropFirst().contains { "[{".contains($0) }
      return next == nil && isNested ? nil : .lines
    }
    if line.prefixMatch(of: #/\[\s*["\d-]/#) != nil, line.last == "]", next == "[" {
      return .arrayLines
    }
    return nil
  }
}

extension Substring {
  fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> Substring {
    self[..<(lastIndex { !predicate($0) }.map(index(after:)) ?? startIndex)]
  }
}
