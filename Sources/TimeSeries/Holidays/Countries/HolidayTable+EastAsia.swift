extension HolidayTable {
  /// The statutory holidays, the substitute days off for holidays on a weekend, and the days off
  /// that the State Council announced for each year up to 2026. The table omits the weekend days
  /// that were declared working days in exchange.
  static let china = HolidayTable(
    years: 2015...2030,
    rules: [
      .init("New Year's Day", .fixed(month: 1, day: 1), .nextFreeWeekday),
      .init("Chinese New Year's Eve", .chinese(month: 1, day: 0), since: 2025, .nextFreeWeekday),
      .init("Chinese New Year", .chinese(month: 1, day: 1), .nextFreeWeekday),
      .init("Chinese New Year", .chinese(month: 1, day: 2), .nextFreeWeekday),
      .init("Chinese New Year", .chinese(month: 1, day: 3), .nextFreeWeekday),
      .init("Qingming", .qingming, .nextFreeWeekday),
      .init("Labor Day", .fixed(month: 5, day: 1), .nextFreeWeekday),
      .init("Labor Day", .fixed(month: 5, day: 2), since: 2025, .nextFreeWeekday),
      .init("Dragon Boat Festival", .chinese(month: 5, day: 5), .nextFreeWeekday),
      .init("Mid-Autumn Festival", .chinese(month: 8, day: 15), until: 2015),
      .init("Mid-Autumn Festival", .chinese(month: 8, day: 15), since: 2016, .nextFreeWeekday),
      .init("National Day", .fixed(month: 10, day: 1), .nextFreeWeekday),
      .init("National Day", .fixed(month: 10, day: 2), .nextFreeWeekday),
      .init("National Day", .fixed(month: 10, day: 3), .nextFreeWeekday),
      .init("Victory Day", .on(20150903)),
      .init(
        "Day off",
        .on(
          20150102, 20150218, 20150224, 20150904, 20151006, 20151007, 20160211, 20160212,
          20160610, 20160916, 20161006, 20161007, 20170127, 20170202, 20170403, 20170529,
          20171006, 20180215, 20180221, 20180406, 20180430, 20181004, 20181005, 20181231,
          20190204, 20190208, 20190502, 20190503, 20191004, 20191007, 20200124, 20200130,
          20200131, 20200201, 20200202, 20200504, 20200505, 20200626, 20201006, 20201007,
          20201008, 20210211, 20210217, 20210504, 20210505, 20210920, 20211006, 20211007,
          20220131, 20220204, 20220404, 20220503, 20220504, 20221006, 20221007, 20230126,
          20230127, 20230502, 20230503, 20230623, 20231005, 20231006, 20240215, 20240216,
          20240405, 20240502, 20240503, 20240916, 20241004, 20241007, 20250203, 20250204,
          20250505, 20251007, 20251008, 20260102, 20260220, 20260223, 20260505, 20261006, 20261007)),
    ])

  static let japan = HolidayTable(
    years: 2008...2050,
    rules: [
      .init("New Year's Day", .fixed(month: 1, day: 1), .nextFreeDayAfterSunday),
      .init("Coming of Age Day", .weekday(.monday, nth: 2, month: 1)),
      .init("Foundation Day", .fixed(month: 2, day: 11), .nextFreeDayAfterSunday),
      .init(
        "Emperor's Birthday", .fixed(month: 2, day: 23), since: 2020, .nextFreeDayAfterSunday),
      .init("Vernal Equinox Day", .japaneseVernalEquinox, .nextFreeDayAfterSunday),
      .init("Showa Day", .fixed(month: 4, day: 29), .nextFreeDayAfterSunday),
      .init("Enthronement Day", .on(20190501)),
      .init("Constitution Day", .fixed(month: 5, day: 3), .nextFreeDayAfterSunday),
      .init("Greenery Day", .fixed(month: 5, day: 4), .nextFreeDayAfterSunday),
      .init("Children's Day", .fixed(month: 5, day: 5), .nextFreeDayAfterSunday),
      .init("Marine Day", .weekday(.monday, nth: 3, month: 7), until: 2019),
      .init("Marine Day", .on(20200723, 20210722)),
      .init("Marine Day", .weekday(.monday, nth: 3, month: 7), since: 2022),
      .init(
        "Mountain Day", .fixed(month: 8, day: 11), since: 2016, until: 2019,
        .nextFreeDayAfterSunday),
      .init("Mountain Day", .on(20200810, 20210808), .nextFreeDayAfterSunday),
      .init("Mountain Day", .fixed(month: 8, day: 11), since: 2022, .nextFreeDayAfterSunday),
      .init("Respect for the Aged Day", .weekday(.monday, nth: 3, month: 9)),
      .init("Autumnal Equinox Day", .japaneseAutumnalEquinox, .nextFreeDayAfterSunday),
      .init("Sports Day", .weekday(.monday, nth: 2, month: 10), until: 2019),
      .init("Sports Day", .on(20200724, 20210723)),
      .init("Sports Day", .weekday(.monday, nth: 2, month: 10), since: 2022),
      .init("Enthronement Ceremony", .on(20191022)),
      .init("Culture Day", .fixed(month: 11, day: 3), .nextFreeDayAfterSunday),
      .init("Labor Thanksgiving Day", .fixed(month: 11, day: 23), .nextFreeDayAfterSunday),
      .init(
        "Emperor's Birthday", .fixed(month: 12, day: 23), until: 2018, .nextFreeDayAfterSunday),
    ],
    bridge: "National Holiday")

  /// Korea determines its lunar months by its own meridian, so its New Year can fall one day after
  /// China's. The laws on its substitute days changed four times. The table lists both as dates.
  static let southKorea = HolidayTable(
    years: 2015...2030,
    rules: [
      .init("New Year's Day", .fixed(month: 1, day: 1)),
      .init(
        "Korean New Year",
        .on(
          20150218, 20150219, 20150220, 20160207, 20160208, 20160209, 20170127, 20170128, 20170129,
          20180215, 20180216, 20180217, 20190204, 20190205, 20190206, 20200124, 20200125, 20200126,
          20210211, 20210212, 20210213, 20220131, 20220201, 20220202, 20230121, 20230122, 20230123,
          20240209, 20240210, 20240211, 20250128, 20250129, 20250130, 20260216, 20260217, 20260218,
          20270206, 20270207, 20270208, 20280126, 20280127, 20280128, 20290212, 20290213, 20290214,
          20300202, 20300203, 20300204)),
      .init("Independence Movement Day", .fixed(month: 3, day: 1)),
      .init("Labor Day", .fixed(month: 5, day: 1), since: 2026),
      .init("Children's Day", .fixed(month: 5, day: 5)),
      .init(
        "Buddha's Birthday",
        .on(
          20150525, 20160514, 20170503, 20180522, 20190512, 20200430, 20210519, 20220508, 20230527,
          20240515, 20250505, 20260524, 20270513, 20280502, 20290520, 20300509)),
      .init("Memorial Day", .fixed(month: 6, day: 6)),
      .init("Constitution Day", .fixed(month: 7, day: 17), since: 2026),
      .init("Liberation Day", .fixed(month: 8, day: 15)),
      .init(
        "Chuseok",
        .on(
          20150926, 20150927, 20150928, 20160914, 20160915, 20160916, 20171003, 20171004, 20171005,
          20180923, 20180924, 20180925, 20190912, 20190913, 20190914, 20200930, 20201001, 20201002,
          20210920, 20210921, 20210922, 20220909, 20220910, 20220911, 20230928, 20230929, 20230930,
          20240916, 20240917, 20240918, 20251005, 20251006, 20251007, 20260924, 20260925, 20260926,
          20270914, 20270915, 20270916, 20281002, 20281003, 20281004, 20290921, 20290922, 20290923,
          20300911, 20300912, 20300913)),
      .init("National Foundation Day", .fixed(month: 10, day: 3)),
      .init("Hangul Day", .fixed(month: 10, day: 9)),
      .init("Christmas Day", .fixed(month: 12, day: 25)),
      .init(
        "Election Day",
        .on(
          20160413, 20170509, 20180613, 20200415, 20220309, 20220601, 20240410, 20250603, 20260603,
          20280412, 20300327, 20300612)),
      .init(
        "Temporary Public Holiday",
        .on(
          20150814, 20160506, 20171002, 20200817, 20231002, 20241001, 20250127)),
      .init(
        "Alternative Holiday",
        .on(
          20150929, 20160210, 20170130, 20171006, 20180507, 20180926, 20190506, 20200127, 20210816,
          20211004, 20211011, 20220912, 20221010, 20230124, 20230529, 20240212, 20240506, 20250303,
          20250506, 20251008, 20260302, 20260525, 20260817, 20261005, 20270209, 20270503, 20270719,
          20270816, 20271004, 20271011, 20271227, 20281005, 20290507, 20290521, 20290924, 20300205,
          20300506)),
    ])
}
