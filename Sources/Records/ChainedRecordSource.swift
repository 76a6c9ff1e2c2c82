/// The records of several sources of one kind, one after another: an export a month, a sheet a year.
///
/// ```swift
/// let orders = try ChainedRecordSource(paths: ["2009.csv.gz", "2010.csv.gz"])
/// let book = try OrderLineReader(schema).read(orders) { demand.add($0) }
/// for part in orders.parts { print(part.source, part.recordCount) }
/// ```
///
/// Every reader takes it as one source; errors name the source that a record is from, and its line there.
/// All sources have the same columns. Their order may differ, and so may how texts are compressed
/// and what separates their fields. A source is opened when the one before is read to its end.
public final class ChainedRecordSource: RecordSource {
  /// The columns, in the order of the first source.
  public let columns: [String]
  /// The sources opened so far, and how many records were read of each.
  public private(set) var parts: [Part] = []

  /// A source and its records.
  public struct Part: Equatable, Sendable, Codable {
    /// What errors call the source.
    public let source: String
    /// How many records were read of it.
    public fileprivate(set) var recordCount = 0
  }

  /// The source whose records are read.
  private(set) var current: any RecordSource
  package let sourceCount: Int
  private let openNext: () throws(TableError) -> (any RecordSource)?
  /// Where the columns stand in the current source; nil where that is their order.
  private var places: [Int]?
  /// A record of a source whose columns are in another order.
  private var given = Record()
  /// What `Record.line` counts before the first line of each source.
  private var linesBefore = [0]
  private var units: [RecordUnit]
  /// The lines that were skipped in the sources before the current one.
  private var skippedBefore: [SetAsideRows] = []
  /// The latest line, counted over all sources.
  private var line = 1

  /// The records of the sources that `open` makes of some references. No reference at all stops the
  /// program.
  ///
  /// - Throws: A `TableError` where the first source cannot be opened.
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

  /// The records of files.
  ///
  /// - Throws: A `TableError` where the first file cannot be read, is none of text, or has no header.
  public convenience init(
    paths: [String], format: DelimitedFormat = DelimitedFormat()
  ) throws(TableError) {
    try self.init(paths) { path throws(TableError) in
      try DelimitedRecordSource(path: path, format: format)
    }
  }

  /// The name of the first source, and how many more there are.
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

  private func begin(_ source: any RecordSource) throws(TableError) {
    places = source.columns == columns ? nil : try places(in: source)
    skippedBefore += ofCurrent
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

  /// Makes `record` the next one of the current source, with its fields in the order of the columns.
  private func readNext(_ record: inout Record) throws(TableError) -> Bool {
    // A record of too few fields or too many has none to put in order; whoever reads it says so.
    guard let places else { return try current.next(&record) }
    guard try current.next(&given) else { return false }
    record.begin(line: given.line)
    let isWhole = given.fieldCount == places.count
    for field in 0..<given.fieldCount { record.append(given[isWhole ? places[field] : field]) }
    return true
  }
}

extension ChainedRecordSource.Part: CustomStringConvertible {
  /// Such as `525461 rows of 2009.csv`.
  public var description: String { "\(recordCount.counted("row")) of \(source)" }
}
