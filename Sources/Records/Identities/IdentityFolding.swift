import Foundation

/// The form in which two spellings of one identity are the same.
///
/// A text is folded in this order: compatibility characters take their plain form (Unicode NFKC: `é`
/// of one scalar or two, full-width letters, ligatures); invisible characters are removed (zero-width
/// blanks and joiners, byte-order marks, soft hyphens, marks of direction); each run of blanks,
/// no-break ones and line breaks among them, is one space, and none stays at either end; and letter case does not
/// matter. Nothing depends on the language of the machine.
public enum IdentityFolding {
  /// The folded form of a text. Two texts are spellings of one identity where it is the same.
  public static func key(_ text: String) -> String {
    if text.utf8.allSatisfy(isPlain) { return text }
    let spelling = spelling(text)
    // Upper case first: ß and SS, σ and ς are the same.
    return spelling.precomposedStringWithCompatibilityMapping.uppercased().lowercased()
  }

  /// A text without invisible characters, with single spaces for its blanks, and in Unicode's composed
  /// form (NFC). Letter case stays.
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

  /// Whether a byte stands for itself in a folded text, wherever it is.
  private static func isPlain(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "!")...UInt8(ascii: "@")).contains(byte)
      || (UInt8(ascii: "[")...UInt8(ascii: "~")).contains(byte)
  }
}
