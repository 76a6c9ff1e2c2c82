/// Says on which day of a shop's calendar a time stamp lies.
struct CalendarClock {
  /// The zone in which stamps without an offset are written; nil where none is given.
  private var writtenZone: ZoneOffsets?
  /// The zone whose days are counted; nil where that is the one in which stamps are written.
  private var calendarZone: ZoneOffsets?
  /// Whether the first stamp has an offset from UTC, and its line.
  private var first: (hasOffset: Bool, line: Int)?
  /// Stamps that the clocks showed twice, of which the earlier was taken.
  private(set) var ambiguousCount = 0

  /// - Throws: A `TableError` of `file` where there is no such zone.
  init(_ schema: TableSchema, file: String) throws(TableError) {
    writtenZone = try Self.zone(schema.timeZone, file: file)
    if schema.calendarTimeZone != schema.timeZone {
      calendarZone = try Self.zone(schema.calendarTimeZone, file: file)
    }
  }

  /// The day and the second of the day at a written time; `line` is where it is written.
  mutating func local(
    _ time: WrittenTime, line: Int
  ) -> Result<(day: Int, second: Int), TableError.Fault> {
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
      return calendarZone == nil ? .success((time.day, time.second)) : .failure(.noTimeZone)
    }
    switch writtenZone!.moment(ofLocal: time.day * 86_400 + time.second) {
    case .never: return .failure(.skippedTime)
    case .twice(let moment):
      ambiguousCount += 1
      return local(atUTC: moment, writtenAs: time)
    case .once(let moment): return local(atUTC: moment, writtenAs: time)
    }
  }

  /// The calendar's time at a moment; `time` where the calendar is that of the written zone.
  private mutating func local(
    atUTC moment: Int, writtenAs time: WrittenTime
  ) -> Result<(day: Int, second: Int), TableError.Fault> {
    calendarZone == nil ? .success((time.day, time.second)) : local(atUTC: moment)
  }

  private mutating func local(
    atUTC moment: Int
  ) -> Result<(day: Int, second: Int), TableError.Fault> {
    guard let offset = calendarZone?.offset(atUTC: moment) ?? writtenZone?.offset(atUTC: moment)
    else { return .failure(.noCalendarTimeZone) }
    let local = moment + offset
    let second = (local % 86_400 + 86_400) % 86_400
    return .success(((local - second) / 86_400, second))
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
