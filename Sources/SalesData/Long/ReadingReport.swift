/// What became of every row of a table. `rowsRead == rowsKept + rowsAhead + rowsSetAside` always
/// holds.
public struct ReadingReport: Equatable, Sendable, Codable {
  /// Rows below the header; lines with nothing in them are no rows.
  public package(set) var rowsRead = 0
  /// Rows whose value stands in the panel.
  public package(set) var rowsKept = 0
  /// Rows after the last value of the table: of them only what is known ahead stands in the panel.
  public package(set) var rowsAhead = 0
  /// Rows without a value (empty, NaN, NA, null, none): their steps are gaps.
  public package(set) var rowsWithoutValue = 0
  /// Kept rows whose negative value was raised to 0.
  public package(set) var negativesClipped = 0
  /// Kept rows whose negative value stands in the panel.
  public package(set) var negativesKept = 0
  /// What a step is called, such as `day`.
  public package(set) var step = "day"
  /// Steps that no row was about, and that count as observed zeros.
  public package(set) var stepsFilledWithZero = 0
  /// Steps within the ranges of the series that are gaps, with and without a row.
  public package(set) var gaps = 0
  /// The forms of dates and numbers that are not the usual ones, and the length of steps
  /// that are not days, as texts.
  public package(set) var conventions: [String] = []
  /// What was left out of the table.
  public package(set) var table = TableNotes()

  /// Rows whose value does not stand in the panel, for whatever reason.
  public var rowsSetAside: Int { rowsWithoutValue + table.rowsFiltered }
}

extension ReadingReport: CustomStringConvertible {
  /// A line for each count that is not zero, for each convention and for each note.
  public var description: String {
    let counts: [(Int, String, String)] = [
      (rowsRead, "row", "read"),
      (rowsKept, "row", "kept"),
      (rowsAhead, "row", "after the last value, taken for what is known ahead"),
      (rowsWithoutValue, "row", "set aside for want of a value"),
      (negativesClipped, "row", "kept with a negative value, raised to 0"),
      (negativesKept, "row", "kept with a negative value"),
      (stepsFilledWithZero, step, "without a row, taken as 0"),
      (gaps, step, gaps == 1 ? "that is a gap" : "that are gaps"),
    ]
    let lines = counts.filter { $0.0 != 0 }.map { "\($0.counted($1)) \($2)" }
    return (lines + conventions + table.lines).joined(separator: "\n")
  }
}
