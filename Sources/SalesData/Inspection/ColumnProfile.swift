/// A profile of a column, based on all of its fields.
public struct ColumnProfile: Sendable, Equatable, Codable {
  /// The name of the column, or of the first of several columns that are profiled together.
  public let name: String
  /// The name of the last of several columns that are profiled together, or otherwise the same as
  /// `name`.
  public let lastName: String
  /// The number of columns that are profiled together: the step columns of a wide table, or 1.
  public let columnCount: Int
  /// The common type of the fields that are not missing.
  public package(set) var type = FieldType.empty
  /// The formats that match all dates of a date column. More than one is possible.
  public package(set) var dateFormats: [DateFormat] = []
  /// A Boolean value that indicates whether a date has a time of day other than midnight.
  public package(set) var hasTimeOfDay = false
  /// The number of fields that are empty or contain a word for a missing value.
  public package(set) var missing = 0
  /// For text columns, the number of values with surrounding whitespace. The profile ignores it,
  /// but the parts of an identity include it.
  public package(set) var padded = 0
  /// The number of distinct values.
  public package(set) var distinct = 0
  /// A Boolean value that indicates whether `distinct` is an estimate, with a standard error of 1.6
  /// %.
  public package(set) var isDistinctEstimated = false
  /// For number columns, the number of zeros.
  public package(set) var zeros = 0
  /// For number columns, the number of negative values.
  public package(set) var negatives = 0
  /// For number columns, the minimum and the maximum.
  public package(set) var least, greatest: Double?
  /// For date columns, the first and the last day.
  public package(set) var first, last: CalendarDate?
  /// The first distinct values.
  public package(set) var examples: [String] = []

  init(name: String, lastName: String, columnCount: Int) {
    self.name = name
    self.lastName = lastName
    self.columnCount = columnCount
  }

  /// The common type of a column's fields.
  public enum FieldType: String, Sendable, Codable {
    /// No field has a value.
    case empty
    /// Whole numbers.
    case integer
    /// Numbers that are not all whole.
    case number
    /// Dates, with or without a time of day.
    case date
    /// Anything else.
    case text
  }

  static let exampleLimit = 3
}

/// A profiler that examines the fields of a column one at a time.
struct ColumnProfiler {
  private var profile: ColumnProfile
  private var distinct = DistinctCounter()
  private var dates: DateProfile
  private var isNumeric = true
  private var isWhole = true
  private var values = 0
  /// The values with their numbers of rows, if there are few distinct values.
  private(set) var valueCounts = ValueCounts()

  /// Creates a profiler.
  ///
  /// - Parameter names: The name of the column, or of the columns to profile together.
  init(names: ArraySlice<String>) {
    profile = ColumnProfile(
      name: names.first!, lastName: names.last!, columnCount: names.count)
    dates = DateProfile(columnNamed: names.first!)
  }

  mutating func add(_ cursor: borrowing RecordCursor, _ place: Int) {
    let text = cursor.record[place].trimmed
    let number = isNumeric ? cursor.number(place) : NumberField(word: text) ?? .unparsable
    if number == .missing {
      profile.missing += 1
      return
    }
    values += 1
    if text.count < cursor.record[place].count { profile.padded += 1 }
    valueCounts.add(text)
    distinct.insert(text)
    addExample(text)
    if !dates.isEmpty { dates.add(text) }
    guard isNumeric else { return }
    switch number {
    case .number(let value): add(value)
    case .infinite, .unparsable, .missing, .undecided, .otherUnit: isNumeric = false
    }
  }

  /// The profile of the fields added so far.
  var result: ColumnProfile {
    var result = profile
    result.distinct = distinct.count
    result.isDistinctEstimated = distinct.isEstimate
    if values > 0 {
      result.type = !dates.isEmpty ? .date : isNumeric ? isWhole ? .integer : .number : .text
    }
    if result.type == .date, let span = dates.span {
      result.dateFormats = dates.formats
      result.hasTimeOfDay = dates.hasTimeOfDay
      (result.first, result.last) = span
    }
    if result.type != .text { result.padded = 0 }
    if result.type != .integer, result.type != .number {
      (result.zeros, result.negatives) = (0, 0)
      (result.least, result.greatest) = (nil, nil)
    }
    return result
  }

  private mutating func add(_ value: Double) {
    if value == 0 { profile.zeros += 1 }
    if value < 0 { profile.negatives += 1 }
    if value != value.rounded() { isWhole = false }
    profile.least = min(profile.least ?? value, value)
    profile.greatest = max(profile.greatest ?? value, value)
  }

  private mutating func addExample(_ text: UnsafeBufferPointer<UInt8>) {
    guard profile.examples.count < ColumnProfile.exampleLimit else { return }
    let example = String(decoding: text.prefix(40), as: UTF8.self)
    if !profile.examples.contains(example) { profile.examples.append(example) }
  }
}
