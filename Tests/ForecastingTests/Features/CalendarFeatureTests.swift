import Forecasting
import SalesTestSupport
import Testing

@Suite struct CalendarFeatureTests {
  /// ```python
  /// d = pd.to_datetime(["2023-12-30", "2023-12-31", "2024-01-01", "2024-02-29", "2021-01-03"])
  /// d.day_of_week + 1, d.day, d.day_of_year, d.isocalendar().week, d.month, d.quarter
  /// ```
  @Test func partsAreThoseOfPandas() throws {
    let dates = [
      date(2023, 12, 30), date(2023, 12, 31), date(2024, 1, 1), date(2024, 2, 29), date(2021, 1, 3),
    ]
    let expected: [(CalendarFeature.Part, [Float])] = [
      (.dayOfWeek, [6, 7, 1, 4, 7]), (.dayOfMonth, [30, 31, 1, 29, 3]),
      (.dayOfYear, [364, 365, 1, 60, 3]), (.week, [52, 52, 1, 9, 53]), (.month, [12, 12, 1, 2, 1]),
      (.quarter, [4, 4, 1, 1, 1]), (.year, [2023, 2023, 2024, 2024, 2021]),
    ]
    for (part, expected) in expected {
      let values = try dates.map { date in
        try columns([CalendarFeature(part)], from: date, count: 1)[0].values[0]
      }
      #expect(values == expected, "\(part)")
    }
  }

