/// A report that accounts for every row of a table. `rowsRead == rowsKept + rowsAhead +
/// rowsSetAside` always holds.
public struct ReadingReport: Equatable, Sendable, Codable {
  /// The number of rows below the header, not counting empty lines.
  public package(set) var rowsRead = 0
  /// The number of rows whose value is in the panel.
  public package(set) var rowsKept = 0
  /// The number of rows after the last value of the table, from which only known-future columns are
  /// in the panel.
  public package(set) var rowsAhead = 0
  /// The number of rows without a value (empty, NaN, NA, null, none), whose steps are gaps.
  public package(set) var rowsWithoutValue = 0
  /// The number of kept rows whose negative value was replaced by 0.
  public package(set) var negativesClipped = 0
  /// The number of kept rows with a negative value.
  public package(set) var negativesKept = 0
  /// The name of a step, such as `day`.
  public package(set) var step = "day"
  /// The number of steps without a row that count as observed zeros.
  public package(set) var stepsFilledWithZero = 0
  /// The number of steps without a row that are gaps, since the table has rows for steps without a
  /// sale.
  public package(set) var stepsTakenAsUnknown = 0
  /// The number of gaps within the ranges of the series, with and without a row.
  public package(set) var gaps = 0
  /// Descriptions of unusual date and number formats, and of steps that are not days.
  public package(set) var conventions: [String] = []
  /// The parts of the table that were left out.
  public package(set) var table = TableNotes()

  /// The number of rows whose value is not in the panel for any reason.
  public var rowsSetAside: Int { rowsWithoutValue + table.rowsFiltered }
}

extension ReadingReport: NegativeValueCounts {}

extension ReadingReport: CustomStringConvertible {
  /// A line for each nonzero count, each convention, and each note.
  public var description: String {
    let counts: [(Int, String, String)] = [
      (rowsRead, "row", "read"),
      (rowsKept, "row", "kept"),
      (rowsAhead, "row", "after the last value, used only for known-future columns"),
      (rowsWithoutValue, "row", "set aside without a value"),
      (negativesClipped, "row", "kept with a negative value, raised to 0"),
      (negativesKept, "row", "kept with a negative value"),
      (stepsFilledWithZero, step, "without a row, taken as 0"),
      (
        stepsTakenAsUnknown, step,
        "without a row, taken as unknown, since at least 5 % of the values are 0"
      ),
      (gaps, step, gaps == 1 ? "that is a gap" : "that are gaps"),
    ]
    let lines = counts.filter { $0.0 != 0 }.map { "\($0.counted($1)) \($2)" }
    return (lines + conventions + table.lines).joined(separator: "\n")
  }
}
