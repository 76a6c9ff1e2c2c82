import Forecasting
import SalesTestSupport
import Testing

/// Features of hours and of business days.
@Suite struct HourFeatureTests {
  /// 2024-01-05, a Friday, from 22:00.
  static let panel = Panel(
    calendar: RegularCalendar(start: date(2024, 1, 5), startHour: 22, count: 3, frequency: .hour),
    series: [Series(id: "a", values: [1, 2, 3])])

  private func columns(_ feature: any Feature, futureSteps: Int) throws -> [[Float]] {
    let table = try FeatureTable(
      FeatureSet(known: [feature]), of: Self.panel, futureSteps: futureSteps)
    return try numbers(table, futureSteps: futureSteps)
  }

  private func numbers(_ table: FeatureTable, futureSteps: Int = 0) throws -> [[Float]] {
    try table.futureColumns.map {
      try table.numbers($0.name, of: 0, over: 0..<3 + futureSteps).values
    }
  }

  /// `pd.date_range("2024-01-05 22:00", periods=5, freq="h").hour`, and the weekdays.
  @Test func hoursAndWeekdaysAreThoseOfPandas() throws {
    #expect(try columns(CalendarFeature(.hourOfDay), futureSteps: 2) == [[22, 23, 0, 1, 2]])
    #expect(try columns(CalendarFeature(.dayOfWeek), futureSteps: 2) == [[5, 5, 6, 6, 6]])
    let oneHot = try columns(CalendarFeature(.hourOfDay, as: .oneHot), futureSteps: 2)
    #expect(oneHot.count == 24)
    #expect(oneHot[0] == [0, 0, 1, 0, 0] && oneHot[23] == [0, 1, 0, 0, 0])
    let cyclic = try columns(CalendarFeature(.hourOfDay, as: .cyclic), futureSteps: 2)
    #expect(cyclic[0][2] == 0 && cyclic[1][2] == 1)
    #expect(abs(cyclic[0][0] - -0.5) < 1e-6)
  }

  @Test func automaticFeaturesFollowTheFrequency() {
    func names(_ frequency: Frequency) -> [String] {
      FeatureSet.automatic(for: frequency, seasonLength: frequency.seasonLength).known.map(\.name)
    }
    #expect(
      names(.hour) == ["hour of day one-hot", "day of week one-hot", "day of year harmonics 2"])
    #expect(
      names(.businessDay) == [
        "day of week one-hot", "day of month cyclic", "day of year harmonics 2",
      ])
  }

  /// A year and one and a half seasons are 52 + 78 weeks, 365 + 10 days, or 12 + 18 months.
  @Test func theTimeOfTheYearNeedsAYearOfTargets() {
    func names(_ frequency: Frequency, _ count: Int) -> [String] {
      let panel = Panel(
        calendar: RegularCalendar(
          start: frequency.start(of: date(2020, 1, 1)), count: count, frequency: frequency),
        series: [
          Series(id: "a", values: [Double](repeating: 1, count: count)),
          Series(id: "b", values: [1, 2, 3]),
        ])
      return FeatureSet.automatic(for: panel, seasonLength: frequency.seasonLength).known
        .map(\.name)
    }
    #expect(names(.week(), 129) == ["day of month cyclic"])
    #expect(names(.week(), 130) == ["day of month cyclic", "day of year harmonics 2"])
    #expect(names(.day, 374) == ["day of week one-hot", "day of month cyclic"])
    #expect(names(.day, 375).last == "day of year harmonics 2")
    #expect(names(.month, 29) == [] && names(.month, 30) == ["month one-hot"])
  }

  /// Epiphany, a holiday in Italy: all hours of the Saturday have it, and no business day before it.
  @Test func eventsLieOnTheDaysOfSteps() throws {
    let events = EventFeature(HolidayCalendar(.italy))
    #expect(try columns(events, futureSteps: 1) == [[0, 0, 1, 1]])
    let days = Panel(
      calendar: RegularCalendar(start: date(2024, 1, 4), count: 3, frequency: .businessDay),
      series: [Series(id: "a", values: [1, 2, 3])])
    let table = try FeatureTable(FeatureSet(known: [events]), of: days)
    #expect(try numbers(table) == [[0, 0, 0]])
  }

  @Test func fourierTermsCountHours() throws {
    let terms = try columns(FourierTerms(period: 24, order: 1), futureSteps: 0)
    #expect(abs(terms[0][2]) < 1e-6 && abs(terms[1][2] - 1) < 1e-6)
  }

  @Test func usualHorizonsLeaveTwoThirds() {
    func horizon(_ frequency: Frequency, _ count: Int) -> Int {
      let start = frequency.start(of: date(2020, 1, 1))
      return Panel(
        calendar: RegularCalendar(start: start, count: count, frequency: frequency),
        series: [Series(id: "a", values: [Double](repeating: 1, count: count))]
      ).usualHorizon
    }
    #expect(
      horizon(.hour, 200) == 48 && horizon(.day, 700) == 28 && horizon(.businessDay, 90) == 20)
    #expect(horizon(.week(), 156) == 13 && horizon(.month, 96) == 12 && horizon(.quarter, 40) == 8)
    #expect(horizon(.year, 30) == 6)
    #expect(horizon(.month, 24) == 8 && horizon(.businessDay, 40) == 13 && horizon(.day, 2) == 1)
  }
}
