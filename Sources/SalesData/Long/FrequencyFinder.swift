/// A detector of the length of a table's steps from its dates.
///
/// A table has weeks, months, quarters, or years if nearly all of its dates are at the same
/// position in such a step, and no series has two dates in one step: every date is a Monday, for
/// example, or the last day of a month. All other tables have days, unless the dates of each series
/// are nearly equally spaced by several days. In that case the step has none of these lengths, or
/// has one that the dates do not determine. Days are business days if they span several weekends, none
/// is a Saturday or a Sunday, and the other weekdays are missing only now and then.
struct FrequencyFinder {
  /// The result of the detection.
  enum Finding: Equatable {
    /// A length and the evidence for it, or `nil` if no evidence was needed.
    case found(Frequency, evidence: String?)
    /// More than one length is possible.
    case ambiguous([Frequency], reason: String)
  }

  /// The series of each row, and its day, in days since 1970-01-01.
  private let series: [Int32]
  private let days: [Int32]
  /// The distinct days, in ascending order.
  private let distinct: [CalendarDate]
  /// The length that the date format names, such as months for `2024-01`.
  private let named: Frequency?
  /// The weekday on which weeks start, or `nil` to detect it.
  private let weekStart: Weekday?
  /// A Boolean value that indicates whether days may be business days.
  var findsBusinessDays = true

  /// Creates a detector.
  ///
  /// - Parameters:
  ///   - named: The step that each date names by its format, or `nil` if dates are days.
  ///   - weekStart: The weekday on which weeks start, or `nil` to detect it.
  init(series: [Int32], days: [Int32], named: Frequency?, weekStart: Weekday? = nil) {
    self.weekStart = weekStart
    self.series = series
    self.days = days
    self.named = named
    guard let first = days.min(), let last = days.max() else {
      distinct = []
      return
    }
    var isThere = [Bool](repeating: false, count: Int(last) - Int(first) + 1)
    for day in days { isThere[Int(day) - Int(first)] = true }
    distinct = isThere.indices.filter { isThere[$0] }.map {
      CalendarDate(dayNumber: Int(first) + $0)
    }
  }

  /// The length of the steps.
  var finding: Finding {
    guard distinct.count > 1 else { return .found(named ?? .day, evidence: namedEvidence) }
    for frequency in [Frequency.year, .quarter, .month] {
      guard named.map({ $0.nests(in: frequency) }) ?? true, let place = placeInMonths(frequency),
        !collide(frequency)
      else { continue }
      let months = frequency == .month || frequency == named ? "" : ", one a \(frequency.unit)"
      return checked(frequency, "every date \(place)\(months)")
    }
    if let named {
      return collide(named)
        ? .found(named, evidence: namedEvidence) : checked(named, namedEvidence!)
    }
    if let weekday = commonWeekday {
      let frequency = Frequency.week(startingOn: weekStart(for: weekday))
      if !collide(frequency) { return checked(frequency, "every date is a \(weekday)") }
    }
    if let irregular { return irregular }
    return areBusinessDays
      ? .found(.businessDay, evidence: "no date is a Saturday or a Sunday")
      : .found(.day, evidence: nil)
  }

  private var namedEvidence: String? { named.map { "every date names a \($0.unit)" } }

  /// Returns the frequency if some of its steps are consecutive. Two dates do not determine a
  /// length, and dates that are all two or more steps apart indicate a different one.
  private func checked(_ frequency: Frequency, _ evidence: String) -> Finding {
    let steps = distinct.map { frequency.number(of: $0) }
    let gaps = zip(steps, steps.dropFirst()).map { $1 - $0 }.filter { $0 > 0 }
    let common = gaps.reduce(0) { greatestCommonDivisor($0, $1) }
    if frequency == named { return .found(frequency, evidence: evidence) }
    if distinct.count == 2 {
      // Two dates can be weeks or months apart by coincidence.
      return .ambiguous(
        [named ?? .day, frequency], reason: "there are two dates only, and \(evidence)"
      )
    }
    if common > 1 {
      return .ambiguous(
        [named ?? .day, frequency],
        reason:
          "\(evidence), and they are \(common) \(frequency.unit)s apart or a multiple of that, "
          + "which is no length of a step")
    }
    return .found(frequency, evidence: evidence)
  }

  // MARK: - Places in steps

  /// The minimum share of the rows at the same position of their steps.
  private static let share = 0.9

  /// Returns the position of the dates in their months if the months are also consistent with the
  /// frequency.
  private func placeInMonths(_ frequency: Frequency) -> String? {
    let stride = frequency == .year ? 12 : frequency == .quarter ? 3 : 1
    if stride > 1 {
      var counts = [Int](repeating: 0, count: stride)
      for day in days { counts[(CalendarDate(dayNumber: Int(day)).month - 1) % stride] += 1 }
      guard isMost(counts.max()!) else { return nil }
    }
    if let named { return "names a \(named.unit)" }
    return placeInMonth.map { "is \($0)" }
  }

