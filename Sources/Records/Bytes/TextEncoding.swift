/// A character encoding of text.
public enum TextEncoding: String, Codable, Sendable, CaseIterable {
  /// UTF-8, with or without a byte-order mark.
  case utf8 = "utf-8"
  /// ISO 8859-1, a single-byte encoding for the languages of Western Europe.
  case latin1 = "latin-1"
  /// Windows code page 1252: Latin-1, with € and typographic quotes in place of control codes.
  case windows1252 = "windows-1252"
}

/// The conversion of a single-byte encoding.
struct SingleByteConverter: TextConverter {
  /// The UTF-8 encodings of the 128 non-ASCII characters.
  private let upperHalf: [[UInt8]]

  init(_ encoding: TextEncoding) {
    upperHalf = (0x80...0xFF).map { byte in
      let isControl = byte < 0xA0
      let scalar =
        encoding == .windows1252 && isControl ? Self.windows1252[byte - 0x80] : UInt32(byte)
      return Array(String(Unicode.Scalar(scalar) ?? "\u{FFFD}").utf8)
    }
  }

  func convert(_ bytes: [UInt8], to text: inout [UInt8]) {
    for byte in bytes {
      if byte < 0x80 {
        text.append(byte)
      } else {
        text.append(contentsOf: upperHalf[Int(byte) - 0x80])
      }
    }
  }

  func finish() {}

  /// The characters of the bytes 0x80 to 0x9F in code page 1252, from the Unicode Consortium's
  /// `CP1252.TXT`. As on the web, its five unassigned bytes represent control codes.
  private static let windows1252: [UInt32] = [
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
    0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
  ]
}
