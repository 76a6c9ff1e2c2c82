/// A recorder of the days, and the times on each day, for which records are read.
struct CoverageRecorder {
  /// The first and last second of a day with a record.
  private typealias Times = (first: Int, last: Int)

  private var times: [Int: Times] = [:]
  /// The most recent day. Records are mostly in chronological order.
  private var latestDay: Int?
  private var latest: Times = (0, 0)

  /// Adds a record at a second of a day, in days since 1970-01-01.
  mutating func add(day: Int, second: Int) {
    if day == latestDay {
      if second < latest.first { latest.first = second }
      if second > latest.last { latest.last = second }
      return
    }
    store()
    latestDay = day
    latest = times[day] ?? (second, second)
    latest = (min(latest.first, second), max(latest.last, second))
  }

  /// Returns the coverage of all records up to a month before and after the given days, or `nil` if
  /// there are no days.
  mutating func coverage(around days: ClosedRange<Int>?) -> RecordCoverage? {
    store()
    guard let days else { return nil }
    // A record that is set aside can have a mistyped year.
    let near = times.keys.filter { $0 >= days.lowerBound - 31 && $0 <= days.upperBound + 31 }
      .sorted()
    guard let first = near.first, let last = near.last else { return nil }
    let start = CalendarDate(dayNumber: isPartialStart(near) ? first + 1 : first)
    let end = CalendarDate(dayNumber: isPartialEnd(near) ? last : last + 1)
    let closing = ClosingCalendar(weekdays: closedWeekdays(near))
    return RecordCoverage(start..<max(start, end), closing: closing)
  }

  private mutating func store() {
    if let latestDay { times[latestDay] = latest }
  }

  /// Returns a Boolean value that indicates whether the records begin within the first day: at
  /// least an hour after the latest first record of the following days.
  private func isPartialStart(_ days: [Int]) -> Bool {
    let others = days.dropFirst().prefix(Self.comparedDays).map { times[$0]!.first }
    guard others.count >= Self.leastDays, let latest = others.max() else { return false }
    return times[days[0]]!.first >= latest + Self.hour
  }

  /// Returns a Boolean value that indicates whether the records end within the last day: at least
  /// an hour before the earliest last record of the preceding days.
  private func isPartialEnd(_ days: [Int]) -> Bool {
    let others = days.dropLast().suffix(Self.comparedDays).map { times[$0]!.last }
    guard others.count >= Self.leastDays, let earliest = others.min() else { return false }
    return times[days[days.count - 1]]!.last + Self.hour <= earliest
  }

  /// Returns the weekdays without any records if the others nearly always have one: the probability
  /// that such a weekday is open is below one in ten thousand.
  private func closedWeekdays(_ days: [Int]) -> Set<Weekday> {
    var spans = [Int](repeating: 0, count: 8)
    var recorded = spans
    for day in days[0]...days[days.count - 1] {
      spans[CalendarDate(dayNumber: day).weekday] += 1
    }
    for day in days { recorded[CalendarDate(dayNumber: day).weekday] += 1 }
    let open = (1...7).filter { recorded[$0] > 0 }
    let (hits, total) = open.reduce((0, 0)) { ($0.0 + recorded[$1], $0.1 + spans[$1]) }
    let silence = 1 - Double(hits + 1) / Double(total + 2)
    return Set(
      Weekday.allCases.filter { weekday in
        let count = spans[weekday.rawValue]
        guard recorded[weekday.rawValue] == 0, count > 0 else { return false }
        return (0..<count).reduce(1.0) { chance, _ in chance * silence } < 1e-4
      })
  }

  /// The maximum and minimum number of days to compare a first or last day with.
  private static let comparedDays = 28
  private static let leastDays = 7
  private static let hour = 3_600
}
