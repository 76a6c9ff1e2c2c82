/// What a column holds, from looking at every field of it.
public struct ColumnProfile: Sendable, Equatable, Codable {
  /// The column's name; of several columns of one kind the first one's.
  public let name: String
  /// The name of the last of several columns; else the same.
  public let lastName: String
  /// How many columns are profiled together: those of the steps of a wide table, else 1.
  public let columnCount: Int
  /// What the fields that are not missing have in common.
  public package(set) var type = FieldType.empty
  /// How the dates are written, in a column of such. Two forms are given where all fit both.
  public package(set) var dateFormats: [DateFormat] = []
  /// Whether a time of day other than midnight follows a date.
  public package(set) var hasTimeOfDay = false
  /// Fields that are empty, or say that a value is missing.
  public package(set) var missing = 0
  /// In a column of text: how many values have blanks around them. Here they do not count, but of the
  /// parts of an identity they do.
  public package(set) var padded = 0
  /// How many different values there are.
  public package(set) var distinct = 0
  /// Whether that is an estimate, with a standard error of 1.6 %.
  public package(set) var isDistinctEstimated = false
  /// In a column of numbers: how many are 0.
  public package(set) var zeros = 0
  /// In a column of numbers: how many are below 0.
  public package(set) var negatives = 0
  /// In a column of numbers: the least and the greatest.
  public package(set) var least, greatest: Double?
  /// In a column of dates: the first and the last day.
  public package(set) var first, last: CalendarDate?
  /// The first values that differ.
  public package(set) var examples: [String] = []

  init(name: String, lastName: String, columnCount: Int) {
    self.name = name
    self.lastName = lastName
    self.columnCount = columnCount
  }

  /// What the fields of a column have in common.
  public enum FieldType: String, Sendable, Codable {
    /// No field has a value.
    case empty
    /// Whole numbers.
    case integer
    /// Numbers, not all of them whole.
    case number
    /// Dates, with or without a time of day.
    case date
    /// Anything else.
    case text
  }

  static let exampleLimit = 3
}

/// Looks at the fields of a column, one after another.
struct ColumnProfiler {
  private var profile: ColumnProfile
  private var distinct = DistinctCounter()
  private var dates: DateProfile
  private var isNumeric = true
  private var isWhole = true
  private var values = 0
  /// The values with their numbers of rows, as long as they are few.
  private(set) var valueCounts = ValueCounts()

  /// - Parameter names: The column's name, or those of the columns that are profiled together.
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

  /// The profile of all fields.
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
