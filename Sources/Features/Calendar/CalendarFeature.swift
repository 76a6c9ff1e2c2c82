internal import RealModule

/// A part of the date, known for past and future steps.
///
/// For a step longer than a day, its first day counts.
public struct CalendarFeature: Feature {
  /// The part of the date.
  public enum Part: String, Sendable, Codable, CaseIterable {
    /// The hour, 0 to 23, or 0 unless steps are hours.
    case hourOfDay = "hour of day"
    /// The day of the week, from 1 for Monday to 7 for Sunday.
    case dayOfWeek = "day of week"
    /// The day of the month, 1 to 31.
    case dayOfMonth = "day of month"
    /// The day of the year, 1 to 366.
    case dayOfYear = "day of year"
    /// The ISO 8601 week, 1 to 53.
    case week
    /// The month, 1 to 12.
    case month
    /// The quarter, 1 to 4.
    case quarter
    /// The year, such as 2026.
    case year
  }

  /// The encoding of the part as numbers.
  public enum Encoding: Hashable, Sendable, Codable {
    /// One column with the number itself.
    case number
    /// Two columns, the sine and cosine of the position in the cycle, in which the first value
    /// follows the last.
    case cyclic
    /// Two columns for each of the given number of harmonics: the sine and cosine of the position
    /// in the cycle, of its double, and so on. Stops the program if the number is less than 1.
    case harmonics(Int)
    /// One column for each value: 1 in the column of the date's value, 0 in the others.
    case oneHot
    /// One column of categories, for an embedding.
    case category
  }

  /// The part of the date.
  public let part: Part
  /// The encoding of the part as numbers.
  public let encoding: Encoding

  /// Creates a feature from a part of the date. Stops the program if the part is the year and the
  /// encoding isn't a number, because years don't repeat.
  public init(_ part: Part, as encoding: Encoding = .number) {
    self.part = part
    self.encoding = encoding
    checkRange()
  }

  /// The part and, unless it is a plain number, the encoding, so that a set can contain one part in
  /// several encodings.
  public var name: String {
    switch encoding {
    case .number: part.rawValue
    case .cyclic: "\(part.rawValue) cyclic"
    case .harmonics(let count): "\(part.rawValue) harmonics \(count)"
    case .oneHot: "\(part.rawValue) one-hot"
    case .category: "\(part.rawValue) category"
    }
  }
  public var role: FeatureRole { .known }

  public func columns(of panel: Panel, futureSteps: Int) -> [FeatureColumn] {
    let dates = panel.hours(futureSteps: futureSteps)
    switch encoding {
    case .number:
      return [column(name, dates.map { Double(part.value(of: $0)) })]
    case .cyclic:
      return circle("\(part.rawValue)", dates.map(part.placeInRound))
    case .harmonics(let count):
      let places = dates.map(part.placeInRound)
      return (1...count).flatMap { harmonic in
        circle("\(part.rawValue) harmonic \(harmonic)", places.map { Double(harmonic) * $0 })
      }
    case .oneHot:
      let values = dates.map(part.value)
      return part.allValues.map { value in
        column("\(part.rawValue) \(value)", values.map { $0 == value ? 1 : 0 })
      }
    case .category:
      let vocabulary = Vocabulary(part.allValues.map(String.init))
      let codes = dates.map { Int32(part.value(of: $0)) }
      return [
        FeatureColumn(
          name: name, shared: .categories(CategoryColumn(codes, vocabulary: vocabulary)))
      ]
    }
  }

  /// Returns the sine and the cosine of angles given in turns.
  private func circle(_ name: String, _ turns: [Double]) -> [FeatureColumn] {
    let angles = turns.map { 2 * .pi * $0 }
    return [
      column("\(name) sine", angles.map { Double.sin($0) }),
      column("\(name) cosine", angles.map { Double.cos($0) }),
    ]
  }

  private func column(_ name: String, _ values: [Double]) -> FeatureColumn {
    FeatureColumn(name: name, shared: .numbers(values))
  }
}

extension CalendarFeature: RangeChecked {
  package var fault: String? {
    if part == .year, encoding != .number {
      return "expected a year as a number, got it as \(encoding)"
    }
    if case .harmonics(let count) = encoding, count < 1 {
      return "expected at least 1 harmonic, got \(count)"
    }
    return nil
  }
}

extension CalendarFeature.Part {
  /// All values of the part.
  fileprivate var allValues: ClosedRange<Int> {
    self == .hourOfDay ? 0...23 : 1...valueCount
  }

  private var valueCount: Int {
    switch self {
    case .hourOfDay: 24
    case .dayOfWeek: 7
    case .dayOfMonth: 31
    case .dayOfYear: 366
    case .week: 53
    case .month: 12
    case .quarter: 4
    case .year: fatalError("CalendarFeature: years are not counted")
    }
  }

  fileprivate func value(of hour: CalendarHour) -> Int {
    let date = hour.date
    return switch self {
    case .hourOfDay: hour.hour
    case .dayOfWeek: date.weekday
    case .dayOfMonth: date.day
    case .dayOfYear: date.dayOfYear
    case .week: date.week.week
    case .month: date.month
    case .quarter: (date.month - 1) / 3 + 1
    case .year: date.year
    }
  }

  /// Returns the position in the cycle, 0 to 1. The last day of a month is next to the first day of
  /// the following one, regardless of the length of the month.
  fileprivate func placeInRound(_ hour: CalendarHour) -> Double {
    let date = hour.date
    let count =
      switch self {
      case .dayOfMonth: CalendarDate.dayCount(ofMonth: date.month, year: date.year)
      case .dayOfYear: CalendarDate.isLeap(year: date.year) ? 366 : 365
      case .week: CalendarDate(year: date.week.year, month: 12, day: 28)!.week.week
      case .hourOfDay, .dayOfWeek, .month, .quarter, .year: valueCount
      }
    return Double(value(of: hour) - allValues.lowerBound) / Double(count)
  }
}

/// The hour of a day at which a step starts.
private struct CalendarHour {
  let date: CalendarDate
  let hour: Int
}

extension Panel {
  /// Returns the starts of the panel's steps, and of a number of steps after its end.
  fileprivate func hours(futureSteps: Int) -> [CalendarHour] {
    (0..<calendar.count + futureSteps).map {
      CalendarHour(date: calendar.date(at: $0), hour: calendar.hour(at: $0) ?? 0)
    }
  }
}
