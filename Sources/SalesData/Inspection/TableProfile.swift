/// What is in a table that nobody has described yet: its columns, and what they may mean.
///
/// ```swift
/// let profile = try TableProfile(of: DelimitedRecordSource(path: "sales.csv"))
/// print(profile)
/// if let guess = profile.guess { print(guess) }
/// ```
///
/// Every record is looked at, and none is held: memory grows with the columns only.
public struct TableProfile: Sendable, Equatable, Codable {
  /// What errors call the table.
  public let source: String
  /// What stands between fields; nil where the table is no text.
  public let separator: Separator?
  /// Rows below the header.
  public private(set) var rowCount = 0
  /// Columns, in the order of the table. Those of a wide table's steps are profiled as one.
  public private(set) var columns: [ColumnProfile]
  /// Columns that were not looked at, since there are so many.
  public let columnsPassedOver: Int

  /// The first line with text that is not UTF-8, and so is in another encoding; nil where there is none.
  public private(set) var firstLineNotUTF8: Int?

  /// The forms of numbers that are not the usual ones, as texts.
  public private(set) var conventions: [String] = []
  /// Columns that seem to say which rows are sales.
  public private(set) var statusColumns: [StatusColumn] = []

  /// What the columns probably mean; nil where no way to read the table suggests itself.
  public private(set) var guess: TableGuess?

  /// The most columns looked at, those of a wide table's steps not counted.
  public static let columnLimit = 256

  /// Looks through a table.
  ///
  /// - Throws: A `TableError` where a record cannot be told apart, or has too few fields or too many.
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

  /// The columns, each for itself, but those of steps together.
  private static func parts(of names: [String]) -> [Range<Int>] {
    guard let steps = StepColumnRun(in: names)?.range else {
      return names.indices.map { $0..<$0 + 1 }
    }
    return names[..<steps.lowerBound].indices.map { $0..<$0 + 1 } + [steps]
      + names[steps.upperBound...].indices.map { $0..<$0 + 1 }
  }
}

/// Columns of a wide table that follow one another as steps do.
struct StepColumnRun {
  let range: Range<Int>
  let steps: WideTableReader.StepColumns

  /// Fewer columns than this may well be something else: `event_1`, `event_2`.
  private static let least = 7

  /// The longest run of names that are consecutive numbers behind one prefix, or consecutive dates.
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

  /// The ways in which names may follow one another, dates first.
  private static func kinds(of names: [String]) -> [Kind] {
    let dates = DateFormat.forms.flatMap { form -> [Kind] in
      let dates = names.map(form.plausibleDate)
      guard dates.count(where: { $0 != nil }) >= least else { return [] }
      return [Frequency.day, .week(), .month, .quarter, .year].map { .dates(form, $0, dates) }
    }
    return dates + [.numbers(names.map(WideTableReader.StepColumns.init(numberedFrom:)))]
  }

  /// A way in which names may follow one another.
  private enum Kind {
    /// Dates of a form, one step of a frequency from one to the next.
    case dates(DateFormat, Frequency, [CalendarDate?])
    case numbers([WideTableReader.StepColumns?])

    /// Returns a Boolean value that indicates whether the name at a place follows the one before it.
    func follows(_ place: Int) -> Bool {
      switch self {
      case .dates(_, let frequency, let dates):
        guard let date = dates[place], let before = dates[place - 1] else { return false }
        if case .week = frequency { return date == before.advanced(by: 7) }
        return frequency.steps(from: before, to: date) == 1
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

extension TableProfile: CustomStringConvertible {
  /// The table's extent, a line for each column, and what the columns may mean.
  public var description: String {
    let kind = separator.map { "text with a \($0.rawValue) between fields" } ?? "records"
    let count = columns.reduce(columnsPassedOver) { $0 + $1.columnCount }
    let title = "\(source): \(kind), \(rowCount.counted("row")), \(count.counted("column"))"
    let header = ["column", "type", "missing", "distinct", "range", "examples"]
    var lines = [title, ""] + aligned([header] + columns.map(\.cells))
    if columnsPassedOver > 0 { lines.append("and \(columnsPassedOver.counted("column")) more") }
    if let firstLineNotUTF8 {
      let others = TextEncoding.allCases.filter { $0 != .utf8 }.map(\.rawValue)
      lines.append(
        "Line \(firstLineNotUTF8) is not UTF-8: is the encoding \(others.joined(separator: " or "))?"
      )
    }
    for column in columns where column.padded > 0 {
      lines.append(
        "\(column.name.debugDescription): \(column.padded.counted("value")) with blanks around; as parts of "
          + "an identity \"a\" and \"a \" are two")
    }
    lines += conventions
    lines += [
      "", guess.map { "By its columns it is \($0)." } ?? "What its columns mean is not plain.",
    ]
    return lines.joined(separator: "\n")
  }
}

/// Lines in which the texts of each column begin at one place.
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
