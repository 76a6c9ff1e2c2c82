/// The dates of Easter Sunday.
public enum Easter {
  /// Returns Western Easter Sunday, by the Gregorian calendar.
  public static func western(_ year: Int) -> CalendarDate {
    // The anonymous algorithm of Nature (1876), as in Meeus, "Astronomical Algorithms", chapter 8.
    let golden = year % 19
    let (century, yearOfCentury) = (year / 100, year % 100)
    let correction = (century - (century + 8) / 25 + 1) / 3
    let epact = (19 * golden + century - century / 4 - correction + 15) % 30
    let toSunday =
      (32 + 2 * (century % 4) + 2 * (yearOfCentury / 4) - epact - yearOfCentury % 4) % 7
    let late = (golden + 11 * epact + 22 * toSunday) / 451
    let number = epact + toSunday - 7 * late + 114
    return CalendarDate(year: year, month: number / 31, day: number % 31 + 1)!
  }

  /// Returns Orthodox Easter Sunday, which follows the Julian calendar, as a Gregorian date.
  public static func orthodox(_ year: Int) -> CalendarDate {
    // Meeus, chapter 8. The Julian calendar falls behind by one more day in each century year that
    // is not a leap year.
    let epact = (19 * (year % 19) + 15) % 30
    let toSunday = (2 * (year % 4) + 4 * (year % 7) - epact + 34) % 7
    let number = epact + toSunday + 114
    let lag = year / 100 - year / 400 - 2
    return CalendarDate(year: year, month: number / 31, day: number % 31 + 1)!.advanced(by: lag)
  }
}
