/// A clock that converts time stamps to the days of a shop's calendar.
package struct CalendarClock {
  /// The time zone of stamps without an offset, or `nil` if it is not specified.
  private var writtenZone: ZoneOffsets?
  /// The time zone that defines the days, or `nil` if it is the time zone of the stamps.
  private var calendarZone: ZoneOffsets?
  /// The line of the first stamp, and whether it has an offset from UTC.
  private var first: (hasOffset: Bool, line: Int)?

  /// A time in the shop's calendar.
  package struct LocalTime {
    /// Days since 1970-01-01.
    package var day: Int
    /// Whole seconds since midnight.
    package var second: Int
    /// A Boolean value that indicates whether the written time occurs twice. The earlier one is
    /// then used.
    package var isAmbiguous: Bool

    package init(day: Int = 0, second: Int = 0, isAmbiguous: Bool = false) {
      self.day = day
      self.second = second
      self.isAmbiguous = isAmbiguous
    }
  }

  /// Creates a clock for a schema.
  ///
  /// - Throws: A `TableError` about `file` if a time zone does not exist.
  package init(_ schema: TableSchema, file: String) throws(TableError) {
    writtenZone = try Self.zone(schema.timeZone, file: file)
    if schema.calendarTimeZone != schema.timeZone {
      calendarZone = try Self.zone(schema.calendarTimeZone, file: file)
    }
  }

  /// Returns the time in the shop's calendar of a time stamp on the given line.
  package mutating func local(
    _ time: WrittenTime, line: Int
  ) -> Result<LocalTime, TableError.Fault> {
    if let first {
      guard first.hasOffset == (time.offset != nil) else {
        return .failure(.mixedTimeZones(firstLine: .same(first.line)))
      }
    } else {
      first = (time.offset != nil, line)
    }
    if let offset = time.offset {
      return local(atUTC: time.day * 86_400 + time.second - offset)
    }
    guard writtenZone != nil else {
      return calendarZone == nil
        ? .success(LocalTime(day: time.day, second: time.second)) : .failure(.noTimeZone)
    }
    switch writtenZone!.moment(ofLocal: time.day * 86_400 + time.second) {
    case .never: return .failure(.skippedTime)
    case .twice(let moment):
      return local(atUTC: moment, writtenAs: time).map {
        LocalTime(day: $0.day, second: $0.second, isAmbiguous: true)
      }
    case .once(let moment): return local(atUTC: moment, writtenAs: time)
    }
  }

  /// Returns the calendar's time at a moment, or `time` if the calendar uses the time zone of the
  /// stamps.
  private mutating func local(
    atUTC moment: Int, writtenAs time: WrittenTime
  ) -> Result<LocalTime, TableError.Fault> {
    calendarZone == nil
      ? .success(LocalTime(day: time.day, second: time.second)) : local(atUTC: moment)
  }

  private mutating func local(atUTC moment: Int) -> Result<LocalTime, TableError.Fault> {
    guard let offset = calendarZone?.offset(atUTC: moment) ?? writtenZone?.offset(atUTC: moment)
    else { return .failure(.noCalendarTimeZone) }
    let local = moment + offset
    let second = (local % 86_400 + 86_400) % 86_400
    return .success(LocalTime(day: (local - second) / 86_400, second: second))
  }

  private static func zone(
    _ identifier: String?, file: String
  ) throws(TableError) -> ZoneOffsets? {
    guard let identifier else { return nil }
    guard let zone = ZoneOffsets(identifier: identifier) else {
      throw TableError(file: file, fault: .unknownTimeZone(name: identifier))
    }
    return zone
  }
}
