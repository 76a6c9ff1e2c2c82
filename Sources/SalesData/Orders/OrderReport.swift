/// What became of every order line. `rowsRead == rowsKept + rowsSetAside` always holds.
public struct OrderReport: Equatable, Sendable, Codable {
  /// Rows below the header; lines with nothing in them are no rows.
  public package(set) var rowsRead = 0
  /// Kept lines that are sales.
  public package(set) var sales = 0
  /// Kept lines that are returns and cancellations.
  public package(set) var returns = 0
  /// The other lines, by reason, in the order in which a reason was met first. Those that filters drop
  /// are in ``table``.
  public package(set) var setAside: [SetAsideRows] = []

  /// What the lines are like, kept and set aside. One line may count in several.
  public package(set) var counts = Counts()
  /// What was left out of the table.
  public package(set) var table = TableNotes()

  /// The forms of dates and numbers that are not the usual ones, as texts.
  public package(set) var conventions: [String] = []

  /// Lines that stay: sales and returns.
  public var rowsKept: Int { sales + returns }
  /// Lines that do not stay, for whatever reason.
  public var rowsSetAside: Int { setAside.rowCount + table.rowsFiltered }

  /// How many of all lines read, kept or not, are of some kind.
  public struct Counts: Equatable, Sendable, Codable {
    /// Lines of orders that cancel others.
    public package(set) var cancellations = 0
    /// Lines with a negative quantity in other orders.
    public package(set) var otherNegativeQuantities = 0
    /// Lines that name no customer, where the table has a column of customers.
    public package(set) var withoutCustomer = 0
    /// Lines whose price is 0 or less.
    public package(set) var withoutPrice = 0
    /// Lines that are the same as an earlier one, in every column, of the same run of the file.
    public package(set) var doubledInRun = 0
    /// Lines that are the same as one of an earlier run: a run ends where the time goes back, and with
    /// its source.
    public package(set) var doubledAcrossRuns = 0
    /// Places where the time goes back from one line to the next.
    public package(set) var timeGoesBack = 0
    /// Time stamps that the clocks showed twice, of which the earlier was taken.
    public package(set) var ambiguousTimes = 0
  }
}

extension OrderReport: CustomStringConvertible {
  /// A line for each sum, then one for each count that is not zero, and for each note.
  public var description: String {
    var lines = [
      "\(rowsRead.counted("row")) read",
      "\(rowsKept.counted("row")) kept: \(sales.counted("sale")), \(returns.counted("return"))",
      "\(rowsSetAside.counted("row")) set aside",
    ]
    lines += setAside.map { "  \($0)" }
    let kinds: [(Int, String)] = [
      (counts.cancellations, "of cancellations"),
      (counts.otherNegativeQuantities, "with a negative quantity, of no cancellation"),
      (counts.withoutCustomer, "without a customer"),
      (counts.withoutPrice, "without a price"),
      (
        counts.doubledAcrossRuns, "the same as one in an earlier file, or before the time went back"
      ),
      (counts.doubledInRun, "the same as an earlier one"),
      (counts.ambiguousTimes, "at a time that the clocks showed twice"),
    ]
    let counted = kinds.filter { $0.0 > 0 }.map { "  \($0.0) \($0.1)" }
    if !counted.isEmpty { lines += ["Among all rows read:"] + counted }
    return (lines + conventions + table.lines).joined(separator: "\n")
  }
}
