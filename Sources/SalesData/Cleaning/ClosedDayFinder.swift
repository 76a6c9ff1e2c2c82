/// A search for the days on which a shop was closed: (nearly) no series has sales, although many
/// normally would.
///
/// Series `i` has sales on a share `pᵢ` of its observed steps. At a step where the series `A` are
/// observed, the expected number of series with sales is `E = Σ_{i ∈ A} pᵢ`. If they were
/// independent, the probability of no sales at all would be at most exp(−E). A step counts as
/// closed if at most ``sellingShare`` · E series have sales, and
///
/// - E is at least ``leastExpected``: a holiday or another single day; or
/// - it is on a weekday whose steps together expect at least that many sales and have at most
///   ``sellingShare`` of them: a weekday on which the shop is regularly closed. This detects the
///   Sundays of shops with few products; or
/// - it is on a day of the year, such as December 25, Easter Monday, or the 4th Thursday of
///   November, that was closed at least twice and never open, and whose steps together expect at
///   least that many sales.
public struct ClosedDayFinder: Sendable, Hashable {
  /// The maximum share of the expected series that may have sales on a closed day, 0...1.
  public var sellingShare: Double
  /// The minimum expected number of series with sales for their absence to be significant. With the
  /// default, the probability that there are none by chance is exp(−10).
  public var leastExpected: Double

  /// Creates a search. Stops the program if the share is outside of 0 to 1 or the expectation is
  /// not above 0.
  public init(sellingShare: Double = 0.02, leastExpected: Double = 10) {
    guard (0...1).contains(sellingShare), leastExpected > 0 else {
      fatalError(
        "ClosedDayFinder: expected a share in 0...1 and an expectation above 0, got "
          + "\(sellingShare) and \(leastExpected)")
    }
    self.sellingShare = sellingShare
    self.leastExpected = leastExpected
  }

  /// Returns the closed days of a panel, or none if its steps are hours, since shops are silent at night.
  public func find(in panel: Panel) -> ClosedDays {
    if panel.calendar.frequency == .hour { return ClosedDays() }
    let sales = StepSales(of: panel)
    let weekdays = closedWeekdays(sales, panel.calendar)
    let annualDays = AnnualClosings(
      of: panel.calendar, closedOn: Set(weekdays), leastExpected: leastExpected,
      isSilent: { isSilent(sales.selling[$0], sales.expected[$0]) },
      expected: { sales.expected[$0] }
    ).find()
    var steps: [Int] = []
    var dates: [CalendarDate] = []
    for step in 0..<panel.calendar.count where isSilent(sales.selling[step], sales.expected[step]) {
      let date = panel.calendar.date(at: step)
      let isOnClosedWeekday = weekdays.contains { $0.rawValue == date.weekday }
      guard
        isOnClosedWeekday || sales.expected[step] >= leastExpected
          || annualDays.contains(where: { $0.contains(date) })
      else { continue }
      steps.append(step)
      if !isOnClosedWeekday { dates.append(date) }
    }
    return ClosedDays(
      weekdays: weekdays, dates: dates, annualDays: annualDays.sorted { "\($0)" < "\($1)" },
      steps: steps)
  }

  private func closedWeekdays(_ sales: StepSales, _ calendar: RegularCalendar) -> [Weekday] {
    guard [.day, .businessDay].contains(calendar.frequency) else { return [] }
    var selling = [Double](repeating: 0, count: 8)
    var expected = [Double](repeating: 0, count: 8)
    for step in 0..<calendar.count {
      let weekday = calendar.date(at: step).weekday
      selling[weekday] += sales.selling[step]
      expected[weekday] += sales.expected[step]
    }
    return Weekday.allCases.filter {
      expected[$0.rawValue] >= leastExpected
        && isSilent(selling[$0.rawValue], expected[$0.rawValue])
    }
  }

  private func isSilent(_ selling: Double, _ expected: Double) -> Bool {
    expected > 0 && selling <= sellingShare * expected
  }
}

/// The days on which a shop was closed.
public struct ClosedDays: Sendable, Equatable, Codable {
  /// The weekdays on which the shop is regularly closed. Empty if steps are not days.
  public let weekdays: [Weekday]
  /// The first days of closed steps on other weekdays, such as holidays.
  public let dates: [CalendarDate]
  /// The days on which the shop is closed each year, so far at least twice. Empty if steps are not
  /// days.
  public let annualDays: [AnnualDay]
  /// All closed steps.
  public let steps: [Int]
}

extension ClosedDays {
  /// No closed days.
  init() { self.init(weekdays: [], dates: [], annualDays: [], steps: []) }

  /// The closed days of the future: the weekdays and the days of the year.
  public var closing: ClosingCalendar {
    ClosingCalendar(weekdays: Set(weekdays), annualDays: Set(annualDays))
  }
}

/// The actual and the expected number of series with sales at each step.
private struct StepSales {
  private(set) var selling: [Double]
  private(set) var expected: [Double]

  init(of panel: Panel) {
    selling = Array(repeating: 0, count: panel.calendar.count)
    expected = Array(repeating: 0, count: panel.calendar.count)
    panel.forEachSeries { add($0.states, $0.values, from: $0.steps.lowerBound) }
  }

  /// Adds the cells of a series. A cell that is not observed adds 0, so that several cells can be
  /// added at once without branches.
  private mutating func add(
    _ states: UnsafeBufferPointer<CellState>, _ values: UnsafeBufferPointer<Double>, from first: Int
  ) {
    var (observed, sold) = (0, 0)
    for cell in states.indices {
      let isObserved = states[cell] == .observed
      observed &+= isObserved ? 1 : 0
      sold &+= isObserved && values[cell] > 0 ? 1 : 0
    }
    guard sold > 0 else { return }
    let share = Double(sold) / Double(observed)
    expected.withUnsafeMutableBufferPointer { expected in
      for cell in states.indices {
        expected[first &+ cell] += states[cell] == .observed ? share : 0
      }
    }
    selling.withUnsafeMutableBufferPointer { selling in
      for cell in states.indices {
        selling[first &+ cell] += states[cell] == .observed && values[cell] > 0 ? 1 : 0
      }
    }
  }
}
