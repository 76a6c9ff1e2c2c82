/// A pattern of texts, where `*` stands for any characters, `?` for one and `#` for a digit. Letter case
/// does not matter in ASCII, nor do spaces around the text.
struct TextPattern {
  private let pattern: [UInt8]

  init(_ pattern: String) {
    self.pattern = pattern.utf8.map(\.lowercasedASCII)
  }

  /// Whether all of a text, as UTF-8, is of the pattern.
  func matches(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    let text = text.trimmed
    var place = 0
    var patternPlace = 0
    // Where to go on when the latest star takes one character more.
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
  /// Where the character of UTF-8 that begins at a place ends; what continues one has the upper bits 10.
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
