/// Says on which day of a shop's calendar a time stamp lies.
package struct CalendarClock {
  /// The zone in which stamps without an offset are written; nil where none is given.
  private var writtenZone: ZoneOffsets?
  /// The zone whose days are counted; nil where that is the one in which stamps are written.
  private var calendarZone: ZoneOffsets?
  /// Whether the first stamp has an offset from UTC, and its line.
  private var first: (hasOffset: Bool, line: Int)?

  /// A time of the shop's calendar.
  package struct LocalTime {
    /// Days since 1970-01-01.
    package var day: Int
    /// Whole seconds since midnight.
    package var second: Int
    /// Whether the clocks showed what is written twice, and the earlier time was taken.
    package var isAmbiguous: Bool

    package init(day: Int = 0, second: Int = 0, isAmbiguous: Bool = false) {
      self.day = day
      self.second = second
      self.isAmbiguous = isAmbiguous
    }
  }

  /// - Throws: A `TableError` of `file` where there is no such zone.
  package init(_ schema: TableSchema, file: String) throws(TableError) {
    writtenZone = try Self.zone(schema.timeZone, file: file)
    if schema.calendarTimeZone != schema.timeZone {
      calendarZone = try Self.zone(schema.calendarTimeZone, file: file)
    }
  }

  /// When a written time is by the shop's calendar; `line` is where it is written.
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

  /// The calendar's time at a moment; `time` where the calendar is that of the written zone.
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
