internal import RealModule

/// What a date says of itself, known for the past and the future alike.
///
/// Of a step that is longer than a day it is what its first day says.
public struct CalendarFeature: Feature {
  /// What of a date.
  public enum Part: String, Sendable, Codable, CaseIterable {
    /// 0 to 23; 0 unless steps are hours.
    case hourOfDay = "hour of day"
    /// 1 for Monday to 7 for Sunday.
    case dayOfWeek = "day of week"
    /// 1 to 31.
    case dayOfMonth = "day of month"
    /// 1 to 366.
    case dayOfYear = "day of year"
    /// The week by ISO 8601, 1 to 53.
    case week
    /// 1 to 12.
    case month
    /// 1 to 4.
    case quarter
    /// Such as 2026.
    case year
  }

  /// How it is put in numbers.
  public enum Encoding: Hashable, Sendable, Codable {
    /// One column with the number itself.
    case number
    /// Two columns, sine and cosine of its place in the round: the last is followed by the first.
    case cyclic
    /// Two columns for each of the first so many harmonics: sine and cosine of its place in the round, of
    /// twice it, and so on. A number below 1 stops the program.
    case harmonics(Int)
    /// A column for each value, 1 in the column of the date's value, 0 in the others.
    case oneHot
    /// One column of categories, for an embedding.
    case category
  }

  /// What of a date.
  public let part: Part
  /// How it is put in numbers.
  public let encoding: Encoding

  /// A part of the date. Years have no end, so that one that is encoded in another way than as a
  /// number stops the program.
  public init(_ part: Part, as encoding: Encoding = .number) {
    self.part = part
    self.encoding = encoding
    checkRange()
  }

  /// The part and, where it is no plain number, the encoding: one part may be a feature in several.
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

  /// Returns the sine and the cosine of some turns.
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
  /// All values that it can have.
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

  /// The place in the round of values, 0 to 1: the last day of a month lies beside the first of the
  /// next, however long the month.
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

/// An hour of a day, at which a step begins.
private struct CalendarHour {
  let date: CalendarDate
  let hour: Int
}

extension Panel {
  /// Returns the beginnings of the panel's steps, and of some after its end.
  fileprivate func hours(futureSteps: Int) -> [CalendarHour] {
    (0..<calendar.count + futureSteps).map {
      CalendarHour(date: calendar.date(at: $0), hour: calendar.hour(at: $0) ?? 0)
    }
  }
}
