import Records

/// The sheets of a workbook, and what their cells refer to.
struct Workbook {
  /// A sheet and the path of its part in the archive.
  struct Sheet {
    let name: String
    let path: String
  }

  /// The path of the part that lists the sheets.
  static let index = "xl/workbook.xml"

  let sheets: [Sheet]
  private let archive: ZipArchive
  private let cells: CellTexts

  /// Reads the parts that all sheets share.
  ///
  /// - Throws: A `TableError` if a part is missing or damaged.
  init(_ archive: ZipArchive) throws(TableError) {
    self.archive = archive
    let index = WorkbookIndex()
    try archive.parse(Self.index, by: index)
    let relations = RelationList()
    try archive.parse("xl/_rels/workbook.xml.rels", by: relations)
    sheets = index.sheets.compactMap { name, relation in
      relations.targets[relation].map { Sheet(name: name, path: $0) }
    }
    guard !sheets.isEmpty else { throw archive.damaged("it has no sheets") }
    let strings = SharedStrings()
    let styles = StyleList()
    if archive.entry("xl/sharedStrings.xml") != nil {
      try archive.parse("xl/sharedStrings.xml", by: strings)
    }
    if archive.entry("xl/styles.xml") != nil { try archive.parse("xl/styles.xml", by: styles) }
    cells = CellTexts(
      strings: strings.texts, styles: styles.kinds, startsIn1904: index.startsIn1904)
  }

  /// Returns the text of a sheet or, without a name, of the first one with rows.
  ///
  /// - Throws: A `TableError` if there is no such sheet, or if all are empty.
  func sheet(named name: String?) throws(TableError) -> (name: String, text: [UInt8]) {
    if let name {
      guard let sheet = sheets.first(where: { $0.name == name }) else {
        throw TableError(
          file: archive.name, fault: .noSheet(name: name, present: sheets.map(\.name)))
      }
      return (name, try text(of: sheet))
    }
    for sheet in sheets {
      let text = try text(of: sheet)
      if !text.isEmpty { return (sheet.name, text) }
    }
    throw TableError(file: archive.name, fault: .empty)
  }

  private func text(of sheet: Sheet) throws(TableError) -> [UInt8] {
    let reader = SheetReader(cells)
    try archive.parse(sheet.path, by: reader)
    return reader.text
  }
}
