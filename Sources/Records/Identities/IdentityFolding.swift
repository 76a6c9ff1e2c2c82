import Foundation

/// The normalization that maps the spellings of an identity to the same form.
///
/// Text is folded as follows. Compatibility characters are replaced by their plain form
/// (Unicode NFKC: composed and decomposed `é`, full-width letters, ligatures). Invisible characters
/// are removed (zero-width spaces and joiners, byte-order marks, soft hyphens, direction marks).
/// Each run of whitespace, including no-break spaces and line breaks, becomes a single space, and
/// surrounding whitespace is removed. Letter case is ignored. The result does not depend on the
/// machine's locale.
public enum IdentityFolding {
  /// Returns the folded form of a text. Two texts are spellings of the same identity if their
  /// folded forms are equal.
  public static func key(_ text: String) -> String {
    if text.utf8.allSatisfy(isPlain) { return text }
    let spelling = spelling(text)
    // Converting to uppercase first makes ß equal to SS, and σ equal to ς.
    return spelling.precomposedStringWithCompatibilityMapping.uppercased().lowercased()
  }

  /// Returns a text without invisible characters, with single spaces in place of whitespace, and in
  /// Unicode's composed form (NFC). Letter case is preserved.
  public static func spelling(_ text: String) -> String {
    var scalars = String.UnicodeScalarView()
    var hasBlank = false
    for scalar in text.unicodeScalars {
      if scalar.properties.isDefaultIgnorableCodePoint { continue }
      if scalar.properties.isWhitespace {
        hasBlank = true
        continue
      }
      if hasBlank, !scalars.isEmpty { scalars.append(" ") }
      hasBlank = false
      scalars.append(scalar)
    }
    return String(scalars).precomposedStringWithCanonicalMapping
  }

  /// Returns a Boolean value that indicates whether a byte is unchanged by folding, wherever it
  /// occurs.
  private static func isPlain(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "!")...UInt8(ascii: "@")).contains(byte)
      || (UInt8(ascii: "[")...UInt8(ascii: "~")).contains(byte)
  }
}
