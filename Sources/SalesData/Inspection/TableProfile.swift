/// A profile of an undescribed table: its columns and their probable meaning.
///
/// ```swift
/// let profile = try TableProfile(of: DelimitedRecordSource(path: "sales.csv"))
/// print(profile)
/// if let guess = profile.guess { print(guess) }
/// ```
///
/// All records are examined, but none are kept: memory use grows only with the number of columns.
public struct TableProfile: Sendable, Equatable, Codable {
  /// The name of the table in errors.
  public let source: String
  /// The field separator, or `nil` if the table is not text.
  public let separator: Separator?
  /// The number of rows below the header.
  public private(set) var rowCount = 0
  /// The columns, in the order of the table. The step columns of a wide table share one profile.
  public private(set) var columns: [ColumnProfile]
  /// The number of columns that were not examined because there are too many.
  public let columnsPassedOver: Int

  /// The first line with text that is not UTF-8 and thus has another encoding, or `nil` if there is
  /// none.
  public private(set) var firstLineNotUTF8: Int?

  /// Descriptions of unusual number formats.
  public private(set) var conventions: [String] = []
  /// The columns that seem to indicate which rows are sales.
  public private(set) var statusColumns: [StatusColumn] = []

  /// The probable meaning of the columns, or `nil` if there is no plausible way to read the table.
  public private(set) var guess: TableGuess?

  /// The maximum number of columns to examine, not counting the step columns of a wide table.
  public static let columnLimit = 256

  /// Creates a profile of a table.
  ///
  /// - Throws: A `TableError` if a record cannot be parsed or has a wrong number of fields.
  public init(of source: any RecordSource) throws(TableError) {
    var cursor = RecordCursor(source)
    self.source = source.name
    separator = (source as? DelimitedRecordSource)?.separator
    let parts = Self.parts(of: source.columns)
    let looked = parts.prefix(Self.columnLimit)
    columnsPassedOver = parts.dropFirst(Self.columnLimit).reduce(0) { $0 + $1.count }
    for part in looked where part.count > 1 { cursor.shareNumbers(of: part) }
    var profilers = looked.map { ColumnProfiler(names: source.columns[$0]) }
    columns = []
    while try cursor.next() {
      try cursor.checkFieldCount()
      rowCount += 1
      if firstLineNotUTF8 == nil, !cursor.record.isUTF8 { firstLineNotUTF8 = cursor.line }
      for (index, part) in looked.enumerated() {
        for place in part { profilers[index].add(cursor, place) }
      }
    }
    columns = profilers.map(\.result)
    conventions = cursor.conventions
    statusColumns = zip(columns, profilers).compactMap { column, profiler in
      StatusColumn(column, profiler.valueCounts, rowCount: rowCount)
    }
    guess = TableGuess(columns, rowCount: rowCount)
  }

  /// Returns the columns to profile: each separately, but step columns together.
  private static func parts(of names: [String]) -> [Range<Int>] {
    guard let steps = StepColumnRun(in: names)?.range else {
      return names.indices.map { $0..<$0 + 1 }
    }
    return names[..<steps.lowerBound].indices.map { $0..<$0 + 1 } + [steps]
      + names[steps.upperBound...].indices.map { $0..<$0 + 1 }
  }
}

/// A run of consecutive step columns in a wide table.
struct StepColumnRun {
  let range: Range<Int>
  let steps: WideTableReader.StepColumns

  /// The minimum number of columns. Fewer can have another meaning: `event_1`, `event_2`.
  private static let least = 7

  /// Finds the longest run of names that are consecutive numbers with the same prefix, or
  /// consecutive dates.
  init?(in names: [String]) {
    var best: (range: Range<Int>, steps: WideTableReader.StepColumns)?
    for kind in Self.kinds(of: names) {
      var start = 0
      while start < names.count {
        var end = start + 1
        while end < names.count, kind.follows(end) { end += 1 }
        if end - start > best?.range.count ?? Self.least - 1,
          let steps = kind.steps(from: names[start])
        {
          best = (start..<end, steps)
        }
        start = end
      }
    }
    guard let best else { return nil }
    (range, steps) = best
  }

