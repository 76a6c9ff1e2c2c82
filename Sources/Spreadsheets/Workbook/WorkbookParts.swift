/// The part that lists the sheets.
final class WorkbookIndex: PartReader {
  /// The names of the sheets and the ids of their relations, in the order of the tabs.
  private(set) var sheets: [(name: String, relation: String)] = []
  /// A Boolean value that indicates whether dates count from 1904 instead of 1900.
  private(set) var startsIn1904 = false

  override func start(_ element: String, _ attributes: [String: String]) {
    switch element {
    case "workbookPr": startsIn1904 = ["1", "true"].contains(attributes["date1904"])
    case "sheet":
      let relation = attributes.first { $0.key.hasSuffix(":id") }?.value
      if let name = attributes["name"], let relation { sheets.append((name, relation)) }
    default: break
    }
  }
}

/// The part with the paths of the others.
final class RelationList: PartReader {
  /// The path of each part, by the id of the relation.
  private(set) var targets: [String: String] = [:]

  override func start(_ element: String, _ attributes: [String: String]) {
    guard element == "Relationship", let id = attributes["Id"], let target = attributes["Target"]
    else { return }
    targets[id] = target.hasPrefix("/") ? String(target.dropFirst()) : "xl/" + target
  }
}

/// The part with the texts that cells share.
final class SharedStrings: PartReader {
  private(set) var texts: [String] = []
  private var isPhonetic = false

  override func start(_ element: String, _ attributes: [String: String]) {
    if element == "si" { texts.append("") }
    if element == "rPh" { isPhonetic = true }
  }

  override func end(_ element: String, _ text: String) {
    if element == "rPh" { isPhonetic = false }
    // A text can consist of several runs.
    if element == "t", !isPhonetic, !texts.isEmpty { texts[texts.count - 1] += text }
  }
}

/// The part with the formats of cells.
final class StyleList: PartReader {
  /// The kind of the numbers of each style.
  private(set) var kinds: [NumberKind] = []
  private var codes: [Int: String] = [:]
  private var isInCellFormats = false

  override func start(_ element: String, _ attributes: [String: String]) {
    switch element {
    case "numFmt":
      if let id = attributes["numFmtId"].flatMap(Int.init), let code = attributes["formatCode"] {
        codes[id] = code
      }
    case "cellXfs": isInCellFormats = true
    case "xf" where isInCellFormats:
      let id = attributes["numFmtId"].flatMap(Int.init) ?? 0
      kinds.append(codes[id].map(NumberKind.init(code:)) ?? NumberKind(builtIn: id))
    default: break
    }
  }

  override func end(_ element: String, _ text: String) {
    if element == "cellXfs" { isInCellFormats = false }
  }
}
