/// The format of the dates and times in a table. Every format allows surrounding spaces.
///
/// ``automatic`` detects the format from the whole column, and throws an error if two formats
/// interpret the column differently. All other cases declare the format, and a date in another
/// format is an error.
///
/// The date can be followed by a time of day after a space or a T: `07:45`, `7:45:30`,
/// `07:45:30.250`, or `7:45 AM`. The time can be followed by an offset from UTC, optionally after a
/// space: `Z`, `UTC`, `+01:00`, `+0100`, or `-05`.
public enum DateFormat: String, Codable, Equatable, Sendable, CaseIterable {
  /// The format that matches all dates of the column.
  case automatic = "auto"
  /// `2011-12-09`
  case iso
  /// `2011/12/09`, `2011-12-9` or `2011.12.9`: year, month, day.
  case yearMonthDay = "year-first"
  /// `09/12/2011`, `9.12.2011`, `9-12-2011` or `09122011`: day, month, year.
  case dayMonthYear = "day-first"
  /// `12/09/2011`, `12/9/2011` or `12092011`: month, day, year.
  case monthDayYear = "month-first"
  /// `20111209`, `20111209T0745` or `20111209074530`
  case compact
  /// `9 Dec 2011`, `Dec 9, 2011`, `Friday, 9 December 2011` or `2011-Dec-09`, with English names.
  case monthName = "month-name"
  /// A month: `2011-12`, `201112`, `12/2011` or `Dec 2011`.
  case yearMonth = "month"
  /// An ISO 8601 week: `2011-W49`, `2011W49`, or `W49 2011`.
  case week
  /// A day of an ISO 8601 week: `2011-W49-5`.
  case weekDay = "week-day"
  /// A quarter: `2011-Q4`, `2011Q4` or `Q4 2011`.
  case quarter
  /// A year: `2011`.
  case year
  /// Seconds since 1970-01-01 00:00 UTC: `1323388800`.
  case epochSeconds = "epoch-seconds"
  /// Milliseconds since 1970-01-01 00:00 UTC: `1323388800000`.
  case epochMilliseconds = "epoch-milliseconds"
  /// Microseconds since 1970-01-01 00:00 UTC: `1323388800000000`.
  case epochMicroseconds = "epoch-microseconds"
  /// Nanoseconds since 1970-01-01 00:00 UTC: `1323388800000000000`.
  case epochNanoseconds = "epoch-nanoseconds"
  /// Days in Excel's 1900 date system: `40886`, or `40886.5` for noon.
  case excel

  /// The formats that can be declared, in the order in which they are tried.
  package static let forms = allCases.filter { $0 != .automatic }

  /// The name of the format in messages.
  public var pattern: String {
    switch self {
    case .automatic, .iso: "YYYY-MM-DD"
    case .yearMonthDay: "YYYY/MM/DD"
    case .dayMonthYear: "DD/MM/YYYY"
    case .monthDayYear: "MM/DD/YYYY"
    case .compact: "YYYYMMDD"
    case .monthName: "D Mon YYYY"
    case .yearMonth: "YYYY-MM"
    case .week: "YYYY-Www"
    case .weekDay: "YYYY-Www-D"
    case .quarter: "YYYY-Qq"
    case .year: "YYYY"
    case .epochSeconds: "seconds since 1970"
    case .epochMilliseconds: "milliseconds since 1970"
    case .epochMicroseconds: "microseconds since 1970"
    case .epochNanoseconds: "nanoseconds since 1970"
    case .excel: "an Excel serial number"
    }
  }

  /// The step that texts in this format name, or `nil` if they name a day or a moment.
  package var frequency: Frequency? {
    switch self {
    case .yearMonth: .month
    case .week: .week()
    case .quarter: .quarter
    case .year: .year
    default: nil
    }
  }

  /// A Boolean value that indicates whether texts in this format count time units from an epoch.
  var countsMoments: Bool {
    switch self {
    case .epochSeconds, .epochMilliseconds, .epochMicroseconds, .epochNanoseconds, .excel: true
    default: false
    }
  }

