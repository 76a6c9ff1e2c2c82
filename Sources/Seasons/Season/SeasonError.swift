/// An error that explains why a season can't be forecast.
public enum SeasonError: Error, Equatable {
  /// The last day is before the first one.
  case ends(CalendarDate, beforeStart: CalendarDate)
  /// The history extends into the season.
  case startsInHistory(CalendarDate, end: CalendarDate)
  /// The season ends more than a year after the history.
  case tooFar(CalendarDate, end: CalendarDate)
  /// The sales start on or after the first day of the season.
  case noHistory(CalendarDate, start: CalendarDate)
}

extension SeasonError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .ends(let last, let first):
      "the season ends on \(last), before it starts on \(first); exchange the two days"
    case .startsInHistory(let first, let end):
      "the season starts on \(first), but the history ends before \(end); end the history before the "
        + "season"
    case .tooFar(let last, let end):
      "the season ends on \(last), more than a year after the history, which ends before \(end); add "
        + "later sales, or choose an earlier season"
    case .noHistory(let first, let start):
      "the season starts on \(first), but the sales start on \(start), so there is no history to forecast "
        + "from; choose a later season, or add earlier sales"
    }
  }
}
