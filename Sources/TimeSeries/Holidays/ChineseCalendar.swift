/// The Chinese lunisolar calendar for 1990 to 2050, in days of UTC+8.
///
/// Its months begin with the new moon, and leap months keep them in step with the Sun. A program in
/// `scripts/` derives the table from the positions of the Sun and Moon.
public enum ChineseCalendar {
  /// The years whose dates are known.
  public static let years = 1990...2050

  /// Returns New Year's Day, the first day of the first month, in a Gregorian year. Stops the
  /// program if the year is outside of ``years``.
  public static func newYear(in year: Int) -> CalendarDate {
    let offset = Int(code(year) >> 17 & 31)
    return CalendarDate(year: year, month: 1, day: 20)!.advanced(by: offset)
  }

  /// Returns a day of a regular month of the Chinese year that begins in a Gregorian year.
  ///
  /// - Parameters:
  ///   - year: The Gregorian year. A year outside of ``years`` stops the program.
  ///   - month: The month, 1 to 12. Other values stop the program.
  ///   - day: The day of the month. Day 0 is the last day of the previous month.
  public static func date(year: Int, month: Int, day: Int) -> CalendarDate {
    guard (1...12).contains(month) else {
      fatalError("ChineseCalendar.date: expected a month of 1 to 12, got \(month)")
    }
    let code = code(year)
    let leapMonth = Int(code >> 13 & 15)
    let monthsBefore = month - 1 + (leapMonth != 0 && month > leapMonth ? 1 : 0)
    let longMonths = (code & ((1 << UInt32(monthsBefore)) - 1)).nonzeroBitCount
    return newYear(in: year).advanced(by: 29 * monthsBefore + longMonths + day - 1)
  }

  /// Returns the day on which the Sun reaches a longitude of 15°, April 4 or 5. Stops the program
  /// if the year is outside of ``years``.
  public static func qingming(in year: Int) -> CalendarDate {
    CalendarDate(year: year, month: 4, day: 4 + Int(code(year) >> 22))!
  }

  private static func code(_ year: Int) -> UInt32 {
    guard years.contains(year) else {
      fatalError("ChineseCalendar: expected a year in \(years), got \(year)")
    }
    return codes[year - years.lowerBound]
  }

  /// One code for each year. Bits 0 to 12 indicate, starting from the first month, which months
  /// have 30 days rather than 29. Bits 13 to 16 hold the month that a leap month follows, or 0.
  /// Bits 17 to 21 hold the number of days from January 20 to New Year's Day. Bit 22 is set if
  /// Qingming is on April 5.
  private static let codes: [UInt32] = [
    0x4ebe92, 0x740e92, 0x1e0d26, 0x466a56, 0x6a0a57, 0x5714d6, 0x3c035a, 0x6406d5,  // 1990
    0x50b6c9, 0x760749, 0x200693, 0x48952b, 0x6e052b, 0x580a5b, 0x04555a, 0x68056a,  // 1998
    0x52fb55, 0x7a0ba4, 0x240b49, 0x0cba93, 0x720a95, 0x5c052d, 0x068aad, 0x2a0ab5,  // 2006
    0x5735aa, 0x7c05d2, 0x260da5, 0x10dd4a, 0x760d4a, 0x600c95, 0x0a952e, 0x2e0556,  // 2014
    0x580ab5, 0x4455b2, 0x2a06d2, 0x12cea5, 0x780725, 0x62064b, 0x0cac97, 0x300cab,  // 2022
    0x5c055a, 0x466ad6, 0x2c0b69, 0x177752, 0x7c0b52, 0x660b25, 0x10da4b, 0x340a4b,  // 2030
    0x5e04ab, 0x48a55b, 0x2e05ad, 0x180b6a, 0x045b52, 0x6a0d92, 0x14fd25, 0x380d25,  // 2038
    0x220a55, 0x4cb4ad, 0x3204b6, 0x1a05b5, 0x066daa,  // 2046
  ]
}
