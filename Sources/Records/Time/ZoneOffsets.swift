import Foundation

/// How far a time zone's clocks are ahead of UTC, looked up once for each day.
struct ZoneOffsets {
  private let zone: TimeZone
  /// For each day of UTC met so far, the offset in seconds that holds all through it, or nil on a day
  /// on which the clocks are changed.
  private var days: [Int: Int?] = [:]
  /// The day looked up last: most tables come in the order of time.
  private var latest: (day: Int, offset: Int?)?

  /// The zone of an IANA identifier such as `Europe/London`; nil where there is none.
  init?(identifier: String) {
    guard let zone = TimeZone(identifier: identifier) else { return nil }
    self.zone = zone
  }

  /// A moment that a clock of the zone shows.
  enum Moment: Equatable {
    /// Seconds since 1970-01-01 00:00 UTC.
    case once(Int)
    /// The clocks are put back, and show the time twice: the earlier of the two moments.
    case twice(Int)
    /// The clocks are put forward, and never show the time.
    case never
  }

  /// How many seconds the clocks are ahead at a moment in seconds since 1970-01-01 00:00 UTC.
  mutating func offset(atUTC moment: Int) -> Int {
    let day = Int((Double(moment) / 86_400).rounded(.down))
    if let offset = offset(onDay: day) { return offset }
    return Self.offset(zone, moment)
  }

  /// When the clocks show a time, in seconds since 1970-01-01 00:00 as they show it.
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
