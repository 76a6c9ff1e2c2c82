/// A piece of HTML. Text becomes one only by escaping, and elements only of pieces, so that no text
/// of a user can become markup.
public struct HTML: Sendable, Equatable {
  /// The markup.
  public let markup: String

  private init(unchecked markup: String) { self.markup = markup }

  /// A text, escaped so that it shows as it is, in an element as well as in an attribute.
  public init(text: String) {
    markup = Self.escaped(text)
  }

  /// Markup that the program itself contains.
  static func trusted(_ markup: StaticString) -> HTML { HTML(unchecked: "\(markup)") }

  /// Pieces one after another.
  public init(_ pieces: [HTML]) {
    markup = pieces.map(\.markup).joined()
  }

  /// An element of HTML or SVG with its attributes, in their order, and its content.
  public static func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
    _ content: [HTML] = []
  ) -> HTML {
    HTML(unchecked: "<\(opening(name, attributes))>" + HTML(content).markup + "</\(name)>")
  }

  /// An element that holds one text.
  public static func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], text: String
  ) -> HTML {
    element(name, attributes, [HTML(text: text)])
  }

  /// An element of HTML that has no content and no closing tag, such as `meta`.
  public static func void(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>
  ) -> HTML {
    HTML(unchecked: "<\(opening(name, attributes))>")
  }

  /// A block of data for the page's script, which a browser does not run.
  static func data(_ json: JSON) -> HTML {
    HTML(unchecked: "<script type=\"application/json\">\(json.text)</script>")
  }

  /// A text in which the characters that mean something in HTML are written as references, and those
  /// that it does not allow as replacement characters.
  static func escaped(_ text: String) -> String {
    var escaped = ""
    escaped.reserveCapacity(text.utf8.count)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": escaped += "&amp;"
      case "<": escaped += "&lt;"
      case ">": escaped += "&gt;"
      case "\"": escaped += "&quot;"
      case "'": escaped += "&#39;"
      case "\t", "\n": escaped.unicodeScalars.append(scalar)
      case "\u{0}"..<" ", "\u{7F}"..."\u{9F}", "\u{FFFE}", "\u{FFFF}": escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }

  private static func opening(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>
  ) -> String {
    attributes.reduce("\(name)") { $0 + " \($1.key)=\"\(escaped($1.value))\"" }
  }
}
