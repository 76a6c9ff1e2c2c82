extension HolidayTable {
  static let australia = HolidayTable(
    years: 2001...2050,
    rules: [
      .init("New Year's Day", .fixed(month: 1, day: 1)),
      .init("Australia Day", .fixed(month: 1, day: 26)),
      .init("Good Friday", .easter(-2)),
      .init("Easter Monday", .easter(1)),
      .init("ANZAC Day", .fixed(month: 4, day: 25)),
      .init("National Day of Mourning", .on(20220922)),
      .init("Christmas Day", .fixed(month: 12, day: 25)),
      .init("Boxing Day", .fixed(month: 12, day: 26)),
    ])
}
