/// The dates that label the steps of a table, and their format.
///
/// A calendar identifies a step by its first day. A table may label a month by its last day, or a
/// week by its Sunday. Forecasts use the same labels, so that they can be joined with the table.
public struct StepLabels: Hashable, Sendable {
  /// The day of a step that labels it.
  public var day: Day
  /// The format of the date, or nil for ISO 8601.
  public var pattern: DatePattern?

  public init(day: Day = .first, pattern: DatePattern? = nil) {
    self.day = day
    self.pattern = pattern
  }

  /// The first days of the steps, in ISO 8601 form.
  public static let firstDays = StepLabels()

  /// A day of a step.
  public enum Day: Hashable, Sendable {
    /// The first day.
    case first
    /// The day at an offset in days from the first day of a week.
    case offset(Int)
    /// A day in one of the months of a step. The first month is number 0.
    case month(Int, DayOfMonth)
  }

  /// A day of a month.
  public enum DayOfMonth: Hashable, Sendable {
    /// The day with this number, or the last day in shorter months.
    case day(Int)
    case last
    /// The first or the last day of the month that isn't on a weekend.
    case firstWorkday, lastWorkday
  }

  /// Returns the date that labels the step with the given first day.
  public func date(ofStepFrom first: CalendarDate) -> CalendarDate {
    switch day {
    case .first: first
    case .offset(let days): first.advanced(by: days)
    case .month(let month, let day):
      day.date(in: CalendarDate(firstDayOfMonth: first.year * 12 + first.month - 1 + month))
    }
  }

  /// Returns the text that labels the step with the given first day.
  ///
  /// - Parameter hour: The hour at which an hourly step starts, 0 to 23, or nil for longer steps.
  public func text(ofStepFrom first: CalendarDate, hour: Int? = nil) -> String {
    let date = date(ofStepFrom: first)
    return pattern?.text(of: date, hour: hour) ?? date.text(hour: hour)
  }

  /// Returns the labels of longer steps that steps with these labels are summed into.
  func coarsened(to frequency: Frequency) -> StepLabels {
    guard case .month(_, .last) = day else { return .firstDays }
    switch frequency {
    case .quarter: return StepLabels(day: .month(2, .last))
    case .year: return StepLabels(day: .month(11, .last))
    default: return .firstDays
    }
  }
}

extension StepLabels.DayOfMonth {
  fileprivate func date(in first: CalendarDate) -> CalendarDate {
    let length = CalendarDate.dayCount(ofMonth: first.month, year: first.year)
    switch self {
    case .day(let day): return first.advanced(by: min(day, length) - 1)
    case .last: return first.advanced(by: length - 1)
    case .firstWorkday: return first.advanced(by: max(0, 8 - first.weekday) % 7 % 3)
    case .lastWorkday:
      let last = first.advanced(by: length - 1)
      return last.advanced(by: -max(0, last.weekday - 5))
    }
  }
}

extension StepLabels.Day {
  /// Creates the day of the step on which most of the dates lie, or the first day if fewer than
  /// half of them lie on the same day of their step.
  package init(of dates: some Sequence<CalendarDate>, in frequency: Frequency) {
    var counts: [Self: Int] = [:]
    var total = 0
    for date in dates {
      total += 1
      for place in Self.places(of: date, in: frequency) { counts[place, default: 0] += 1 }
    }
    let most = counts.max { ($0.value, $1.key.rank) < ($1.value, $0.key.rank) }
    self = most.map { $0.value * 2 > total ? $0.key : .first } ?? .first
  }

  /// Returns all descriptions of a date as a day of its step.
  private static func places(of date: CalendarDate, in frequency: Frequency) -> [Self] {
    let start = frequency.start(of: date)
    var places: [Self] = start == date ? [.first] : []
    switch frequency {
    case .hour, .day, .businessDay: break
    case .week: places.append(.offset(start.distance(to: date)))
    case .month, .quarter, .year:
      let month = (date.year - start.year) * 12 + date.month - start.month
      let first = date.advanced(by: 1 - date.day)
      let days: [StepLabels.DayOfMonth] = [.day(date.day), .last, .firstWorkday, .lastWorkday]
      places += days.filter { $0.date(in: first) == date }.map { .month(month, $0) }
    }
    return places
  }

  /// The priority of a description among those that match the same number of dates.
  private var rank: Int {
    switch self {
    case .first: 0
    case .month(_, .last): 1
    case .month(_, .day(let day)): 1 + day
    case .month(_, .firstWorkday): 40
    case .month(_, .lastWorkday): 41
    case .offset(let days): 50 + days
    }
  }
}

// MARK: - Files

extension StepLabels.Day {
  /// The name of the day in files, such as `month 0 last`.
  var fileName: String {
    switch self {
    case .first: "first"
    case .offset(let days): "day \(days)"
    case .month(let month, .day(let day)): "month \(month) day \(day)"
    case .month(let month, .last): "month \(month) last"
    case .month(let month, .firstWorkday): "month \(month) firstWorkday"
    case .month(let month, .lastWorkday): "month \(month) lastWorkday"
    }
  }

  /// Creates the day of a step with the given name in files, or returns nil if the frequency has no
  /// such day.
  init?(fileName: String, in frequency: Frequency) {
    let days: [Self]
    switch frequency {
    case .hour, .day, .businessDay: days = [.first]
    case .week: days = [.first] + (0...6).map { .offset($0) }
    case .month, .quarter, .year:
      let months = frequency == .month ? 1 : frequency == .quarter ? 3 : 12
      let ofMonth =
        (1...31).map { StepLabels.DayOfMonth.day($0) } + [.last, .firstWorkday, .lastWorkday]
      days = [.first] + (0..<months).flatMap { month in ofMonth.map { .month(month, $0) } }
    }
    guard let found = days.first(where: { $0.fileName == fileName }) else { return nil }
    self = found
  }
}
