import ArgumentParser
import Forecasting
import Foundation

/// `foresight prepare`: creates a clean panel from a shop's raw records and reports on every row.
struct PrepareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prepare",
    abstract: "Creates a clean panel file from order lines, a long table, or a wide table.",
    discussion: """
      --schema, --preset, or the options below define the meaning of the columns. A long table has a \
      row for each series and day, and a wide table has a column for each day (--steps). Order lines \
      are summed by item and day (--quantity-column). A schema can also name additional tables, whose \
      columns become covariates: prices, promotions, or calendar events.

      Several files of the same kind, such as monthly exports, are read as one table when all of \
      them are given. Lines that a file has in common with an earlier one are counted, and \
      --doubled-lines determines how to handle them.

      The report accounts for every row. It goes to standard error and, with --report, to a JSON \
      file.
      """)

  @Argument(
    help: ArgumentHelp("The table, in one or more sources: \(SourceReference.help)"),
    completion: .file())
  var sources: [String]

  @Option(
    help: "The panel file to write, for foresight forecast and for Python.", completion: .file())
  var output: String

  @Option(help: "The file to write the report to, as JSON.", completion: .file())
  var report: String?

  @Option(
    help: """
      The frequency of the panel: hour, day, business-day, week, month, quarter, or year. (default: \
      that of the table, or day for order lines)
      """)
  var frequency: FrequencyName?

  @Option(
    help: """
      How to handle a first or last period that the records only partly cover: leave-out or keep. A \
      day is partial if its orders end early.
      """)
  var partialPeriods = PartialPeriods.leaveOut

  @Option(
    name: .customLong("until"),
    help: """
      The last day of the history, such as 2016-04-24. Later sales are left out; columns that are known \
      ahead keep their later values. (default: the last day of the table)
      """)
  var lastDay: CalendarDateArgument?

  @OptionGroup(title: "What the columns mean")
  var schema: SchemaOptions

  @OptionGroup(title: "Reading the table")
  var table: TableOptions

  @OptionGroup(title: "Order lines")
  var orders: OrderOptionGroup

  @OptionGroup(title: "Cleaning")
  var cleaning: CleaningOptionGroup

  func validate() throws {
    try table.checkWeekStart(frequency ?? table.tableFrequency, "--frequency")
    if let steps = table.steps, let panelSteps, !steps.nests(in: panelSteps) {
      throw ValidationError(
        "--frequency must be --table-frequency or a longer step that it divides evenly, but is "
          + "\((frequency ?? .day).rawValue).")
    }
    try MainTable.checkDistinct(sources)
  }

  func run() throws {
    var preparation = try preparation()
    let panelFile = try OutputFile(path: output)
    let reportFile = try report.map { path throws(OutputError) in try OutputFile(path: path) }
    let directory = schema.directory
    let main = try MainTable(sources)
    for further in preparation.schema.sources {
      try SourceReference(further, relativeTo: directory).declare()
    }
    let prepared = try AdvisedError.advising(
      columns: schema.columnSource, dates: schema.dateSource,
      named: schema.columnOptions(table)
    ) {
      let source = try main.open(table.format)
      if !table.identity.idColumn.isEmpty {
        preparation.schema.setIdentity(table.identity.names(in: source.columns))
      }
      return try preparation.prepare(source) {
        name, format throws(TableError) in
        try SourceReference(name, relativeTo: directory).open(format)
      }
    }
    let partialHint =
      prepared.report.partialPeriods.isEmpty || partialPeriods == .keep
      ? "" : "\n\n--partial-periods keep keeps partial periods."
    let advice = prepared.report.mainNotes?.advice ?? ""
    FileHandle.standardError.write(Data("\(prepared.report)\(advice)\(partialHint)\n".utf8))
    try OutputFile.writeTogether {
      try prepared.panel.write(to: panelFile.path)
      try reportFile?.write(prepared.report.json)
    }
    for file in [panelFile] + (reportFile.map { [$0] } ?? []) { print("wrote \(file.path)") }
  }

  /// The frequency of the panel, or `nil` to keep the table's frequency.
  private var panelSteps: Frequency? {
    frequency?.frequency(table.weekStart ?? .monday) ?? table.steps
  }

  private func preparation() throws -> Preparation {
    var preparation = Preparation(try schema.dataSchema(table))
    switch preparation.schema.main {
    case .orders(let columns, let rules):
      if let option = table.firstRowOption ?? table.negativeValues.map({ _ in "--negative-values" })
        ?? table.tableFrequency.map({ _ in "--table-frequency" })
      {
        throw ValidationError("\(option) is not for order lines.")
      }
      preparation.schema.main = .orders(columns, orders.rules(rules))
    case .long, .wide:
      if let option = orders.firstOption {
        throw ValidationError("\(option) is for order lines, but the table has none.")
      }
    }
    if case .wide = preparation.schema.main, let option = table.firstRowOption {
      throw ValidationError("\(option) is not for wide tables.")
    }
    preparation.format = table.format
    preparation.frequency = panelSteps
    preparation.policy = table.policy()
    if let measure = orders.measure { preparation.target = measure }
    if let measures = orders.measures?.measures { preparation.measures = measures }
    if let by = orders.by { preparation.grouping = by }
    preparation.keepsPartialPeriods = partialPeriods == .keep
    preparation.lastDay = lastDay?.date
    preparation.cleaning = cleaning.pipeline
    return preparation
  }
}

extension DataSchema {
  /// The sources of the tables other than the main one.
  fileprivate var sources: [String] {
    tables.flatMap { [$0.source] + ($0.periods.map { [$0.source] } ?? []) }
  }
}

/// How to handle periods that the records only partly cover.
enum PartialPeriods: String, ExpressibleByArgument, CaseIterable {
  case leaveOut = "leave-out"
  case keep
}

extension Encodable {
  /// The value as indented JSON with sorted properties.
  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    guard let data = try? encoder.encode(self) else {
      fatalError("json: expected a value of texts, numbers and lists")
    }
    return String(decoding: data, as: UTF8.self) + "\n"
  }
}
