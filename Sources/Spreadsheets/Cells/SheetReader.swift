import Records

/// The rows of a sheet as comma-separated text, with a line for each row and as many fields in each line.
final class SheetReader: PartReader {
  private let cells: CellTexts
  /// The fields of all rows up to their last one that isn't empty.
  private var lines: [[String]] = []
  private var row: [String] = []
  private var type: String?
  private var style: Int?
  private var column = 0
  /// The text of an inline string, which can consist of several runs.
  private var inline = ""
  private var isPhonetic = false

  init(_ cells: CellTexts) { self.cells = cells }

  /// The text, which is empty if all cells are.
  var text: [UInt8] {
    let width = lines.map(\.count).max() ?? 0
    guard width > 0 else { return [] }
    var text: [UInt8] = []
    for line in lines {
      for place in 0..<width {
        if place > 0 { text.append(UInt8(ascii: ",")) }
        if place < line.count { text += csvField(line[place]).utf8 }
      }
      text.append(UInt8(ascii: "\n"))
    }
    return text
  }

  override func start(_ element: String, _ attributes: [String: String]) {
    switch element {
    case "row":
      // Rows without cells are left out of the part. Numbers of lines are those of rows.
      if let number = attributes["r"].flatMap(Int.init), (1...Self.rowLimit).contains(number) {
        while lines.count < number - 1 { lines.append([]) }
      }
      row = []
    case "c":
      column = attributes["r"].flatMap(Self.column(of:)) ?? row.count
      type = attributes["t"]
      style = attributes["s"].flatMap(Int.init)
      inline = ""
    case "rPh": isPhonetic = true
    default: break
    }
  }

  override func end(_ element: String, _ text: String) {
    switch element {
    case "v": put(cells.text(text, type: type, style: style))
    case "t" where !isPhonetic: inline += text
    case "rPh": isPhonetic = false
    case "is": put(inline)
    case "row": lines.append(row)
    default: break
    }
  }

  private func put(_ text: String) {
    let line = text.replacing("\r\n", with: " ").map { $0.isNewline ? " " : $0 }
    guard !line.isEmpty, column < Self.columnLimit else { return }
    while row.count <= column { row.append("") }
    row[column] = String(line)
  }

  private static let rowLimit = 1 << 20
  private static let columnLimit = 1 << 14

  /// Returns the index of the column of a cell such as `AB12`.
  private static func column(of reference: String) -> Int? {
    let letters = reference.uppercased().utf8.prefix { $0 >= 0x41 && $0 <= 0x5A }
    guard (1...3).contains(letters.count) else { return nil }
    return letters.reduce(0) { $0 * 26 + Int($1) - 0x40 } - 1
  }
}
