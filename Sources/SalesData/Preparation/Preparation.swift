/// A preparation of a model-ready panel from a shop's tables. It reads them according to a schema,
/// sums order lines, adds covariates from additional tables, cleans the panel, and accounts for
/// every row.
///
/// ```swift
/// var preparation = Preparation(.onlineRetail)
/// preparation.measures = [.averagePrice]
/// preparation.cleaning = CleaningPipeline([ClosedDayRule(found: ClosedDayFinder())])
/// let prepared = try preparation.prepare("online_retail_II.csv.gz")
/// print(prepared.report)
/// try prepared.panel.write(to: "panel.safetensors")
/// ```
public struct Preparation: Sendable {
  /// The meaning of the columns.
  public var schema: DataSchema
  /// The format of the main table's text.
  public var format = DelimitedFormat()
  /// The frequency of the panel, or `nil` to keep the table's frequency. Order lines have days.
  public var frequency: Frequency?
  /// The interpretation of a long or wide table. Its steps are summed to those of the panel, which
  /// must contain them.
  public var policy = ReadingPolicy()
  /// The measure to forecast, if the main table contains order lines.
  public var target = DemandMeasure.units
  /// Additional measures of order lines, which become past-only columns with their names.
  public var measures: [DemandMeasure] = []
  /// The grouping of order lines.
  public var grouping = DemandAccumulator.Grouping.item
  /// A Boolean value that indicates whether to keep the first and last periods of the panel if the
  /// records only partly cover them. Otherwise the panel begins and ends with completely covered
  /// periods, and a forecast starts with the last partial one.
  public var keepsPartialPeriods = false
  /// The last day of the history, or `nil` for the table's last day. Later sales are left out before
  /// the panel is examined and cleaned; columns that are known ahead keep their later values.
  public var lastDay: CalendarDate?
  /// The rules for cleaning the panel.
  public var cleaning = CleaningPipeline([])

  /// Creates a preparation without cleaning rules.
  public init(_ schema: DataSchema) { self.schema = schema }

  /// Prepares the panel of a file. Additional tables are also files.
  ///
  /// - Throws: The errors of ``prepare(_:opening:)``.
  public func prepare(_ path: String) throws -> PreparedPanel {
    try prepare(DelimitedRecordSource(path: path, format: format), opening: Self.file)
  }

  /// Prepares the panel of several files of the same kind, which contain its rows consecutively.
  ///
  /// - Throws: The errors of ``prepare(_:opening:)``.
  public func prepare(_ paths: [String]) throws -> PreparedPanel {
    try prepare(ChainedRecordSource(paths: paths, format: format), opening: Self.file)
  }

  /// Prepares the panel of a main table from a source of records. A ``ChainedRecordSource``
  /// combines several sources.
  ///
  /// - Parameter open: Opens the source of an additional table by its name in the schema.
  /// - Throws: A `TableError` that names the source, line, and column, and says how to fix it; a
  ///   `PreparationError` if the tables yield no panel of the frequency; an error from a cleaning
  ///   rule; or a `CancellationError` if the surrounding task is canceled.
  public func prepare(
    _ source: any RecordSource,
    opening open: (String, DelimitedFormat) throws(TableError) -> any RecordSource
  ) throws -> PreparedPanel {
    do {
      return try preparedPanel(source, opening: open)
    } catch let error as TableError where error.fault == .cancelled {
      throw CancellationError()
    }
  }

  private func preparedPanel(
    _ source: any RecordSource,
    opening open: (String, DelimitedFormat) throws(TableError) -> any RecordSource
  ) throws -> PreparedPanel {
    var report = PreparationReport(source: source.name)
    let main = try ending(read(source, &report), &report)
    if let chain = source as? ChainedRecordSource, chain.sourceCount > 1 {
      report.parts = chain.parts
    }
    // Examining the panel and completing it are independent of each other.
    var rest: Result<Panel, any Error>?
    let quality = Result {
      try DataQuality(of: main) { rest = Result { try complete(main, &report, opening: open) } }
    }
    let panel = try rest!.get()
    report.quality = try quality.get()
    report.panel = PreparationReport.Extent(of: panel)
    return PreparedPanel(panel: panel, report: report)
  }