  private var placeInMonth: String? {
    var dayCounts = [Int](repeating: 0, count: 32)
    var (ends, early, late) = (0, 0, 0)
    for day in days {
      let (year, month, day) = CalendarDate(dayNumber: Int(day)).components
      let length = CalendarDate.dayCount(ofMonth: month, year: year)
      dayCounts[day] += 1
      if day == length { ends += 1 }
      if day <= 4 { early += 1 }
      if day > length - 4 { late += 1 }
    }
    if isMost(dayCounts[1]) { return "the first day of a month" }
    if isMost(ends) { return "the last day of a month" }
    let fixed = dayCounts.indices.max { dayCounts[$0] < dayCounts[$1] }!
    if isMost(dayCounts[fixed]) { return "day \(fixed) of a month" }
    // First and last workdays need more dates to be detected.
    guard distinct.count >= 6 else { return nil }
    if isMost(early) { return "one of the first days of a month" }
    return isMost(late) ? "one of the last days of a month" : nil
  }

  private var commonWeekday: Weekday? {
    var counts = [Int](repeating: 0, count: 8)
    for day in days { counts[CalendarDate(dayNumber: Int(day)).weekday] += 1 }
    let most = counts.indices.max { counts[$0] < counts[$1] }!
    return isMost(counts[most]) ? Weekday(rawValue: most) : nil
  }

  /// If there are few rows, all must be at the position.
  private func isMost(_ count: Int) -> Bool {
    days.count < 10 ? count == days.count : Double(count) >= Self.share * Double(days.count)
  }

  /// Returns Monday, the most common start, or another day that keeps the dates of each series in
  /// separate weeks if some of them are a few days early or late.
  private func weekStart(for weekday: Weekday) -> Weekday {
    if let weekStart { return weekStart }
    let later = [0, 1, 4].map { Weekday(rawValue: (weekday.rawValue - 1 + $0) % 7 + 1)! }
    return ([.monday] + later).first { collisions(.week(startingOn: $0)) == 0 } ?? .monday
  }

  // MARK: - Business days

  /// The minimum number of weekends, and the minimum share of the Mondays, Tuesdays, …, and Fridays that
  /// have a date. The others are holidays.
  private static let leastWeekends = 6
  private static let weekdayShare = 0.75

  /// A Boolean value that indicates whether days are missing only if they are Saturdays, Sundays, or, now
  /// and then, holidays.
  private var areBusinessDays: Bool {
    guard findsBusinessDays else { return false }
    var (there, all) = ([Int](repeating: 0, count: 8), [Int](repeating: 0, count: 8))
    for date in distinct { there[date.weekday] += 1 }
    for date in distinct[0]...distinct[distinct.count - 1] { all[date.weekday] += 1 }
    return there[6] + there[7] == 0 && min(all[6], all[7]) >= Self.leastWeekends
      && (1...5).allSatisfy { Double(there[$0]) >= Self.weekdayShare * Double(all[$0]) }
  }

  // MARK: - Dates of one series

  /// Returns a Boolean value that indicates whether series have several dates in a step, tolerating
  /// a few stray rows.
  private func collide(_ frequency: Frequency) -> Bool {
    let count = collisions(frequency)
    return days.count < 50 ? count > 0 : count * 50 > days.count
  }

  /// Returns the number of dates that are in the same step as an earlier date of their series.
  private func collisions(_ frequency: Frequency) -> Int {
    let first = frequency.number(of: distinct[0])
    let width = frequency.number(of: distinct[distinct.count - 1]) - first + 1
    let seriesCount = Int(series.max() ?? 0) + 1
    // If there are more rows than cells, collisions are certain. This quickly identifies most daily
    // tables.
    if days.count > 2 * seriesCount * width { return days.count }
    var dayOfCell: [Int: Int32] = [:]
    var count = 0
    for (series, day) in zip(series, days) {
      let step = frequency.number(of: CalendarDate(dayNumber: Int(day))) - first
      let cell = Int(series) * width + step
      if let known = dayOfCell[cell] {
        // The same date twice is a different error, regardless of the step.
        if known != day { count += 1 }
      } else {
        dayOfCell[cell] = day
      }
    }
    return count
  }

  /// The result for dates that are nearly equally spaced at a distance that no frequency has.
  private var irregular: Finding? {
    let width = Int(days.max()!) - Int(days.min()!) + 1
    let seriesCount = Int(series.max()!) + 1
    // With a date every few days, the distances are short.
    guard days.count <= seriesCount * (width / 5 + 2) else { return nil }
    let rows = days.indices.sorted { (series[$0], days[$0]) < (series[$1], days[$1]) }
    var gaps: [Int] = []
    for (row, next) in zip(rows, rows.dropFirst()) where series[row] == series[next] {
      let gap = Int(days[next]) - Int(days[row])
      if gap > 0 { gaps.append(gap) }
    }
    guard gaps.count >= 5 else { return nil }
    gaps.sort()
    let (short, long) = (gaps[gaps.count / 10], gaps[gaps.count - 1 - gaps.count / 10])
    guard short >= 5, Double(long) <= 1.8 * Double(short) else { return nil }
    let longer: Frequency =
      switch gaps[gaps.count / 2] {
      case ..<20: .week()
      case ..<60: .month
      case ..<200: .quarter
      default: .year
      }
    let distance = short == long ? "\(short)" : "\(short) to \(long)"
    return .ambiguous(
      [.day, longer],
      reason:
        "the dates of a series are \(distance) days apart, at no fixed place of a \(longer.unit)")
  }
}

/// Returns the greatest common divisor of two numbers, or the other number if one is 0.
func greatestCommonDivisor(_ first: Int, _ second: Int) -> Int {
  second == 0 ? first : greatestCommonDivisor(second, first % second)
}
