/// A source that concatenates the records of several sources of the same kind, such as monthly
/// exports.
///
/// ```swift
/// let orders = try ChainedRecordSource(paths: ["2009.csv.gz", "2010.csv.gz"])
/// let book = try OrderLineReader(schema).read(orders) { demand.add($0) }
/// for part in orders.parts { print(part.source, part.recordCount) }
/// ```
///
/// Readers use it like a single source. Errors name the source of a record and its line in that
/// source. All sources must have the same columns, but can differ in the order of columns, in
/// compression, and in field separators. Each source is opened after the previous one has been read
/// to its end.
public final class ChainedRecordSource: RecordSource {
  /// The columns, in the order of the first source.
  public let columns: [String]
  /// The sources opened so far and the number of records read from each.
  public private(set) var parts: [Part] = []

  /// A source and the number of its records.
  public struct Part: Equatable, Sendable, Codable {
    /// The name of the source in errors.
    public let source: String
    /// The number of records read from the source.
    public fileprivate(set) var recordCount = 0
  }

  /// The source that is currently read.
  private(set) var current: any RecordSource
  package let sourceCount: Int
  private let openNext: () throws(TableError) -> (any RecordSource)?
  /// The positions of the columns in the current source, or `nil` if they are in order.
  private var places: [Int]?
  /// A record of a source whose columns are in a different order.
  private var given = Record()
  /// The value that `Record.line` has before the first line of each source.
  private var linesBefore = [0]
  private var units: [RecordUnit]
  /// The lines that were skipped in the sources before the current one.
  private var skippedBefore: [SetAsideRows] = []
  private var remarksBefore: [String] = []
  /// The latest line, counted over all sources.
  private var line = 1

  /// Creates a source of the records of the sources that `open` returns for the references. Stops
  /// the program if there are no references.
  ///
  /// - Throws: A `TableError` if the first source cannot be opened.
  public init<Reference>(
    _ references: [Reference],
    opening open: @escaping (Reference) throws(TableError) -> any RecordSource
  ) throws(TableError) {
    guard let first = references.first else {
      fatalError("ChainedRecordSource: expected at least one source, got none")
    }
    var rest = references.dropFirst()
    openNext = { () throws(TableError) in
      guard let reference = rest.popFirst() else { return nil }
      return try open(reference)
    }
    sourceCount = references.count
    current = try open(first)
    columns = current.columns
    parts = [Part(source: current.name)]
    units = [current.recordUnit]
  }

  /// Creates a source of the records of several files.
  ///
  /// - Throws: A `TableError` if the first file cannot be read, is not text, or has no header.
  public convenience init(
    paths: [String], format: DelimitedFormat = DelimitedFormat()
  ) throws(TableError) {
    try self.init(paths) { path throws(TableError) in
      try DelimitedRecordSource(path: path, format: format)
    }
  }

  /// The name of the first source and the number of additional ones.
  public var name: String {
    parts[0].source + (sourceCount > 1 ? " and \(sourceCount - 1) more" : "")
  }

  public var decimalMark: DecimalMark? { current.decimalMark }

  public var preferredDecimalMark: DecimalMark? { current.preferredDecimalMark }

  public var recordUnit: RecordUnit { units[0] }

  public func place(of line: Int) -> RecordPlace {
    let part = linesBefore.lastIndex { $0 < line } ?? 0
    return RecordPlace(
      source: parts[part].source, line: line - linesBefore[part], unit: units[part])
  }

  public func next(_ record: inout Record) throws(TableError) -> Bool {
    while try !readNext(&record) {
      guard let source = try openNext() else { return false }
      try begin(source)
    }
    let part = parts.count - 1
    record.locate(part: part, linesBefore: linesBefore[part])
    line = record.line
    parts[part].recordCount += 1
    return true
  }

  /// The lines that were skipped in all sources opened so far.
  public var skippedLines: [SetAsideRows] { skippedBefore + ofCurrent }

  private var ofCurrent: [SetAsideRows] {
    current.skippedLines.map { $0.located(in: sourceCount > 1 ? current.name : nil) }
  }

  /// The remarks of all sources opened so far.
  public var remarks: [String] { remarksBefore + current.remarks }

  private func begin(_ source: any RecordSource) throws(TableError) {
    places = source.columns == columns ? nil : try places(in: source)
    skippedBefore += ofCurrent
    remarksBefore += current.remarks
    current = source
    parts.append(Part(source: source.name))
    units.append(source.recordUnit)
    linesBefore.append(line)
    line += 1
  }

  private func places(in source: any RecordSource) throws(TableError) -> [Int] {
    let names = ColumnNames(of: source)
    let missing = columns.filter { !source.columns.contains($0) }
    let further = source.columns.filter { !columns.contains($0) }
    guard missing.isEmpty, further.isEmpty, columns.count == source.columns.count else {
      throw names.error(
        .otherColumns(than: parts[0].source, missing: missing, further: further))
    }
    return try names.places(of: columns)
  }

  /// Reads the next record of the current source, with its fields in the order of the columns.
  private func readNext(_ record: inout Record) throws(TableError) -> Bool {
    // A record with too few or too many fields cannot be reordered. The reader reports it.
    guard let places else { return try current.next(&record) }
    guard try current.next(&given) else { return false }
    record.begin(line: given.line)
    let isWhole = given.fieldCount == places.count
    for field in 0..<given.fieldCount { record.append(given[isWhole ? places[field] : field]) }
    return true
  }
}

extension ChainedRecordSource.Part: CustomStringConvertible {
  /// A text such as `525461 rows of 2009.csv`.
  public var description: String { "\(recordCount.counted("row")) of \(source)" }
}
