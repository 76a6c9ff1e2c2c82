/// A piece of HTML. Only escaping turns text into HTML, and elements contain only HTML, so a user's
/// text cannot become markup.
public struct HTML: Sendable, Equatable {
  /// The markup.
  public let markup: String

  private init(unchecked markup: String) { self.markup = markup }

  /// Creates HTML from a text, escaped for use in an element or an attribute.
  public init(text: String) {
    markup = Self.escaped(text)
  }

  /// Creates HTML from a style sheet or a script that the program itself contains.
  static func trusted(_ resource: PageResource) -> HTML { HTML(unchecked: resource.text) }

  /// Creates HTML from the script of D3.
  static func trusted(_ d3: D3Library) -> HTML { HTML(unchecked: d3.script) }

  /// Returns a whole page in English.
  ///
  /// - Parameters:
  ///   - title: The title.
  ///   - style: The style sheet.
  ///   - body: The element `body`.
  static func page(title: String, style: PageResource, body: HTML) -> String {
    let head = element(
      "head", [:], offlineHead(title: title) + [.element("style", [:], [.trusted(style)])])
    return "<!DOCTYPE html>\n" + element("html", ["lang": "en"], [head, body]).markup + "\n"
  }

  /// The first elements of the head of a page. A policy blocks all loading, whatever the page
  /// contains.
  private static func offlineHead(title: String) -> [HTML] {
    [
      .void("meta", ["charset": "utf-8"]),
      .void("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"]),
      .void("meta", ["name": "color-scheme", "content": "light dark"]),
      .void(
        "meta",
        [
          "http-equiv": "Content-Security-Policy",
          "content":
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
            + "img-src data: blob:",
        ]),
      .element("title", text: title),
    ]
  }

  /// Creates HTML by concatenating pieces.
  public init(_ pieces: [HTML]) {
    markup = pieces.map(\.markup).joined()
  }

  /// Returns an HTML or SVG element with its attributes, in the given order, and its content.
  public static func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:],
    _ content: [HTML] = []
  ) -> HTML {
    HTML(unchecked: "<\(opening(name, attributes))>" + HTML(content).markup + "</\(name)>")
  }

  /// Returns an element that contains a single text.
  public static func element(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String> = [:], text: String
  ) -> HTML {
    element(name, attributes, [HTML(text: text)])
  }

  /// Returns an HTML element that has no content and no closing tag, such as `meta`.
  public static func void(
    _ name: StaticString, _ attributes: KeyValuePairs<StaticString, String>
  ) -> HTML {
    HTML(unchecked: "<\(opening(name, attributes))>")
  }

  /// Returns a block of data for the page's script, which a browser does not run.
  static func data(_ json: JSON) -> HTML {
    HTML(unchecked: "<script type=\"application/json\">\(json.text)</script>")
  }

  /// Returns a text with HTML's special characters replaced by references, and characters that HTML
  /// does not allow replaced by replacement characters.
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
