/// The format in which a table writes its dates, such as `{day}.{month}.{year}`.
///
/// Names in braces stand for the parts of a date or for its hour. All other text stands for itself.
/// Parts with two-letter names are zero-padded to the length of the name.
public struct DatePattern: Hashable, Sendable {
  /// The pattern, with its names in braces.
  public let text: String
  private let pieces: [Piece]

  private enum Piece: Hashable {
    case literal(String)
    case part(Part)
  }

  /// A part of a date, with its name in patterns as the raw value.
  fileprivate enum Part: String, CaseIterable {
    case year, month, day, week, quarter, weekday
    case paddedMonth = "mm"
    case paddedDay = "dd"
    case paddedWeek = "ww"
    case weekYear = "week-year"
    case monthName = "Month"
    case upperMonthName = "MONTH"
    case lowerMonthName = "month-name"
    case shortMonthName = "Mon"
    case upperShortMonthName = "MON"
    case lowerShortMonthName = "mon"
    case weekdayName = "Weekday"
    case shortWeekdayName = "Wkd"
    case epochSeconds = "epoch-seconds"
    case epochMilliseconds = "epoch-milliseconds"
    case epochMicroseconds = "epoch-microseconds"
    case epochNanoseconds = "epoch-nanoseconds"
    case excel
    case hour = "H"
    case paddedHour = "HH"
    case halfDayHour = "h"
    case paddedHalfDayHour = "hh"
    case upperHalfDay = "AM"
    case lowerHalfDay = "am"
  }

  /// Creates a pattern from text, or returns nil if a name in braces is unknown.
  public init?(_ text: String) {
    var pieces: [Piece] = []
    var rest = Substring(text)
    while let start = rest.firstIndex(of: "{") {
      if start > rest.startIndex { pieces.append(.literal(String(rest[..<start]))) }
      guard let end = rest[start...].firstIndex(of: "}"),
        let part = Part(rawValue: String(rest[rest.index(after: start)..<end]))
      else { return nil }
      pieces.append(.part(part))
      rest = rest[rest.index(after: end)...]
    }
    if !rest.isEmpty { pieces.append(.literal(String(rest))) }
    self.text = text
    self.pieces = pieces
  }

  /// Returns a date formatted with this pattern.
  ///
  /// - Parameter hour: The hour of the date, 0 to 23, or nil for midnight.
  public func text(of date: CalendarDate, hour: Int? = nil) -> String {
    pieces.map { piece in
      switch piece {
      case .literal(let text): text
      case .part(let part): part.text(of: date, hour: hour ?? 0)
      }
    }.joined()
  }
}

extension DatePattern.Part {
  fileprivate func text(of date: CalendarDate, hour: Int) -> String {
    let (year, month, day) = date.components
    let monthName = CalendarDate.monthNames[month - 1]
    let weekdayName = "\(Weekday(rawValue: date.weekday)!)".capitalizedByLetter
    return switch self {
    case .year: Self.padded(year, to: 4)
    case .month: "\(month)"
    case .paddedMonth: Self.padded(month, to: 2)
    case .day: "\(day)"
    case .paddedDay: Self.padded(day, to: 2)
    case .weekYear: Self.padded(date.week.year, to: 4)
    case .week: "\(date.week.week)"
    case .paddedWeek: Self.padded(date.week.week, to: 2)
    case .weekday: "\(date.weekday)"
    case .quarter: "\((month + 2) / 3)"
    case .monthName: monthName.capitalizedByLetter
    case .upperMonthName: monthName.uppercased()
    case .lowerMonthName: monthName
    case .shortMonthName: String(monthName.capitalizedByLetter.prefix(3))
    case .upperShortMonthName: String(monthName.uppercased().prefix(3))
    case .lowerShortMonthName: String(monthName.prefix(3))
    case .weekdayName: weekdayName
    case .shortWeekdayName: String(weekdayName.prefix(3))
    case .epochSeconds: "\(date.dayNumber * 86_400 + hour * 3_600)"
    case .epochMilliseconds: "\((date.dayNumber * 24 + hour) * 3_600_000)"
    case .epochMicroseconds: "\((date.dayNumber * 24 + hour) * 3_600_000_000)"
    case .epochNanoseconds: "\((date.dayNumber * 24 + hour) * 3_600_000_000_000)"
    case .excel: Self.serial(date.dayNumber + 25_569, hour)
    case .hour: "\(hour)"
    case .paddedHour: Self.padded(hour, to: 2)
    case .halfDayHour: "\((hour + 11) % 12 + 1)"
    case .paddedHalfDayHour: Self.padded((hour + 11) % 12 + 1, to: 2)
    case .upperHalfDay: hour < 12 ? "AM" : "PM"
    case .lowerHalfDay: hour < 12 ? "am" : "pm"
    }
  }

  private static func serial(_ day: Int, _ hour: Int) -> String {
    hour == 0 ? "\(day)" : "\(Double(day) + Double(hour) / 24)"
  }

  private static func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension String {
  fileprivate var capitalizedByLetter: String { prefix(1).uppercased() + dropFirst() }
}
