/// A text pattern in which `*` matches any characters, `?` matches one, and `#` matches a digit.
/// ASCII letter case and surrounding spaces are ignored.
struct TextPattern {
  private let pattern: [UInt8]

  init(_ pattern: String) {
    self.pattern = pattern.utf8.map(\.lowercasedASCII)
  }

  /// Returns a Boolean value that indicates whether the pattern matches a whole UTF-8 text.
  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let text = text.trimmed
    var place = 0
    var patternPlace = 0
    // The positions to continue from if the latest star matches one more character.
    var retry: (text: Int, pattern: Int)?
    while place < text.count {
      if patternPlace < pattern.count, pattern[patternPlace] == UInt8(ascii: "*") {
        patternPlace += 1
        retry = (place, patternPlace)
      } else if patternPlace < pattern.count, Self.fits(text[place], pattern[patternPlace]) {
        place =
          pattern[patternPlace] == UInt8(ascii: "?") ? text.characterEnd(place) : place + 1
        patternPlace += 1
      } else if let last = retry {
        place = text.characterEnd(last.text)
        patternPlace = last.pattern
        retry = (place, patternPlace)
      } else {
        return false
      }
    }
    return pattern[patternPlace...].allSatisfy { $0 == UInt8(ascii: "*") }
  }

  func matches(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { matches($0) }
  }

  private static func fits(_ byte: UInt8, _ pattern: UInt8) -> Bool {
    switch pattern {
    case UInt8(ascii: "?"): true
    case UInt8(ascii: "#"): byte.decimalDigit != nil
    default: byte.lowercasedASCII == pattern
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Returns the end of the UTF-8 character that begins at a position. The upper bits of
  /// continuation bytes are 10.
  fileprivate func characterEnd(_ place: Int) -> Int {
    var end = place + 1
    while end < count, self[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }
}

extension UInt8 {
  fileprivate var lowercasedASCII: UInt8 {
    UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self
  }
}
