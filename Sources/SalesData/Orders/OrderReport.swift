/// A report that accounts for every order line. `rowsRead == rowsKept + rowsSetAside` always holds.
public struct OrderReport: Equatable, Sendable, Codable {
  /// The number of rows below the header, not counting empty lines.
  public package(set) var rowsRead = 0
  /// The number of kept lines that are sales.
  public package(set) var sales = 0
  /// The number of kept lines that are returns or cancellations.
  public package(set) var returns = 0
  /// The other lines by reason, in the order in which the reasons first occurred. Lines that
  /// filters drop are in ``table``.
  public package(set) var setAside: [SetAsideRows] = []

  /// Properties of all lines, kept or set aside. A line can be included in several counts.
  public package(set) var counts = Counts()
  /// The parts of the table that were left out.
  public package(set) var table = TableNotes()

  /// Descriptions of unusual date and number formats.
  public package(set) var conventions: [String] = []

  /// The number of kept lines: sales and returns.
  public var rowsKept: Int { sales + returns }
  /// The number of lines that were not kept for any reason.
  public var rowsSetAside: Int { setAside.rowCount + table.rowsFiltered }

  /// Counts of certain kinds of lines among all lines read.
  public struct Counts: Equatable, Sendable, Codable {
    /// The number of lines of orders that cancel others.
    public package(set) var cancellations = 0
    /// The number of lines with a negative quantity in other orders.
    public package(set) var otherNegativeQuantities = 0
    /// The number of lines without a customer, if the table has a customer column.
    public package(set) var withoutCustomer = 0
    /// The number of lines whose price is 0 or less.
    public package(set) var withoutPrice = 0
    /// The number of lines that equal an earlier line of the same run in every column.
    public package(set) var doubledInRun = 0
    /// The number of lines that equal a line of an earlier run. A run ends where the time goes
    /// back, and at the end of its source.
    public package(set) var doubledAcrossRuns = 0
    /// The number of places where the time goes back from one line to the next.
    public package(set) var timeGoesBack = 0
    /// The number of ambiguous time stamps, which occur twice when clocks are moved back. The
    /// earlier time was used.
    public package(set) var ambiguousTimes = 0
  }
}

extension OrderReport: CustomStringConvertible {
  /// A line for each sum, each nonzero count, and each note.
  public var description: String {
    var lines = [
      "\(rowsRead.counted("row")) read",
      "\(rowsKept.counted("row")) kept: \(sales.counted("sale")), \(returns.counted("return"))",
      "\(rowsSetAside.counted("row")) set aside",
    ]
    lines += setAside.map { "  \($0)" }
    let kinds: [(Int, String)] = [
      (counts.cancellations, "of cancellations"),
      (counts.otherNegativeQuantities, "with a negative quantity outside of cancellations"),
      (counts.withoutCustomer, "without a customer"),
      (counts.withoutPrice, "without a price"),
      (
        counts.doubledAcrossRuns, "equal to one in an earlier file, or before the time went back"
      ),
      (counts.doubledInRun, "equal to an earlier one"),
      (counts.ambiguousTimes, "at a time that occurs twice as clocks are moved back"),
    ]
    let counted = kinds.filter { $0.0 > 0 }.map { "  \($0.0) \($0.1)" }
    if !counted.isEmpty { lines += ["Among all rows read:"] + counted }
    return (lines + conventions + table.lines).joined(separator: "\n")
  }
}
