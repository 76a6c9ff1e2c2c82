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
    name: .customLong("until"),
    help: """
      The last day of the history, such as 2016-04-24. Later sales are left out; columns that are known \
      ahead keep their later values. (default: the last day of the table)
      """)
  var lastDay: CalendarDateArgument?

  @OptionGroup
  var format: JSONOption

  @OptionGroup
  var options: PreparationOptionGroup

  func validate() throws { try SourceReference.checkDistinct(sources) }

  func run() throws {
    let results = format.begin()
    let panelFile = try OutputFile(path: output)
    let reportFile = try report.map { path throws(OutputError) in try OutputFile(path: path) }
    let prepared = try options.prepare(sources, until: lastDay?.date)
    let partialHint =
      prepared.report.partialPeriods.isEmpty || options.partialPeriods == .keep
      ? "" : "\n\n--partial-periods keep keeps partial periods."
    let advice = prepared.report.advice
    FileHandle.standardError.write(Data("\(prepared.report)\(advice)\(partialHint)\n".utf8))
    try OutputFile.writeTogether {
      try prepared.panel.write(to: panelFile.path)
      try reportFile?.write(prepared.report.json)
    }
    for file in [panelFile] + (reportFile.map { [$0] } ?? []) { print("wrote \(file.path)") }
    try results.finish(prepared.report)
  }
}
