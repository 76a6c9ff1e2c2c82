import ArgumentParser
import Foundation
import Segments

/// `foresight segments`: analyzes what a segment of customers buys and what raises its purchases.
struct SegmentsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "segments",
    abstract: "Analyzes what a segment of customers buys, and which levers raise its purchases.",
    discussion: """
      The order lines are joined with a table of customers and, optionally, of products, campaigns, and \
      coupons. A row of the analysis is a customer, a category, and a week, with or without a purchase. \
      Effects of discounts, coupons, and campaigns on the purchase rate are those within a customer, with \
      intervals that allow for any correlation within a customer and a category. A factorization machine \
      and a logistic regression predict purchases. Everything is checked on the last weeks.

      foresight segments orders.csv --id-column sku --time-column day --amount-column paid \
      --discount-column discount --products products.csv --customers customers.csv --segment age=19-24

      The --output directory receives rates.csv (each category), strategies.csv (discounts by category), \
      levers.csv, and segments.json (everything).
      """)

  @Argument(
    help: ArgumentHelp("The order lines, in one or more sources: \(SourceReference.help)"),
    completion: .file())
  var sources: [String]

  @OptionGroup(title: "The segment and the other tables")
  var segments: SegmentOptions

  @OptionGroup(title: "What the columns mean")
  var lines: LineOptions

  @Option(
    parsing: .unconditional, help: "The share of the weeks, at the end, to check on.")
  var laterShare = 0.25

  @Option(
    parsing: .unconditional,
    help: "The number of the segment's weekly purchases that a category needs.")
  var leastPurchases = 20

  @Option(
    parsing: .unconditional, help: "The depth of a discount in the tables, as a share of the price."
  )
  var discountDepth = 0.1

  @Option(parsing: .unconditional, help: "The rank of the factorization machine.")
  var rank = 8

  @Option(
    parsing: .unconditional,
    help: "The number of threads. (default: all processors; results do not depend on it)")
  var threads: Int?

  @Option(parsing: .unconditional, help: "The seed of the factorization machine.")
  var seed: UInt64 = 1

  @Option(
    help: "The directory for the results, which is created if it does not exist.",
    completion: .directory)
  var output = "segments-output"

  @OptionGroup
  var format: JSONOption

  @OptionGroup(title: "Reading the table")
  var table: TableOptions

  func validate() throws {
    try SourceReference.checkDistinct(sources)
    try check(leastPurchases, "--least-purchases", in: OptionRange.rounds)
    try check(rank, "--rank", in: OptionRange.units)
    try check(threads, "--threads", in: OptionRange.threads)
    for (value, option) in [(laterShare, "--later-share"), (discountDepth, "--discount-depth")]
    where !(value > 0 && value < 1) {
      throw ValidationError("\(option) must be above 0 and below 1, but is \(value).")
    }
  }

  func run() throws {
    let standardOutput = format.begin()
    if let threads { Parallelism.threadCount = threads }
    let outputs = try SegmentsOutputs(in: output)
    let main = try MainTable(sources)
    try segments.declare()
    let options = lines.columnOptions(table).merging(segments.columnOptions) { first, _ in first }
    let history = try AdvisedError.advising(
      columns: lines.schema ?? "--id-column, --time-column, --quantity-column", named: options
    ) {
      var reader = SegmentHistoryReader(
        try lines.reader(table), segment: segments.definition)
      reader.columns = segments.columns
      let source = try main.open(table.format)
      if !table.idColumn.isEmpty {
        reader.orders.schema.identity = table.identity.names(in: source.columns)
      }
      return try reader.read(source, segments.open(table.format))
    }
    var analysis = SegmentAnalysis()
    analysis.laterShare = laterShare
    analysis.leastPurchases = leastPurchases
    analysis.discountDepth = discountDepth
    analysis.trainer.rank = rank
    analysis.seed = seed
    let report = try AdvisedError.advising {
      try analysis.report(on: history, segment: segments.definition.name)
    }
    FileHandle.standardError.write(Data("\(history.report)\n".utf8))
    print(SegmentsText(report, depth: discountDepth))
    print()
    try outputs.write(report)
    try standardOutput.finish(report)
  }
}
