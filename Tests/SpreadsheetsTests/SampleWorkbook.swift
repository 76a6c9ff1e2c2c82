/// A workbook with two sheets, as spreadsheet programs write it.
enum SampleWorkbook {
  static func bytes(
    sheet: String, startsIn1904: Bool = false, isDeflated: Bool = true
  ) -> [UInt8] {
    ZipFile.bytes(
      [
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": """
        <?xml version="1.0" encoding="UTF-8"?>
        <workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"
          xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">
        <workbookPr date1904="\(startsIn1904)"/><sheets>
        <sheet name="Cover" sheetId="1" r:id="rId7"/><sheet name="Sales &amp; more" sheetId="2" r:id="rId2"/>
        </sheets></workbook>
        """,
        "xl/_rels/workbook.xml.rels": """
        <Relationships><Relationship Id="rId2" Target="worksheets/sheet2.xml"/>
        <Relationship Id="rId7" Target="/xl/worksheets/sheet1.xml"/></Relationships>
        """,
        "xl/sharedStrings.xml": """
        <sst><si><t>unique_id</t></si><si><r><t>gr</t></r><r><t xml:space="preserve">een tea</t></r>
        <rPh sb="0" eb="1"><t>PHONETIC</t></rPh></si><si><t>a "mug", &lt;large&gt;</t></si></sst>
        """,
        "xl/styles.xml": """
        <styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy"/>
        <numFmt numFmtId="165" formatCode="0.00 &quot;days&quot;"/></numFmts>
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>
        <cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/>
        <xf numFmtId="20"/></cellXfs></styleSheet>
        """,
        "xl/worksheets/sheet1.xml": "<worksheet><sheetData><row r=\"1\"/></sheetData></worksheet>",
        "xl/worksheets/sheet2.xml": "<worksheet><sheetData>\(sheet)</sheetData></worksheet>",
      ], isDeflated: isDeflated)
  }

  /// A title, an empty row, a header, and three rows, of which the last has an empty cell.
  static let rows = """
    <row r="1"><c r="A1" t="inlineStr"><is><t>Sales of </t><t>2024</t></is></c></row>
    <row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="str"><v>ds</v></c><c r="C3" t="inlineStr"><is>
    <t>y</t></is></c></row>
    <row r="4"><c r="A4" t="s"><v>1</v></c><c r="B4" s="1"><v>45352</v></c><c r="C4" s="2"><v>1.25</v></c></row>
    <row r="5"><c r="A5" t="s"><v>2</v></c><c r="B5" s="1"><v>45353</v></c><c r="C5"><v>1.234</v></c></row>
    <row r="6"><c r="A6" t="s"><v>1</v></c><c r="B6" s="1"><v>45353</v></c><c r="C6"><v>1E3</v></c><c r="F6"/></row>
    """
}