  /// Returns a panel without the steps after the last day of the history.
  private func ending(_ panel: Panel, _ report: inout PreparationReport) throws -> Panel {
    guard let lastDay else { return panel }
    let calendar = panel.calendar
    guard lastDay >= calendar.start else {
      throw PreparationError.noStepUntil(lastDay, first: calendar.start)
    }
    let kept = calendar.stepCount(before: lastDay.advanced(by: 1))
    guard kept > 0 else { throw PreparationError.noStepUntil(lastDay, first: calendar.start) }
    report.stepsAfterLastDay = calendar.count - kept
    return panel.dropping(last: calendar.count - kept)
  }

  private static func file(
    _ path: String, _ format: DelimitedFormat
  ) throws(TableError) -> any RecordSource {
    try DelimitedRecordSource(path: path, format: format)
  }

  /// Returns the panel of the main table with the columns of additional tables, and cleaned.
  private func complete(
    _ main: Panel, _ report: inout PreparationReport,
    opening open: (String, DelimitedFormat) throws(TableError) -> any RecordSource
  ) throws -> Panel {
    var panel = main
    for table in schema.tables {
      try Task.checkCancellation()
      let result = try table.read(into: panel, opening: open)
      panel = result.panel
      report.tables.append(result.report)
    }
    (panel, report.cleaning) = try cleaning.clean(panel)
    return panel
  }

  /// Returns the panel of the main table.
  private func read(
    _ source: any RecordSource, _ report: inout PreparationReport
  ) throws -> Panel {
    switch schema.main {
    case .orders(let table, let rules):
      return try readOrders(source, table, rules, &report)
    case .long(let table):
      var reader = LongTableReader(table)
      reader.policy = policy.aggregating(to: frequency)
      let read = try reader.read(source)
      report.rows = read.report
      return try summed(read.panel, &report)
    case .wide(let wide):
      var reader = WideTableReader(identity: "", steps: wide.steps)
      reader.identity = wide.identity
      reader.allowsSingleSeries = wide.allowsSingleSeries
      reader.filters = wide.filters
      reader.mergesIdentities = wide.mergesIdentities
      reader.identitySeparator = wide.identitySeparator
      reader.categories = wide.levels
      reader.policy = policy.aggregating(to: frequency)
      let read = try reader.read(source)
      report.values = read.report
      return try summed(read.panel(from: wide.start), &report)
    }
  }

  private func readOrders(
    _ source: any RecordSource, _ table: TableSchema, _ rules: OrderRules,
    _ report: inout PreparationReport
  ) throws -> Panel {
    let frequency = frequency ?? .day
    if frequency != .hour, !Frequency.day.nests(in: frequency) {
      throw PreparationError.coarserTable(table: .day, frequency: frequency)
    }
    var demand = DemandAccumulator(frequency, by: grouping)
    for measure in [target] + measures {
      if let property = measure.propertyLacking(in: table) {
        throw source.error(.schemaLacks(property: property, table: "measures such as \(measure)"))
      }
    }
    var haveTimes = false
    let book = try OrderLineReader(table, rules: rules).read(source) {
      demand.add($0)
      if $0.second != 0 { haveTimes = true }
    }
    guard book.report.rowsKept > 0 else {
      throw PreparationError.noLineLeft(source: source.name, report: book.report)
    }
    let named = book.dateForm.frequency ?? (haveTimes ? .hour : .day)
    if !named.nests(in: frequency) {
      throw source.error(.coarserDates(named: named, frequency: frequency), column: table.time)
    }
    let sums = demand.table(book)
    report.orders = book.report
    report.add(sums.partialPeriods, areKept: keepsPartialPeriods)
    var panel = sums.panel(of: target, keepsPartial: keepsPartialPeriods)
    try checkWhole(panel)
    if table.description != nil {
      panel = panel.adding(
        static: "description", .categories(sums.descriptions.map { $0.isEmpty ? nil : $0 }))
    }
    if grouping == .item { panel = panel.adding(partsOfIdentity: table) }
    for measure in measures {
      panel = try panel.joining(
        sums.panel(of: measure, keepsPartial: keepsPartialPeriods), targetAs: measure.rawValue)
    }
    return panel
  }

  /// Returns a panel with the table's steps aggregated to the requested frequency. There is no rule
  /// for aggregating covariates of the main table.
  private func summed(_ panel: Panel, _ report: inout PreparationReport) throws -> Panel {
    guard let frequency, frequency != panel.calendar.frequency else { return panel }
    guard panel.calendar.frequency.nests(in: frequency) else {
      throw PreparationError.coarserTable(
        table: panel.calendar.frequency, frequency: frequency)
    }
    // Days on which the shop is closed have no records and need none.
    let closing = ClosedDayFinder().find(in: panel).closing
    let closed = panel.closed(on: closing)
    let (sums, dropped) = try closed.aggregated(to: frequency, keepsPartial: keepsPartialPeriods)
    report.add(closed.partialPeriods(of: frequency), areKept: keepsPartialPeriods)
    guard dropped.isEmpty else {
      throw PreparationError.dailyCovariates(names: dropped, frequency: frequency)
    }
    try checkWhole(sums)
    return sums.closed(on: panel.closing)
  }

