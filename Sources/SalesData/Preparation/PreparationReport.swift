/// What became of every row and every cell on the way from tables to a panel.
///
/// A value to be asked, a text (its description), and JSON (by any encoder: it is `Codable`).
public struct PreparationReport: Sendable, Equatable, Codable {
  /// What errors call the main table.
  public let source: String
  /// How many rows came from each of several files; empty where there is one.
  public package(set) var parts: [ChainedRecordSource.Part] = []
  /// What became of the order lines, where the main table holds such.
  public package(set) var orders: OrderReport?
  /// What became of the rows of a long table.
  public package(set) var rows: ReadingReport?
  /// What became of the fields of a wide table.
  public package(set) var values: WideTable.Report?
  /// The first and the last periods of the panel that the records cover in part only.
  public package(set) var partialPeriods: [PartialPeriod] = []
  /// A Boolean value that indicates whether partial periods are in the panel.
  public package(set) var keepsPartialPeriods = false
  /// What became of the rows of further tables, in the order of the schema.
  public package(set) var tables: [CovariateReport] = []
  /// What was in the panel before it was cleaned, and what looked wrong.
  public package(set) var quality: DataQuality?
  /// What the rules of cleaning did.
  public package(set) var cleaning: QualityReport?
  /// The panel in the end.
  public package(set) var panel: Extent?

  init(source: String) { self.source = source }

  mutating func add(_ periods: [PartialPeriod], areKept: Bool) {
    partialPeriods = periods
    keepsPartialPeriods = areKept
  }

  /// How large a panel is.
  public struct Extent: Sendable, Equatable, Codable {
    /// The number of series, N.
    public let series: Int
    /// The length of a step, such as `day`.
    public let frequency: String
    /// The first days of the calendar's first step and of the step after its last.
    public let start, end: CalendarDate
    /// The number of steps of the calendar.
    public let steps: Int
    /// The steps that all series cover together.
    public let cells: Int
    /// The names of the columns: static ones, past-only ones, and those known ahead.
    public let `static`, past, known: [String]
    /// The days on which the shop is closed, in the future, too; nil where it is always open.
    public let closing: ClosingCalendar?
    /// The number of series that are not on sale: not sold yet, or discontinued.
    public let ended: Int

    init(of panel: Panel) {
      series = panel.seriesCount
      frequency = "\(panel.calendar.frequency)"
      start = panel.calendar.start
      end = panel.calendar.end
      steps = panel.calendar.count
      cells = panel.ids.indices.reduce(0) { $0 + panel.steps(at: $1).count }
      `static` = panel.staticCovariates.map(\.name)
      past = panel.pastCovariates.map(\.name)
      known = panel.knownCovariates.map(\.name)
      closing = panel.closing.isEmpty ? nil : panel.closing
      ended = panel.seriesCount - panel.onSale.count
    }
  }
}

extension PreparationReport: CustomStringConvertible {
  /// A part for each step of the way, in its order, with a blank line between them.
  public var description: String {
    let main = orders.map { "\($0)" } ?? rows.map { "\($0)" } ?? values.map { "\($0)" }
    let mainLines = main.map { [source + ":"] + parts.map(\.description) + [$0] }
    var sections = [mainLines?.joined(separator: "\n")]
    if !partialPeriods.isEmpty {
      let heading = keepsPartialPeriods ? "Partial periods, kept:" : "Partial periods, left out:"
      sections.append(([heading] + partialPeriods.map { "  \($0)" }).joined(separator: "\n"))
    }
    sections += tables.map { "\($0)" }
    sections += [
      quality.map { "Before cleaning:\n\($0)" }, cleaning.map { "Cleaning:\n\($0)" },
      panel.map { "Panel:\n\($0)" },
    ]
    return sections.compactMap { $0 }.joined(separator: "\n\n")
  }
}

extension PreparationReport.Extent: CustomStringConvertible {
  /// Its extents, then a line for each role that has a column.
  public var description: String {
    let columns = [("static", `static`), ("past", past), ("known ahead", known)]
      .filter { !$0.1.isEmpty }.map { "\($0): \($1.joined(separator: ", "))" }
    let extents =
      "\(series) series over \(steps.counted("step")) of a \(frequency), \(start) until before \(end): "
      + cells.counted("cell")
    let ahead =
      (closing.map { ["closed, in the future, too: \($0)"] } ?? [])
      + (ended > 0 ? ["\(ended) series not on sale, so that their forecast is 0"] : [])
    return ([extents] + columns + ahead).joined(separator: "\n")
  }
}
