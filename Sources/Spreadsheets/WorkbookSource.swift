import Records

/// A source of the rows of a sheet of an Excel workbook (`.xlsx` or `.xlsm`).
///
/// ```swift
/// let sales = try WorkbookSource(path: "sales.xlsx", sheet: "2025")
/// let table = try LongTableReader().read(sales)
/// ```
///
/// Numbers become text that reads as the same number, and dates, which are numbers with a format, become
/// dates such as `2025-03-01`. Formulas count as their last result. Empty rows, and a title above the header,
/// are skipped as in a delimited text. The rows are counted as in the sheet.
///
/// Source: ECMA-376, Office Open XML, part 1.
public final class WorkbookSource: RecordSource {
  public let name: String
  public let remarks: [String]
  private let rows: DelimitedRecordSource

  public var columns: [String] { rows.columns }
  public var decimalMark: DecimalMark? { rows.decimalMark }
  public var skippedLines: [SetAsideRows] { rows.skippedLines }

  /// Opens a workbook and reads a sheet.
  ///
  /// - Parameters:
  ///   - path: The path of the workbook.
  ///   - sheet: The name of the sheet, or nil for the first one that isn't empty.
  ///   - format: The number of lines to skip, and the decimal separator of numbers that are stored as text.
  /// - Throws: A `TableError` if the file is no workbook, has no such sheet, or has no header.
  public convenience init(
    path: String, sheet: String? = nil, format: DelimitedFormat = DelimitedFormat()
  ) throws(TableError) {
    try self.init(FileByteSource(path: path), sheet: sheet, format: format)
  }

  /// Reads a sheet of a workbook from its bytes, like ``init(path:sheet:format:)``.
  public init(
    _ bytes: any ByteSource, sheet: String? = nil, format: DelimitedFormat = DelimitedFormat()
  ) throws(TableError) {
    var archive = try ZipArchive(bytes)
    if archive.entry(Workbook.index) == nil, archive.entries.count == 1 {
      // The workbook is in another archive.
      archive = try ZipArchive(archive.source(of: archive.entries[0]))
    }
    let workbook = try Workbook(archive)
    let chosen = try workbook.sheet(named: sheet)
    name = "\(bytes.name), sheet \(chosen.name.debugDescription)"
    let others = workbook.sheets.filter { $0.name != chosen.name }.map(\.name.debugDescription)
    remarks =
      sheet != nil || others.isEmpty
      ? []
      : [
        "sheet \(chosen.name.debugDescription) of \(bytes.name) is read, the first with rows; --sheet selects "
          + "another: \(others.joined(separator: ", "))"
      ]
    var format = format
    format.separator = .comma
    format.encoding = .utf8
    rows = try DelimitedRecordSource(MemoryByteSource(chosen.text, name: name), format: format)
  }

  public func next(_ record: inout Record) throws(TableError) -> Bool { try rows.next(&record) }
}
