/// Finds the days on which a shop was closed: (nearly) no series sells, though many would.
///
/// Series `i` sells on a share `pᵢ` of its observed steps. At a step where the series `A` are
/// observed `E = Σ_{i ∈ A} pᵢ` of them should sell; were they independent, none would with a chance
/// of at most exp(−E). A step counts as closed if at most ``sellingShare`` · E series sell, and
///
/// - E is at least ``leastExpected``: a holiday or another single day; or
/// - it is on a weekday whose steps together expect at least so many sales, and have at most
///   ``sellingShare`` of them: a weekday on which the shop is closed as a rule. That is how a shop
///   of few products shows its Sundays; or
/// - it is on a day of the year, such as 25 December, Easter Monday or the 4th Thursday of November, that
///   was closed at least twice and never open, and whose steps together expect at least so many
///   sales.
public struct ClosedDayFinder: Sendable, Hashable {
  /// What share of the series that should sell may do so all the same, 0...1.
  public var sellingShare: Double
  /// How many series should sell for their silence to say something: by chance all are silent with
  /// a probability of exp(−10) at the default.
  public var leastExpected: Double

  /// A finder. A share outside of 0 to 1 stops the program, as does an expectation not above 0.
  public init(sellingShare: Double = 0.02, leastExpected: Double = 10) {
    guard (0...1).contains(sellingShare), leastExpected > 0 else {
      fatalError(
        "ClosedDayFinder: expected a share in 0...1 and an expectation above 0, got "
          + "\(sellingShare) and \(leastExpected)")
    }
    self.sellingShare = sellingShare
    self.leastExpected = leastExpected
  }

  /// The closed days of a panel.
  public func find(in panel: Panel) -> ClosedDays {
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
    guard calendar.frequency == .day else { return [] }
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
  /// The weekdays on which it is closed as a rule; empty where steps are no days.
  public let weekdays: [Weekday]
  /// The first days of closed steps on other weekdays, such as holidays.
  public let dates: [CalendarDate]
  /// The days on which it is closed each year, at least twice by now; empty where steps are no days.
  public let annualDays: [AnnualDay]
  /// All closed steps.
  public let steps: [Int]
}

extension ClosedDays {
  /// What is known of the days to come: the weekdays and the days of the year.
  public var closing: ClosingCalendar {
    ClosingCalendar(weekdays: Set(weekdays), annualDays: Set(annualDays))
  }
}

/// How many series sell at each step, and how many should.
private struct StepSales {
  private(set) var selling: [Double]
  private(set) var expected: [Double]

  init(of panel: Panel) {
    selling = Array(repeating: 0, count: panel.calendar.count)
    expected = Array(repeating: 0, count: panel.calendar.count)
    for index in panel.ids.indices { add(panel.series(at: index)) }
  }

  private mutating func add(_ series: Series) {
    series.states.withUnsafeBufferPointer { states in
      series.values.withUnsafeBufferPointer { values in
        add(states, values, from: series.steps.lowerBound)
      }
    }
  }

  /// Adds the cells of a series. One that is not observed adds 0, so that no branch keeps several cells
  /// from being added at once.
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
