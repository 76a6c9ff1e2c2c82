extension HolidayTable {
  static let italy = HolidayTable(
    years: 2001...2050,
    rules: [
      .init("New Year's Day", .fixed(month: 1, day: 1)),
      .init("Epiphany", .fixed(month: 1, day: 6)),
      .init("Easter Sunday", .easter(0)),
      .init("Easter Monday", .easter(1)),
      .init("Unification of Italy", .on(20110317)),
      .init("Liberation Day", .fixed(month: 4, day: 25)),
      .init("Labor Day", .fixed(month: 5, day: 1)),
      .init("Republic Day", .fixed(month: 6, day: 2)),
      .init("Assumption Day", .fixed(month: 8, day: 15)),
      .init("Saint Francis of Assisi", .fixed(month: 10, day: 4), since: 2026),
      .init("All Saints' Day", .fixed(month: 11, day: 1)),
      .init("National Unity Day", .weekday(.sunday, nth: 1, month: 11)),
      .init("Immaculate Conception", .fixed(month: 12, day: 8)),
      .init("Christmas Day", .fixed(month: 12, day: 25)),
      .init("Saint Stephen's Day", .fixed(month: 12, day: 26)),
    ])

  /// National holidays. When one falls on a Sunday, each region chooses its own replacement.
  static let spain = HolidayTable(
    years: 2009...2050,
    rules: [
      .init("New Year's Day", .fixed(month: 1, day: 1), .lapsesOnSunday),
      .init("Epiphany", .fixed(month: 1, day: 6), .lapsesOnSunday),
      .init("Good Friday", .easter(-2)),
      .init("Labor Day", .fixed(month: 5, day: 1), .lapsesOnSunday),
      .init("Assumption Day", .fixed(month: 8, day: 15), .lapsesOnSunday),
      .init("National Day", .fixed(month: 10, day: 12), .lapsesOnSunday),
      .init("All Saints' Day", .fixed(month: 11, day: 1), .lapsesOnSunday),
      .init("Constitution Day", .fixed(month: 12, day: 6), .lapsesOnSunday),
      .init("Immaculate Conception", .fixed(month: 12, day: 8), .lapsesOnSunday),
      .init("Christmas Day", .fixed(month: 12, day: 25), .lapsesOnSunday),
    ])

  static let poland = HolidayTable(
    years: 2001...2050,
    rules: [
      .init("New Year's Day", .fixed(month: 1, day: 1)),
      .init("Epiphany", .fixed(month: 1, day: 6), since: 2011),
      .init("Easter Sunday", .easter(0)),
      .init("Easter Monday", .easter(1)),
      .init("National Day", .fixed(month: 5, day: 1)),
      .init("Third of May", .fixed(month: 5, day: 3)),
      .init("Whit Sunday", .easter(49)),
      .init("Corpus Christi", .easter(60)),
      .init("Assumption Day", .fixed(month: 8, day: 15)),
      .init("All Saints' Day", .fixed(month: 11, day: 1)),
      .init("Independence Day", .fixed(month: 11, day: 11)),
      .init("Hundred Years of Independence", .on(20181112)),
      .init("Christmas Eve", .fixed(month: 12, day: 24), since: 2025),
      .init("Christmas Day", .fixed(month: 12, day: 25)),
      .init("Second Day of Christmas", .fixed(month: 12, day: 26)),
    ])

  static let greece = HolidayTable(
    years: 2001...2050,
    rules: [
      .init("New Year's Day", .fixed(month: 1, day: 1)),
      .init("Epiphany", .fixed(month: 1, day: 6)),
      .init("Clean Monday", .orthodoxEaster(-48)),
      .init("Independence Day", .fixed(month: 3, day: 25)),
      .init("Good Friday", .orthodoxEaster(-2)),
      .init("Easter Monday", .orthodoxEaster(1)),
      .init("Labor Day", .fixed(month: 5, day: 1), until: 2020),
      .init("Labor Day", .fixed(month: 5, day: 1), since: 2021, until: 2023, .nextFreeWeekday),
      .init("Labor Day", .on(20240507)),
      .init("Labor Day", .fixed(month: 5, day: 1), since: 2025, .nextFreeWeekday),
      .init("Whit Monday", .orthodoxEaster(50)),
      .init("Dormition of the Mother of God", .fixed(month: 8, day: 15)),
      .init("Ohi Day", .fixed(month: 10, day: 28)),
      .init("Christmas Day", .fixed(month: 12, day: 25)),
      .init("Synaxis of the Mother of God", .fixed(month: 12, day: 26)),
    ])
}
