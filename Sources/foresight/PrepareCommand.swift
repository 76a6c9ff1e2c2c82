import ArgumentParser
import Forecasting
import Foundation

/// `foresight prepare`: from a shop's raw records to a clean panel, with a report of every row.
struct PrepareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prepare",
    abstract: "Makes a clean panel file of order lines, of a long table or of a wide one.",
    discussion: """
      What the columns mean is said by --schema, --preset or the options below: a long table has a \
      row for each series and day, a wide one a column for each day (--steps), order lines are \
      summed by item and day (--quantity-column). A schema can also name further tables, whose \
      columns become covariates: prices, promotions, a calendar's events.

      Several files of one kind, such as an export a month, are read as one table: give all of \
      them. Lines that a file has in common with an earlier one are counted; --doubled-lines says \
      how to handle them.

      Every row is accounted for. The report goes to standard error, and with --report as JSON to a \
      file.
      """)

  @Argument(
    help: ArgumentHelp("The table, in one source or several: \(SourceReference.help)"),
    completion: .file())
  var sources: [String]

  @Option(
    help: "The panel file to write, for foresight forecast and for Python.", completion: .file())
  var output: String

  @Option(help: "A file for the report, as JSON.", completion: .file())
  var report: String?

  @Option(
    help: """
      The step of the panel: day, week, month, quarter or year. (default: the table's; for order \
      lines day)
      """)
  var frequency: FrequencyName?

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
        "--frequency must be --table-frequency or a longer step in which that lies, but is "
          + "\(frequency ?? .day).")
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
    let advice = prepared.report.mainNotes?.advice ?? ""
    FileHandle.standardError.write(Data("\(prepared.report)\(advice)\n".utf8))
    try OutputFile.writeTogether {
      try prepared.panel.write(to: panelFile.path)
      try reportFile?.write(prepared.report.json)
    }
    for file in [panelFile] + (reportFile.map { [$0] } ?? []) { print("wrote \(file.path)") }
  }

  /// The steps of the panel; nil for those of the table.
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
        throw ValidationError("\(option) is for order lines, and this is no table of such.")
      }
    }
    if case .wide = preparation.schema.main, let option = table.firstRowOption {
      throw ValidationError("\(option) is not for wide tables.")
    }
    preparation.format = table.format
    preparation.frequency = panelSteps
    preparation.tableFrequency = table.steps
    if let measure = orders.measure { preparation.target = measure }
    if let measures = orders.with?.measures { preparation.measures = measures }
    if let by = orders.by { preparation.grouping = by }
    if let missingDays = table.missingDays { preparation.missingDays = missingDays }
    if let negativeValues = table.negativeValues { preparation.negativeValues = negativeValues }
    if let missingValues = table.missingValues { preparation.missingValues = missingValues }
    preparation.cleaning = cleaning.pipeline
    return preparation
  }
}

extension DataSchema {
  /// What the tables besides the main one are read from.
  fileprivate var sources: [String] {
    tables.flatMap { [$0.source] + ($0.periods.map { [$0.source] } ?? []) }
  }
}

extension Encodable {
  /// The value as JSON for people and programs: indented, and with its properties in order.
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
