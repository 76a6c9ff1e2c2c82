extension HolidayTable {
  static let unitedStates = HolidayTable(
    years: 2001...2050,
    rules: [
      .init("New Year's Day", .fixed(month: 1, day: 1), .nearestWeekday),
      .init("Martin Luther King Jr. Day", .weekday(.monday, nth: 3, month: 1)),
      .init("Washington's Birthday", .weekday(.monday, nth: 3, month: 2)),
      .init("Memorial Day", .weekday(.monday, nth: -1, month: 5)),
      .init("Juneteenth", .fixed(month: 6, day: 19), since: 2021, .nearestWeekday),
      .init("Independence Day", .fixed(month: 7, day: 4), .nearestWeekday),
      .init("Labor Day", .weekday(.monday, nth: 1, month: 9)),
      .init("Columbus Day", .weekday(.monday, nth: 2, month: 10)),
      .init("Veterans Day", .fixed(month: 11, day: 11), .nearestWeekday),
      .init("Thanksgiving Day", .weekday(.thursday, nth: 4, month: 11)),
      .init("Christmas Day", .fixed(month: 12, day: 25), .nearestWeekday),
    ])

  static let canada = HolidayTable(
    years: 2001...2050,
    rules: [
      .init("New Year's Day", .fixed(month: 1, day: 1), .nextFreeWeekday),
      .init("Good Friday", .easter(-2)),
      .init("Canada Day", .fixed(month: 7, day: 1)),
      .init("Labour Day", .weekday(.monday, nth: 1, month: 9)),
      .init("Christmas Day", .fixed(month: 12, day: 25), .nextFreeWeekday),
    ])

  static let brazil = HolidayTable(
    years: 2001...2050,
    rules: [
      .init("Universal Fraternization Day", .fixed(month: 1, day: 1)),
      .init("Good Friday", .easter(-2)),
      .init("Tiradentes' Day", .fixed(month: 4, day: 21)),
      .init("Worker's Day", .fixed(month: 5, day: 1)),
      .init("Independence Day", .fixed(month: 9, day: 7)),
      .init("Our Lady of Aparecida", .fixed(month: 10, day: 12)),
      .init("All Souls' Day", .fixed(month: 11, day: 2)),
      .init("Republic Proclamation Day", .fixed(month: 11, day: 15)),
      .init("Black Awareness Day", .fixed(month: 11, day: 20), since: 2024),
      .init("Christmas Day", .fixed(month: 12, day: 25)),
    ])

  static let mexico = HolidayTable(
    years: 2007...2050,
    rules: [
      .init("New Year's Day", .fixed(month: 1, day: 1)),
      .init("Constitution Day", .weekday(.monday, nth: 1, month: 2)),
      .init("Benito Juárez's Birthday", .weekday(.monday, nth: 3, month: 3)),
      .init("Labor Day", .fixed(month: 5, day: 1)),
      .init("Independence Day", .fixed(month: 9, day: 16)),
      .init("Revolution Day", .weekday(.monday, nth: 3, month: 11)),
      .init(
        "Change of Federal Government",
        .on(20121201, 20181201, 20241001, 20301001, 20361001, 20421001, 20481001)),
      .init("Christmas Day", .fixed(month: 12, day: 25)),
    ])
}
