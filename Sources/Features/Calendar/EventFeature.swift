/// The position of a step relative to the events of a calendar: public holidays, sales, paydays.
///
/// ```swift
/// let holidays = HolidayCalendar(.germany)
/// let features: [any Feature] = [
///   EventFeature(holidays),
///   EventFeature(holidays, .daysUntil(limit: 14)),
///   EventFeature(ShopCalendar([.blackFriday]), .around(before: 2, after: 1)),
///   EventFeature(PaydayCalendar([-1]), .daysSince(limit: 10)),
/// ]
/// ```
public struct EventFeature: Feature {
  /// The quantity that is computed for a step.
  public enum View: Hashable, Sendable, Codable {
    /// The number of the step's days with an event, which is 1 or 0 for daily steps.
    case days
    /// The number of days from the step's first day to the next event: 0 on the day of an event,
    /// and `limit` if none is nearer.
    case daysUntil(limit: Int)
    /// The number of days from the last event to the step's last day: 0 on the day of an event, and
    /// `limit` if none is nearer.
    case daysSince(limit: Int)
    /// One column for each day from `before` days before an event to `after` days after it: 1 if
    /// one of the step's days has this position, else 0.
    case around(before: Int, after: Int)
    /// The name of the event that falls on one of the step's days, as a category, which is unknown where
    /// none does; of several, the first.
    case name
  }

  /// The events.
  public let calendar: any EventCalendar
  /// The quantity that is computed for a step.
  public let view: View
  /// The names of the events that count, or nil for all.
  public let only: Set<String>?
  public let name: String

  /// Creates a feature from the events of a calendar. Stops the program if a limit is less than 1,
  /// or if a number of days is negative.
  ///
  /// - Parameters:
  ///   - calendar: The events.
  ///   - view: The quantity to compute for a step.
  ///   - only: The names of the events that count, or nil for all.
  ///   - name: The name of the feature. By default, it combines those of the calendar and the view.
  public init(
    _ calendar: any EventCalendar, _ view: View = .days, only: Set<String>? = nil,
    name: String? = nil
  ) {
    self.calendar = calendar
    self.view = view
    self.only = only
    self.name = name ?? "\(calendar.name) \(view.name)"
    checkRange()
  }

  public var role: FeatureRole { .known }

  /// - Throws: `HolidayError` if the events of a year aren't known.
  public func columns(
    of panel: Panel, futureSteps: Int
  ) throws(HolidayError) -> [FeatureColumn] {
    let steps = (0..<panel.calendar.count + futureSteps).map(panel.calendar.days(of:))
    let days = try eventDays(
      from: panel.calendar.start, to: steps.last?.upperBound ?? panel.calendar.start)
    let ranges = steps.map { $0.lowerBound.dayNumber..<$0.upperBound.dayNumber }
    func column(_ name: String, _ value: (Range<Int>) -> Int) -> FeatureColumn {
      FeatureColumn(name: name, shared: .numbers(ranges.map { Double(value($0)) }))
    }
    switch view {
    case .days:
      return [column(name) { days.count(in: $0) }]
    case .daysUntil(let limit):
      return [column(name) { min(days.distance(after: $0.lowerBound) ?? limit, limit) }]
    case .daysSince(let limit):
      return [column(name) { min(days.distance(before: $0.upperBound - 1) ?? limit, limit) }]
    case .around(let before, let after):
      return (-before...after).map { offset in
        column("\(name) \(offset)") { range in
          days.count(in: range.lowerBound - offset..<range.upperBound - offset) > 0 ? 1 : 0
        }
      }
    case .name:
      let names = ranges.map { days.name(in: $0) }
      return [FeatureColumn(name: name, shared: .categories(names))]
    }
  }

  /// Returns the days of the events that affect a step from `start` to before `end`.
  private func eventDays(
    from start: CalendarDate, to end: CalendarDate
  ) throws(HolidayError) -> EventDays {
    guard start < end else { return EventDays([:]) }
    let first = start.advanced(by: -view.daysBack)
    let last = end.advanced(by: view.daysAhead - 1)
    var names: [Int: String] = [:]
    for year in first.year...last.year {
      for event in try calendar.holidays(in: year) where only?.contains(event.name) != false {
        if names[event.date.dayNumber] == nil { names[event.date.dayNumber] = event.name }
      }
    }
    return EventDays(names)
  }
}

/// The sorted day numbers of events.
private struct EventDays {
  private let days: [Int]
  private let names: [Int: String]

  init(_ names: [Int: String]) {
    self.names = names
    days = names.keys.sorted()
  }

  /// The name of the first event in a range.
  func name(in range: Range<Int>) -> String? {
    let place = place(of: range.lowerBound)
    return place < days.count && range.contains(days[place]) ? names[days[place]] : nil
  }

  func count(in range: Range<Int>) -> Int {
    place(of: range.upperBound) - place(of: range.lowerBound)
  }

  /// Returns the number of days from a day to the next event, 0 on the day of an event.
  func distance(after day: Int) -> Int? {
    let place = place(of: day)
    return place < days.count ? days[place] - day : nil
  }

  /// Returns the number of days from the last event to a day, 0 on the day of an event.
  func distance(before day: Int) -> Int? {
    let place = place(of: day + 1)
    return place > 0 ? day - days[place - 1] : nil
  }

  /// Returns the number of events before a day.
  private func place(of day: Int) -> Int { days.partitionPoint { $0 >= day } }
}

extension EventFeature: RangeChecked {
  package var fault: String? { view.isValid ? nil : "a number is out of its range in \(view)" }
}

extension EventFeature.View {
  fileprivate var isValid: Bool {
    switch self {
    case .days, .name: true
    case .daysUntil(let limit), .daysSince(let limit): limit >= 1
    case .around(let before, let after): before >= 0 && after >= 0
    }
  }

  fileprivate var name: String {
    switch self {
    case .days: "days"
    case .daysUntil: "days until"
    case .daysSince: "days since"
    case .around: "around"
    case .name: "name"
    }
  }

  /// The number of days before a step within which an event affects it. An event at the limit
  /// doesn't.
  fileprivate var daysBack: Int {
    switch self {
    case .days, .daysUntil, .name: 0
    case .daysSince(let limit): limit - 1
    case .around(_, let after): after
    }
  }

  /// The number of days after a step within which an event affects it.
  fileprivate var daysAhead: Int {
    switch self {
    case .days, .daysSince, .name: 0
    case .daysUntil(let limit): limit - 1
    case .around(let before, _): before
    }
  }
}