  /// Checks that at least one period is left.
  private func checkWhole(_ panel: Panel) throws(PreparationError) {
    if panel.calendar.count == 0 { throw .noWholePeriod(frequency: panel.calendar.frequency) }
  }
}

/// A panel, and the report on its preparation.
public struct PreparedPanel: Sendable {
  /// The panel.
  public let panel: Panel
  /// The report on every row and cell.
  public let report: PreparationReport
}

/// An error that occurs when tables yield no panel. Its description says how to fix it.
public enum PreparationError: Error, Equatable {
  /// The rules set all order lines aside.
  case noLineLeft(source: String, report: OrderReport)
  /// The records do not cover a whole week, month, quarter, or year.
  case noWholePeriod(frequency: Frequency)
  /// The steps of a table must be summed, but some columns have a value for each step.
  case dailyCovariates(names: [String], frequency: Frequency)
  /// The table has no whole step that ends on the last day of the history or before it.
  case noStepUntil(CalendarDate, first: CalendarDate)
  /// The steps of the requested panel do not contain the steps of the table.
  case coarserTable(table: Frequency, frequency: Frequency)
}

extension PreparationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noLineLeft(let source, let report):
      "\(source): no lines remain of \(report.rowsRead): "
        + (report.setAside.map(\.description) + report.table.filters.map(\.description))
        .joined(separator: ", ")
    case .coarserTable(let table, let frequency):
      "a step of the table is \(table.withArticle), which does not lie within \(frequency.withArticle); "
        + "prepare a panel of \(table.plural) or longer steps"
    case .noStepUntil(let day, let first):
      "the history ends on \(day), but the table starts on \(first); choose a later last day"
    case .noWholePeriod(let frequency):
      "the records do not cover a whole \(frequency.unit); prepare shorter steps, or keep partial periods"
    case .dailyCovariates(let names, let frequency):
      "\(names.map(\.debugDescription).joined(separator: ", ")) "
        + "\(names.count == 1 ? "has" : "have") a value for each step of the table, which cannot be "
        + "summed to \(frequency.withArticle); put them in a separate table with a row for each "
        + "\(frequency.unit) or, if the table itself has such rows, set its frequency"
    }
  }
}

extension DemandMeasure {
  /// Returns the property of order lines that the measure requires, if a schema names no column for
  /// it.
  fileprivate func propertyLacking(in schema: TableSchema) -> String? {
    switch self {
    case .units, .returnedUnits, .netUnits, .orders: nil
    case .revenue, .returnedRevenue, .netRevenue, .averagePrice:
      schema.price == nil && schema.amount == nil ? "price" : nil
    case .customers: schema.customer == nil ? "customer" : nil
    }
  }
}

extension Panel {
  /// Returns the panel of order lines with the covariates of the schema, which are parts of the
  /// identity.
  fileprivate func adding(partsOfIdentity schema: TableSchema) -> Panel {
    schema.covariates.reduce(self) { panel, covariate in
      guard schema.isPartOfIdentity(covariate) else {
        fatalError(
          "Preparation: expected static categories of the identity as covariates of order lines, got "
            + "\(covariate.column.debugDescription)")
      }
      let names = ids.map { schema.part(covariate.column, ofIdentity: $0) }
      return panel.adding(static: covariate.column, .categories(names))
    }
  }
}

extension CovariateTable {
  /// Returns the panel with the columns of the table.
  fileprivate func read(
    into panel: Panel,
    opening open: (String, DelimitedFormat) throws(TableError) -> any RecordSource
  ) throws(TableError) -> CovariatePanel {
    var reader = CovariateTableReader(columns)
    reader.series = series
    reader.filters = filters
    reader.mergesIdentities = mergesIdentities
    if let time {
      if let periods {
        let labels = try PeriodLabels(
          open(periods.source, periods.format), label: periods.label, date: periods.date,
          dateFormat: periods.dateFormat)
        reader.time = .period(time, labels)
      } else {
        reader.time = .date(time, timeFormat)
      }
    }
    return try reader.read(open(source, format), into: panel)
  }
}
