/// Makes a model-ready panel of a shop's tables: reads them as a schema says, sums order lines, adds what
/// further tables know, cleans, and accounts for every row.
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
  /// What the columns mean.
  public var schema: DataSchema
  /// How the text of the main table is written.
  public var format = DelimitedFormat()
  /// The steps of the panel; nil for those of the table or, of order lines, for days.
  public var frequency: Frequency?
  /// The steps that the rows of a long table or the columns of a wide one are about; nil to find them
  /// from the dates. They are summed to those of the panel, in which they must lie.
  public var tableFrequency: Frequency?
  /// What is forecast, where the main table holds order lines.
  public var target = DemandMeasure.units
  /// Further measures of order lines, which become past-only columns of their names.
  public var measures: [DemandMeasure] = []
  /// What order lines are summed by.
  public var grouping = DemandAccumulator.Grouping.item
  /// What a day without a row means in a long table.
  public var missingDays = LongTableReader.MissingDays.zero
  /// What becomes of a negative value in a long table or a wide one.
  public var negativeValues = LongTableReader.NegativeValues.reject
  /// What becomes of a row without a value in a long table.
  public var missingValues = LongTableReader.MissingValues.reject
  /// Whether the first and the last period of the panel are kept where the records cover them in part
  /// only. Otherwise the panel begins and ends with periods that are covered as a whole, and a forecast
  /// starts with the last partial one.
  public var keepsPartialPeriods = false
  /// The rules by which the panel is cleaned.
  public var cleaning = CleaningPipeline([])

  /// A preparation that cleans nothing.
  public init(_ schema: DataSchema) { self.schema = schema }

  /// Prepares the panel of a file. Further tables are files, too.
  ///
  /// - Throws: As ``prepare(_:opening:)``.
  public func prepare(_ path: String) throws -> PreparedPanel {
    try prepare(DelimitedRecordSource(path: path, format: format), opening: Self.file)
  }

  /// Prepares the panel of several files of one kind, which hold its rows one after another.
  ///
  /// - Throws: As ``prepare(_:opening:)``.
  public func prepare(_ paths: [String]) throws -> PreparedPanel {
    try prepare(ChainedRecordSource(paths: paths, format: format), opening: Self.file)
  }

  /// Prepares the panel of a main table that a source of records gives, or several as a
  /// ``ChainedRecordSource``.
  ///
  /// - Parameter open: Opens the source of a further table by what the schema calls it.
  /// - Throws: A `TableError` that names the source, the line and the column, and how to fix it;
  ///   `PreparationError` where the tables make no panel of that frequency; what the rules of cleaning
  ///   throw; `CancellationError` if the surrounding task is cancelled.
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
    let main = try read(source, &report)
    if let chain = source as? ChainedRecordSource, chain.sourceCount > 1 {
      report.parts = chain.parts
    }
    // Neither looking through the panel nor the rest needs the other.
    var rest: Result<Panel, any Error>?
    let quality = Result {
      try DataQuality(of: main) { rest = Result { try complete(main, &report, opening: open) } }
    }
    let panel = try rest!.get()
    report.quality = try quality.get()
    report.panel = PreparationReport.Extent(of: panel)
    return PreparedPanel(panel: panel, report: report)
  }

  private static func file(
    _ path: String, _ format: DelimitedFormat
  ) throws(TableError) -> any RecordSource {
    try DelimitedRecordSource(path: path, format: format)
  }

  /// The panel of the main table with the columns of further tables, and cleaned.
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

  /// The panel of the main table.
  private func read(
    _ source: any RecordSource, _ report: inout PreparationReport
  ) throws -> Panel {
    switch schema.main {
    case .orders(let table, let rules):
      return try readOrders(source, table, rules, &report)
    case .long(let table):
      var reader = LongTableReader(table)
      reader.frequency = tableFrequency
      reader.weekStart = frequency?.weekStart
      reader.missingDays = missingDays
      reader.negativeValues = negativeValues
      reader.missingValues = missingValues
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
      reader.frequency = tableFrequency
      reader.weekStart = frequency?.weekStart
      reader.negativeValues = negativeValues
      let read = try reader.read(source)
      report.values = read.report
      return try summed(read.panel(from: wide.start), &report)
    }
  }

  private func readOrders(
    _ source: any RecordSource, _ table: TableSchema, _ rules: OrderRules,
    _ report: inout PreparationReport
  ) throws -> Panel {
    var demand = DemandAccumulator(frequency ?? .day, by: grouping)
    for measure in [target] + measures {
      if let property = measure.propertyLacking(in: table) {
        throw source.error(.schemaLacks(property: property, table: "measures such as \(measure)"))
      }
    }
    let book = try OrderLineReader(table, rules: rules).read(source) { demand.add($0) }
    if let named = book.dateForm.frequency, !named.nests(in: frequency ?? .day) {
      throw source.error(
        .coarserDates(named: named, frequency: frequency ?? .day), column: table.time)
    }
    guard book.report.rowsKept > 0 else {
      throw PreparationError.noLineLeft(source: source.name, report: book.report)
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

  /// A panel of the table's steps as one of those asked for. A covariate of the main table has no rule by
  /// which its values become one.
  private func summed(_ panel: Panel, _ report: inout PreparationReport) throws -> Panel {
    guard let frequency, frequency != panel.calendar.frequency else { return panel }
    guard panel.calendar.frequency.nests(in: frequency) else {
      throw PreparationError.coarserTable(
        table: panel.calendar.frequency, frequency: frequency)
    }
    // Days on which the shop is closed have no records, and need none.
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

  /// Checks that a period is left.
  private func checkWhole(_ panel: Panel) throws(PreparationError) {
    if panel.calendar.count == 0 { throw .noWholePeriod(frequency: panel.calendar.frequency) }
  }
}

/// A panel, and what became of the rows that it was made of.
public struct PreparedPanel: Sendable {
  public let panel: Panel
  public let report: PreparationReport
}

/// Why tables make no panel, and how to mend it.
public enum PreparationError: Error, Equatable {
  /// The rules set all order lines aside.
  case noLineLeft(source: String, report: OrderReport)
  /// The records cover no week, month, quarter or year as a whole.
  case noWholePeriod(frequency: Frequency)
  /// The days of a table, or its longer steps, are to be summed, and columns have a value for each.
  case dailyCovariates(names: [String], frequency: Frequency)
  /// The steps of the table do not lie within those of the panel that is asked for.
  case coarserTable(table: Frequency, frequency: Frequency)
}

extension PreparationError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .noLineLeft(let source, let report):
      "\(source): no line is left of \(report.rowsRead): "
        + (report.setAside.map(\.description) + report.table.filters.map(\.description))
        .joined(separator: ", ")
    case .coarserTable(let table, let frequency):
      "a step of the table is a \(table), which does not lie within a \(frequency); ask for a panel of "
        + "\(table.plural) or of longer steps"
    case .noWholePeriod(let frequency):
      "the records cover no \(frequency.unit) as a whole; prepare shorter steps, or keep partial periods"
    case .dailyCovariates(let names, let frequency):
      "\(names.map(\.debugDescription).joined(separator: ", ")) "
        + "\(names.count == 1 ? "has" : "have") a value for each step of the table, which become none of a "
        + "\(frequency); give them in a further table, a row a \(frequency.unit), or, if the table itself "
        + "has a row a \(frequency.unit), read it so"
    }
  }
}

extension DemandMeasure {
  /// The property of order lines that the measure is made of, where a schema names no column for it.
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
  /// The panel of order lines with the covariates of their schema, each a part of the identity.
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

extension FurtherTable {
  /// The panel with the columns of the table.
  fileprivate func read(
    into panel: Panel,
    opening open: (String, DelimitedFormat) throws(TableError) -> any RecordSource
  ) throws(TableError) -> CovariateTable {
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