  /// Returns the ways in which names can be consecutive, dates first.
  private static func kinds(of names: [String]) -> [Kind] {
    let dates = DateFormat.forms.flatMap { form -> [Kind] in
      let times = names.map(form.plausibleTime)
      guard times.count(where: { $0 != nil }) >= least else { return [] }
      let frequencies: [Frequency] =
        times.contains { $0?.isMidnight == false }
        ? [.hour] : [.day, .businessDay, .week(), .month, .quarter, .year]
      return frequencies.map { .dates(form, $0, times) }
    }
    return dates + [.numbers(names.map(WideTableReader.StepColumns.init(numberedFrom:)))]
  }

  /// A way in which names can be consecutive.
  private enum Kind {
    /// Dates in a format, one step of a frequency apart.
    case dates(DateFormat, Frequency, [WrittenTime?])
    case numbers([WideTableReader.StepColumns?])

    /// Returns a Boolean value that indicates whether a name follows the previous one.
    func follows(_ place: Int) -> Bool {
      switch self {
      case .dates(_, let frequency, let times):
        guard let time = times[place], let before = times[place - 1] else { return false }
        if case .week = frequency { return time.day == before.day + 7 }
        return frequency.number(of: time) == frequency.number(of: before) + 1
      case .numbers(let numbers):
        guard case .numbered(let prefix, let number) = numbers[place],
          case .numbered(prefix, let before) = numbers[place - 1]
        else { return false }
        return number == before + 1
      }
    }

    func steps(from name: String) -> WideTableReader.StepColumns? {
      switch self {
      case .dates(let form, _, _): .dates(form)
      case .numbers: WideTableReader.StepColumns(numberedFrom: name)
      }
    }
  }
}

extension Frequency {
  fileprivate func number(of time: WrittenTime) -> Int {
    number(of: CalendarDate(dayNumber: time.day), hour: time.hour)
  }
}

extension TableProfile: CustomStringConvertible {
  /// The size of the table, a line for each column, and the probable meaning of the columns.
  public var description: String {
    let kind = separator.map { "text separated by \($0.rawValue)" } ?? "records"
    let count = columns.reduce(columnsPassedOver) { $0 + $1.columnCount }
    let title = "\(source): \(kind), \(rowCount.counted("row")), \(count.counted("column"))"
    let header = ["column", "type", "missing", "distinct", "range", "examples"]
    var lines = [title, ""] + aligned([header] + columns.map(\.cells))
    if columnsPassedOver > 0 { lines.append("and \(columnsPassedOver.counted("column")) more") }
    if let firstLineNotUTF8 {
      let others = TextEncoding.allCases.filter { $0 != .utf8 }.map(\.rawValue)
      lines.append(
        "Line \(firstLineNotUTF8) is not UTF-8: the encoding may be \(others.joined(separator: " or "))."
      )
    }
    for column in columns where column.padded > 0 {
      lines.append(
        "\(column.name.debugDescription): \(column.padded.counted("value")) with surrounding whitespace; in "
          + "an identity, \"a\" and \"a \" are different")
    }
    lines += conventions
    lines += [
      "", guess.map { "Its columns suggest \($0)." } ?? "The meaning of its columns is unclear.",
    ]
    return lines.joined(separator: "\n")
  }
}

/// Returns lines in which the texts of each column are aligned.
private func aligned(_ rows: [[String]]) -> [String] {
  let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max()! }
  return rows.map { row in
    let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
    return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
  }
}

extension ColumnProfile {
  fileprivate var cells: [String] {
    [
      columnCount == 1 ? name : "\(name) to \(lastName)", typeText, "\(missing)",
      (isDistinctEstimated ? "about " : "") + "\(distinct)", range,
      examples.map(\.debugDescription).joined(separator: ", "),
    ]
  }

  private var typeText: String {
    guard type == .date else { return type.rawValue }
    let forms = dateFormats.map(\.rawValue).joined(separator: " or ")
    return (hasTimeOfDay ? "time, " : "date, ") + forms
  }

  private var range: String {
    if let first, let last { return "\(first) to \(last)" }
    guard let least, let greatest else { return "" }
    return "\(Self.plain(least)) to \(Self.plain(greatest))"
  }

  private static func plain(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
  }
}
