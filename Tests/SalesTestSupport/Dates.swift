public import TimeSeries

/// Returns the date of a day that exists.
public func date(_ year: Int, _ month: Int, _ day: Int) -> CalendarDate {
  CalendarDate(year: year, month: month, day: day)!
}

/// Returns the last of Monday to Friday before a date.
public func lastWorkday(before first: CalendarDate) -> CalendarDate {
  let last = first.advanced(by: -1)
  return last.advanced(by: -max(0, last.weekday - 5))
}
