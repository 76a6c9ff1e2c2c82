extension HolidayTable {
  static let unitedKingdom = HolidayTable(
    years: 2001...2050,
    rules: [
      .init("New Year's Day", .fixed(month: 1, day: 1), .nextFreeWeekday),
      .init("Good Friday", .easter(-2)),
      .init("Easter Monday", .easter(1)),
      .init("May Day", .weekday(.monday, nth: 1, month: 5), until: 2019),
      .init("May Day", .on(20200508)),
      .init("May Day", .weekday(.monday, nth: 1, month: 5), since: 2021),
      .init("Spring Bank Holiday", .weekday(.monday, nth: -1, month: 5), until: 2001),
      .init("Spring Bank Holiday", .on(20020604, 20120604, 20220602)),
      .init("Spring Bank Holiday", .weekday(.monday, nth: -1, month: 5), since: 2003, until: 2011),
      .init("Spring Bank Holiday", .weekday(.monday, nth: -1, month: 5), since: 2013, until: 2021),
      .init("Spring Bank Holiday", .weekday(.monday, nth: -1, month: 5), since: 2023),
      .init("Late Summer Bank Holiday", .weekday(.monday, nth: -1, month: 8)),
      .init("Christmas Day", .fixed(month: 12, day: 25), .nextFreeWeekday),
      .init("Boxing Day", .fixed(month: 12, day: 26), .nextFreeWeekday),
      .init("Golden Jubilee of Elizabeth II", .on(20020603)),
      .init("Wedding of William and Catherine", .on(20110429)),
      .init("Diamond Jubilee of Elizabeth II", .on(20120605)),
      .init("Platinum Jubilee of Elizabeth II", .on(20220603)),
      .init("State Funeral of Queen Elizabeth II", .on(20220919)),
      .init("Coronation of Charles III", .on(20230508)),
    ])

  static let germany = HolidayTable(
    years: 2001...2050,
    rules: [
      .init("New Year's Day", .fixed(month: 1, day: 1)),
      .init("Good Friday", .easter(-2)),
      .init("Easter Monday", .easter(1)),
      .init("Labor Day", .fixed(month: 5, day: 1)),
      .init("Ascension Day", .easter(39)),
      .init("Whit Monday", .easter(50)),
      .init("German Unity Day", .fixed(month: 10, day: 3)),
      .init("Reformation Day", .on(20171031)),
      .init("Christmas Day", .fixed(month: 12, day: 25)),
      .init("Second Day of Christmas", .fixed(month: 12, day: 26)),
    ])

  static let france = HolidayTable(
    years: 2001...2050,
    rules: [
      .init("New Year's Day", .fixed(month: 1, day: 1)),
      .init("Easter Monday", .easter(1)),
      .init("Labor Day", .fixed(month: 5, day: 1)),
      .init("Victory Day", .fixed(month: 5, day: 8)),
      .init("Ascension Day", .easter(39)),
      .init("Whit Monday", .easter(50), until: 2004),
      .init("Whit Monday", .easter(50), since: 2008),
      .init("National Day", .fixed(month: 7, day: 14)),
      .init("Assumption Day", .fixed(month: 8, day: 15)),
      .init("All Saints' Day", .fixed(month: 11, day: 1)),
      .init("Armistice Day", .fixed(month: 11, day: 11)),
      .init("Christmas Day", .fixed(month: 12, day: 25)),
    ])

  static let netherlands = HolidayTable(
    years: 2001...2050,
    rules: [
      .init("New Year's Day", .fixed(month: 1, day: 1)),
      .init("Good Friday", .easter(-2)),
      .init("Easter Sunday", .easter(0)),
      .init("Easter Monday", .easter(1)),
      .init("Queen's Day", .fixed(month: 4, day: 30), until: 2013, .movesFromSundayToSaturday),
      .init("King's Day", .fixed(month: 4, day: 27), since: 2014, .movesFromSundayToSaturday),
      .init(
        "Liberation Day",
        .on(
          20050505, 20100505, 20150505, 20200505, 20250505, 20300505, 20350505, 20400505, 20450505,
          20500505)),
      .init("Ascension Day", .easter(39)),
      .init("Whit Sunday", .easter(49)),
      .init("Whit Monday", .easter(50)),
      .init("Christmas Day", .fixed(month: 12, day: 25)),
      .init("Second Day of Christmas", .fixed(month: 12, day: 26)),
    ])
}