  /// A Boolean value that indicates whether texts in this format can consist only of digits, so
  /// that they can be any kind of number.
  var mayBeNumber: Bool {
    switch self {
    case .automatic, .iso, .yearMonthDay, .monthName, .week, .weekDay, .quarter: false
    case .dayMonthYear, .monthDayYear, .compact, .yearMonth, .year, .epochSeconds,
      .epochMilliseconds, .epochMicroseconds, .epochNanoseconds, .excel:
      true
    }
  }

  /// Returns the formats in which a text is a plausible date or step.
  public static func reading(_ text: String) -> [DateFormat] {
    forms.filter { $0.plausibleTime(text) != nil }
  }

  /// Returns the date and the full hour that a text represents in this format, or `nil` if there is
  /// none.
  ///
  /// For ``automatic``, a single text must have an unambiguous date.
  package func time(_ text: String) -> WrittenTime? {
    var text = text
    let time = text.withUTF8 { bytes -> WrittenTime? in
      guard self == .automatic else { return try? parseTime(bytes).get() }
      let column = DateForm(.automatic)
      guard case .time(let time) = column.read(bytes, line: 0) else { return nil }
      return time
    }
    return time.flatMap { $0.isWholeHour ? $0 : nil }
  }

  /// Returns the date and the full hour that a text represents in this format, or `nil` if there is
  /// none or it is not plausible: see ``isPlausible(_:)``.
  package func plausibleTime(_ text: String) -> WrittenTime? {
    time(text).flatMap { isPlausible($0) ? $0 : nil }
  }

  /// Returns the date and time that `bytes` represent in this format, or their fault. ``automatic``
  /// cannot parse single texts.
  package func parseTime(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<WrittenTime, DateFault> {
    var scanner = DateScanner(bytes.trimmed)
    let time: WrittenTime?
    switch self {
    case .automatic: fatalError("DateFormat.automatic: expected a form that reads a single text")
    case .iso: time = scanner.iso()
    case .yearMonthDay: time = scanner.separatedDate(.yearFirst)
    case .dayMonthYear: time = scanner.separatedDate(.dayFirst)
    case .monthDayYear: time = scanner.separatedDate(.monthFirst)
    case .compact: time = scanner.compactDate()
    case .monthName: time = scanner.namedDate()
    case .yearMonth: time = scanner.month()
    case .week: time = scanner.week(hasDay: false)
    case .weekDay: time = scanner.week(hasDay: true)
    case .quarter: time = scanner.quarter()
    case .year: time = scanner.bareYear()
    case .epochSeconds: time = scanner.epoch(ticksPerSecond: 1)
    case .epochMilliseconds: time = scanner.epoch(ticksPerSecond: 1_000)
    case .epochMicroseconds: time = scanner.epoch(ticksPerSecond: 1_000_000)
    case .epochNanoseconds: time = scanner.epoch(ticksPerSecond: 1_000_000_000)
    case .excel: time = scanner.excelSerial()
    }
    guard let time, scanner.isAtEnd else { return .failure(.unparsable) }
    // 1000-01-01 and 10000-01-01.
    guard (-354_285..<2_932_897).contains(time.day) else { return .failure(.yearOutOfRange) }
    return .success(time)
  }
}

/// The reason why a text is not a valid date.
package enum DateFault: Error {
  case unparsable
  case yearOutOfRange
}

/// A date and time of day as written, without applying a time zone.
package struct WrittenTime: Equatable {
  /// The number of days since 1970-01-01.
  package var day: Int
  /// The number of whole seconds since midnight.
  package var second = 0
  package var hasFraction = false
  /// A Boolean value that indicates whether a time of day is written, including midnight.
  package var hasTime = false
  /// The offset from UTC in seconds, or `nil` if none is written.
  package var offset: Int?

  package var isMidnight: Bool { second == 0 && !hasFraction }

  /// A Boolean value that indicates whether the time is a full hour.
  package var isWholeHour: Bool { second % 3_600 == 0 && !hasFraction }

  /// The hour of the day, 0 to 23.
  package var hour: Int { second / 3_600 }
}