  /// One part in all encodings: neither the features nor their columns share a name.
  @Test func encodingsOfOnePartGoTogether() throws {
    let features = [
      CalendarFeature(.quarter), CalendarFeature(.quarter, as: .cyclic),
      CalendarFeature(.quarter, as: .oneHot), CalendarFeature(.quarter, as: .category),
    ]
    let table = try FeatureTable(
      FeatureSet(known: features), of: panel(date(2024, 12, 31), count: 3))
    #expect(
      table.futureColumns.map(\.name) == [
        "quarter", "quarter sine", "quarter cosine", "quarter 1", "quarter 2", "quarter 3",
        "quarter 4", "quarter category",
      ])
  }

  @Test func partsAreEncodedInFourWays() throws {
    // 31 December 2024, a Tuesday, and the day after.
    let start = date(2024, 12, 31)
    let oneHot = try columns([CalendarFeature(.dayOfWeek, as: .oneHot)], from: start, count: 2)
    #expect(oneHot.map(\.name) == (1...7).map { "day of week \($0)" })
    #expect(
      oneHot.map(\.values) == [[0, 0], [1, 0], [0, 1], [0, 0], [0, 0], [0, 0], [0, 0]])
    let cyclic = try columns([CalendarFeature(.dayOfMonth, as: .cyclic)], from: start, count: 2)
    #expect(cyclic.map(\.name) == ["day of month sine", "day of month cosine"])
    // sin and cos of 2π · 30 / 31
    expectClose(cyclic.map(\.values[0]), [-0.2012985, 0.9795299])
    expectClose(cyclic.map(\.values[1]), [0, 1])
    let table = try FeatureTable(
      FeatureSet(known: [CalendarFeature(.week, as: .category)]), of: panel(start, count: 2))
    #expect(table.futureColumns[0].vocabulary?.count == 54)
    #expect(try table.codes("week category", of: 0, over: 0..<2) == [1, 1])
  }

  /// ```python
  /// dates = ["2024-02-27", "2024-02-29", "2024-03-01"]
  /// t = (np.array(dates, dtype="datetime64[D]") - np.datetime64("1970-01-01")).astype(int)
  /// [np.sin(2 * np.pi * k * t / 365.25) for k in (1, 2, 3)]   # and cos
  /// ```
  @Test func fourierTermsAreThoseOfNumPy() throws {
    let terms = try columns(
      [FourierTerms(period: 365.25, order: 3)], from: date(2024, 2, 27), count: 4)
    let expected: [[Float]] = [
      [0.8259791, 0.8448805, 0.8539576], [0.5637007, 0.534955, 0.5203426],
      [0.931210, 0.9039462, 0.888701], [-0.3644830, -0.4276462, -0.4584871],
      [0.2238684, 0.1222606, 0.0709005], [-0.9746194, -0.992498, -0.9974834],
    ]
    #expect(terms.map(\.name).prefix(2) == ["Fourier 365.25 sine 1", "Fourier 365.25 cosine 1"])
    for (term, expected) in zip(terms, expected) {
      expectClose([0, 2, 3].map { term.values[$0] }, expected, term.name)
    }
  }

  @Test func eventsAreSeenFromTheDaysAroundThem() throws {
    // Thanksgiving Day 2023 was 23 November, Christmas a Monday.
    let start = date(2023, 11, 20)
    let shop = ShopCalendar([.blackFriday, .cyberMonday])
    let holidays = HolidayCalendar(.unitedStates)
    func values(_ feature: EventFeature) throws -> [[Float]] {
      try columns([feature], from: start, count: 9).map(\.values)
    }
    #expect(try values(EventFeature(holidays)) == [[0, 0, 0, 1, 0, 0, 0, 0, 0]])
    #expect(
      try values(EventFeature(shop, .daysUntil(limit: 5))) == [[4, 3, 2, 1, 0, 2, 1, 0, 5]])
    #expect(
      try values(EventFeature(shop, .daysUntil(limit: 3))) == [[3, 3, 2, 1, 0, 2, 1, 0, 3]])
    #expect(
      try values(EventFeature(shop, .daysSince(limit: 9))) == [[9, 9, 9, 9, 0, 1, 2, 0, 1]])
    #expect(
      try values(EventFeature(shop, .daysUntil(limit: 9), only: ["Cyber Monday"]))
        == [[7, 6, 5, 4, 3, 2, 1, 0, 9]])
    #expect(
      try values(EventFeature(shop, .around(before: 1, after: 2))) == [
        [0, 0, 0, 1, 0, 0, 1, 0, 0], [0, 0, 0, 0, 1, 0, 0, 1, 0], [0, 0, 0, 0, 0, 1, 0, 0, 1],
        [0, 0, 0, 0, 0, 0, 1, 0, 0],
      ])
    let names = try columns(
      [EventFeature(shop, .around(before: 1, after: 0))], from: start, count: 1)
    #expect(names.map(\.name) == ["shop around -1", "shop around 0"])
  }

  @Test func eventsOfLongStepsAreCounted() throws {
    let calendar = RegularCalendar(start: date(2023, 11, 1), count: 2, frequency: .month)
    let panel = Panel(calendar: calendar, series: [Series(id: "a", values: [1, 2])])
    let features = FeatureSet(known: [
      EventFeature(HolidayCalendar(.unitedStates)),
      EventFeature(ShopCalendar([.blackFriday]), .daysUntil(limit: 30)),
      EventFeature(ShopCalendar([.blackFriday]), .daysSince(limit: 60)),
    ])
    let table = try FeatureTable(features, of: panel, futureSteps: 1)
    // Veterans Day is a Saturday in 2023, so that the Friday before is off.
    #expect(try table.numbers("US days", of: 0, over: 0..<3).values == [3, 1, 2])
    #expect(try table.numbers("shop days until", of: 0, over: 0..<3).values == [23, 30, 30])
    #expect(try table.numbers("shop days since", of: 0, over: 0..<3).values == [6, 37, 60])
  }

  @Test func daysThatAreNotKnownAreAnError() throws {
    let panel = panel(date(2030, 12, 20), count: 12)
    let error = HolidayError.yearNotCovered(calendar: "CN", year: 2031, covered: 2015...2030)
    let features = FeatureSet(known: [EventFeature(HolidayCalendar(.china))])
    #expect(throws: Never.self) { try FeatureTable(features, of: panel) }
    #expect(throws: error) { try FeatureTable(features, of: panel, futureSteps: 1) }
  }

  private func panel(_ start: CalendarDate, count: Int) -> Panel {
    Panel(
      calendar: RegularCalendar(start: start, count: count),
      series: [Series(id: "a", values: Array(repeating: 1, count: count))])
  }

  private func columns(
    _ features: [any Feature], from start: CalendarDate, count: Int
  ) throws -> [(name: String, values: [Float])] {
    let table = try FeatureTable(FeatureSet(known: features), of: panel(start, count: count))
    return try table.futureColumns.map {
      ($0.name, try table.numbers($0.name, of: 0, over: 0..<count).values)
    }
  }
}
