/// A report that accounts for every row and cell from the tables to the panel.
///
/// The properties, a text (`description`), and JSON (by any encoder) provide the same information.
public struct PreparationReport: Sendable, Equatable, Codable {
  /// The name of the main table in errors.
  public let source: String
  /// The number of rows from each of several files. Empty if there is a single file.
  public package(set) var parts: [ChainedRecordSource.Part] = []
  /// The report on the order lines, if the main table contains them.
  public package(set) var orders: OrderReport?
  /// The report on the rows of a long table.
  public package(set) var rows: ReadingReport?
  /// The report on the fields of a wide table.
  public package(set) var values: WideTable.Report?
  /// The first and last periods of the panel that the records only partly cover.
  public package(set) var partialPeriods: [PartialPeriod] = []
  /// The number of steps that were left out because they end after the last day of the history.
  public package(set) var stepsAfterLastDay = 0
  /// A Boolean value that indicates whether partial periods are in the panel.
  public package(set) var keepsPartialPeriods = false
  /// The reports on additional tables, in the order of the schema.
  public package(set) var tables: [CovariateReport] = []
  /// The contents of the panel before cleaning, and what looked wrong with them.
  public package(set) var quality: DataQuality?
  /// The changes made by the cleaning rules.
  public package(set) var cleaning: QualityReport?
  /// The size of the resulting panel.
  public package(set) var panel: Extent?

  init(source: String) { self.source = source }

  mutating func add(_ periods: [PartialPeriod], areKept: Bool) {
    partialPeriods = periods
    keepsPartialPeriods = areKept
  }

  /// The size of a panel.
  public struct Extent: Sendable, Equatable, Codable {
    /// The number of series, N.
    public let series: Int
    /// The length of a step, such as `day`.
    public let frequency: String
    /// The first days of the calendar's first step and of the step after its last.
    public let start, end: CalendarDate
    /// The hours at which these steps begin; nil unless steps are hours.
    public let startHour, endHour: Int?
    /// The number of steps of the calendar.
    public let steps: Int
    /// The total number of steps of all series.
    public let cells: Int
    /// The names of the static, past-only, and known-future columns.
    public let `static`, past, known: [String]
    /// The days on which the shop is closed, also in the future, or `nil` if it is always open.
    public let closing: ClosingCalendar?
    /// The number of series that are not on sale: not sold yet, or discontinued.
    public let ended: Int

    init(of panel: Panel) {
      series = panel.seriesCount
      frequency = "\(panel.calendar.frequency)"
      start = panel.calendar.start
      end = panel.calendar.end
      steps = panel.calendar.count
      (startHour, endHour) = (panel.calendar.hour(at: 0), panel.calendar.hour(at: steps))
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
  /// A section for each stage of the preparation, in order, separated by blank lines.
  public var description: String {
    let main = orders.map { "\($0)" } ?? rows.map { "\($0)" } ?? values.map { "\($0)" }
    let mainLines = main.map { [source + ":"] + parts.map(\.description) + [$0] }
    var sections = [mainLines?.joined(separator: "\n")]
    if stepsAfterLastDay > 0 {
      sections.append(
        "\(stepsAfterLastDay.counted("step")) after the last day of the history left out")
    }
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
  /// The size of the panel, followed by a line for each role with columns.
  public var description: String {
    let columns = [("static", `static`), ("past", past), ("known ahead", known)]
      .filter { !$0.1.isEmpty }.map { "\($0): \($1.joined(separator: ", "))" }
    let extents =
      "\(series) series over \(steps.counted("step")) of \(frequency.withArticle), "
      + "\(start.text(hour: startHour)) up to, but not including, \(end.text(hour: endHour)): "
      + cells.counted("cell")
    let ahead =
      (closing.map { ["closed, also in the future: \($0)"] } ?? [])
      + (ended > 0 ? ["\(ended) series not on sale: their forecast is 0"] : [])
    return ([extents] + columns + ahead).joined(separator: "\n")
  }
}
