import Foundation

/// The offsets of a time zone from UTC, computed once for each day.
struct ZoneOffsets {
  private let zone: TimeZone
  /// The offset in seconds for each UTC day encountered so far, or `nil` for a day on which the
  /// offset changes.
  private var days: [Int: Int?] = [:]
  /// The most recently used day. Most tables are in chronological order.
  private var latest: (day: Int, offset: Int?)?

  /// Creates the offsets of a time zone with an IANA identifier such as `Europe/London`, or returns
  /// `nil` if there is no such zone.
  init?(identifier: String) {
    guard let zone = TimeZone(identifier: identifier) else { return nil }
    self.zone = zone
  }

  /// The moment at which the clocks of the time zone show a time.
  enum Moment: Equatable {
    /// The seconds since 1970-01-01 00:00 UTC.
    case once(Int)
    /// The earlier of two moments, because the clocks are moved back and show the time twice.
    case twice(Int)
    /// No moment, because the clocks are moved forward and skip the time.
    case never
  }

  /// Returns the offset from UTC, in seconds, at a moment in seconds since 1970-01-01 00:00 UTC.
  mutating func offset(atUTC moment: Int) -> Int {
    let day = Int((Double(moment) / 86_400).rounded(.down))
    if let offset = offset(onDay: day) { return offset }
    return Self.offset(zone, moment)
  }

  /// Returns the moment of a local time, in seconds since 1970-01-01 00:00 local time.
  mutating func moment(ofLocal time: Int) -> Moment {
    let before = offset(atUTC: time - 86_400)
    let after = offset(atUTC: time + 86_400)
    if before == after { return .once(time - before) }
    let wasBefore = offset(atUTC: time - before) == before
    let isAfter = offset(atUTC: time - after) == after
    if wasBefore { return isAfter ? .twice(time - before) : .once(time - before) }
    return isAfter ? .once(time - after) : .never
  }

  private mutating func offset(onDay day: Int) -> Int? {
    if let latest, latest.day == day { return latest.offset }
    let offset: Int?
    if let known = days[day] {
      offset = known
    } else {
      let start = Self.offset(zone, day * 86_400)
      offset = start == Self.offset(zone, day * 86_400 + 86_399) ? start : nil
      days[day] = .some(offset)
    }
    latest = (day, offset)
    return offset
  }

  private static func offset(_ zone: TimeZone, _ moment: Int) -> Int {
    zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(moment)))
  }
}
