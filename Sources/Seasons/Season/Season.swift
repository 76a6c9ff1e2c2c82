/// A selling season, such as the weeks before Christmas.
public struct Season: Sendable, Hashable {
  /// The first and the last day.
  public let firstDay, lastDay: CalendarDate

  /// Creates a season.
  ///
  /// - Throws: `SeasonError.ends` if the last day is before the first one.
  public init(from firstDay: CalendarDate, to lastDay: CalendarDate) throws(SeasonError) {
    guard firstDay <= lastDay else { throw .ends(lastDay, beforeStart: firstDay) }
    self.firstDay = firstDay
    self.lastDay = lastDay
  }

  /// Returns the place of the season relative to a history. Steps that the season only partly covers
  /// belong to it.
  ///
  /// - Throws: `SeasonError` if the history extends into the season, or ends too long before it.
  public func span(after history: RegularCalendar) throws(SeasonError) -> SeasonSpan {
    let frequency = history.frequency
    let first = frequency.number(of: firstDay) - history.firstNumber
    let last = frequency.number(of: lastDay, hour: 23) - history.firstNumber
    let lead = first - history.count
    guard lead >= 0 else { throw .startsInHistory(firstDay, end: history.end) }
    let count = last - first + 1
    guard lead + count <= frequency.yearLength else {
      throw .tooFar(lastDay, end: history.end)
    }
    return SeasonSpan(
      lead: lead, count: count, yearLength: frequency.yearLength, historyCount: history.count)
  }
}

/// The place of a season relative to a history.
public struct SeasonSpan: Sendable, Hashable {
  /// The number of steps between the history and the season.
  public let lead: Int
  /// The number of steps of the season.
  public let count: Int
  /// The number of steps of a year, in whole weeks for days and hours.
  let yearLength: Int
  let historyCount: Int

  /// The number of steps from the end of the history to the end of the season.
  public var horizon: Int { lead + count }

  /// The steps of the season after the history, from 0 for the first step after it.
  var steps: Range<Int> { lead..<horizon }

  /// The steps of the history that are the season of last year, or nil if the history starts later.
  public var lastYear: Range<Int>? {
    let first = historyCount + lead - yearLength
    return first >= 0 ? first..<first + count : nil
  }

  /// The last steps of the history, as many as the season has, or all of them if there are fewer.
  public var recent: Range<Int> { max(0, historyCount - count)..<historyCount }
}
