import ArgumentParser
import Forecasting

/// Options for reading the table of sales.
struct TableOptions: ParsableArguments {
  @Option(
    help: """
      The column that identifies a series. For several columns, separate their names by commas, as in \
      store,item, or repeat the option. The parts are joined by --id-separator, in the given order. \
      (default: unique_id; a table without it or a similar column is a single series)
      """)
  var idColumn: [String] = []

  @Option(
    help: "The text that joins the parts of an identity. No part may contain it. (default: /)")
  var idSeparator: String?

  @Flag(help: "Read all rows as a single series, regardless of the columns.")
  var singleSeries = false

  @Option(help: "The column of the date. (default: ds)")
  var timeColumn: String?

  @Option(help: "The column of the value. (default: y)")
  var targetColumn: String?

  @Option(
    help: "Field separator: comma, semicolon, or tab. (default: detected from the header)")
  var separator: Separator?

  @Option(
    parsing: .unconditional,
    help: """
      The number of lines to skip above the header. (default: a line sep=; and a title are detected)
      """)
  var skipLines: Int?

  @Option(help: "Character encoding: utf-8, latin-1, or windows-1252. (default: utf-8)")
  var encoding: TextEncoding?

  @Option(help: "The sheet of an Excel workbook. (default: the first one with rows)")
  var sheet: String?

  @Option(
    help: """
      The decimal separator of numbers: point or comma. (default: detected for each column)
      """)
  var decimalMark: DecimalMark?

  @Option(
    help: """
      The format of the dates: iso (2011-12-09), day-first, month-first, excel (serial numbers) …, or \
      auto, which detects it from all dates of the column. (default: auto)
      """)
  var dateFormat: DateFormat?

  @Option(
    help: """
      What a day without a row means: zero (no sale), gap (unknown), or automatic: unknown between two rows \
      of a series if at least 5 % of the values are 0, otherwise no sale. (default: automatic)
      """)
  var missingDays: ReadingPolicy.MissingDays?

  @Option(
    help: "How to handle negative values: reject, clip (to 0), or keep. (default: reject)")
  var negativeValues: ReadingPolicy.NegativeValues?

  @Option(
    help: """
      How to handle empty and NaN values: reject or gap (unknown). (default: reject)
      """)
  var missingValues: ReadingPolicy.MissingValues?

  @Option(
    help: """
      The period of a row of a long table or a column of a wide one: hour, day, business-day (Monday \
      to Friday), week, month, quarter, or year. (default: detected from the dates)
      """)
  var tableFrequency: FrequencyName?

  @Option(help: "The day on which weeks start: monday to sunday. (default: monday)")
  var weekStart: Weekday?

  @Option(
    help: ArgumentHelp(
      """
      Keep only rows with certain values in a column: status=paid,shipped. Can be repeated; a row must \
      then match all filters. Letter case and surrounding whitespace are ignored. column= matches an \
      empty field.
      """, valueName: "column=values"))
  var keepRows: [RowFilterArgument] = []

  @Option(
    help: ArgumentHelp(
      "Drop rows with certain values in a column: status=voided,refunded. Can be repeated.",
      valueName: "column=values"))
  var dropRows: [RowFilterArgument] = []

  @Flag(
    help: """
      Merge ids, and categories, that differ only in whitespace, letter case, or invisible characters, \
      and sum their rows of the same step.
      """)
  var mergeIdentities = false

  /// The columns that together identify a series.
  ///
  /// They aren't a group of options within this one: in debug builds, ArgumentParser checks a group
  /// several times for each group around it.
  var identity: IdentityColumns { IdentityColumns(idColumn: idColumn, idSeparator: idSeparator) }

  /// The filters of the rows.
  var filters: [RowFilter] {
    keepRows.map { RowFilter(.keep, column: $0.column, values: $0.values) }
      + dropRows.map { RowFilter(.drop, column: $0.column, values: $0.values) }
  }

  func validate() throws {
    try identity.validate()
    try check(skipLines, "--skip-lines", in: OptionRange.skippedLines)
    if singleSeries, let name = idColumn.first {
      throw ValidationError("--single-series and --id-column \(name) exclude each other.")
    }
  }

  /// The frequency of the table, or `nil` to detect it from the dates.
  var steps: Frequency? { tableFrequency?.frequency(weekStart ?? .monday) }

  /// Checks that the start of weeks is only given for weekly steps.
  ///
  /// - Parameters:
  ///   - frequency: The resulting frequency.
  ///   - option: The option that sets the frequency.
  func checkWeekStart(_ frequency: FrequencyName?, _ option: String) throws {
    if weekStart != nil, frequency != .week {
      throw ValidationError("--week-start is for \(option) week.")
    }
  }

  /// The columns of a long table.
  var schema: TableSchema {
    let usual = TableSchema.longTable
    var schema = TableSchema(
      identity: identity.names(), time: timeColumn ?? usual.time)
    schema.identitySeparator = identity.separator
    schema.target = targetColumn ?? usual.target
    schema.timeFormat = dateFormat ?? usual.timeFormat
    schema.allowsSingleSeries = idColumn.isEmpty
    if singleSeries { schema.identity = [] }
    schema.filters = filters
    schema.mergesIdentities = mergeIdentities
    return schema
  }

  /// The option that names each column.
  var columnOptions: [String: String] {
    let usual = TableSchema.longTable
    let idOption = idColumn.isEmpty ? "--id-column or --single-series" : "--id-column"
    let named =
      identity.names().map { ($0, idOption) } + [
        (timeColumn ?? usual.time, "--time-column"),
        (targetColumn ?? usual.target ?? "", "--target-column"),
      ]
    let filtered =
      keepRows.map { ($0.column, "--keep-rows") } + dropRows.map { ($0.column, "--drop-rows") }
    return Dictionary(named + filtered) { first, _ in first }
  }

  /// The format of the text.
  var format: DelimitedFormat {
    var format = DelimitedFormat(
      separator: separator, encoding: encoding ?? .utf8, decimalMark: decimalMark)
    format.skippedLines = skipLines
    format.sheet = sheet
    return format
  }

  /// Returns the interpretation of the table.
  ///
  /// - Parameter usual: The policy for options that weren't given.
  func policy(_ usual: ReadingPolicy = ReadingPolicy()) -> ReadingPolicy {
    var policy = usual
    policy.frequency = steps
    if let missingDays { policy.missingDays = missingDays }
    if let negativeValues { policy.negativeValues = negativeValues }
    if let missingValues { policy.missingValues = missingValues }
    return policy
  }

  /// A reader configured by the options.
  var reader: LongTableReader {
    var reader = LongTableReader(schema)
    reader.format = format
    reader.policy = policy()
    return reader
  }

  /// The first option about the columns that was given, or `nil`.
  var firstColumnOption: String? {
    identity.firstOption
      ?? firstGiven([
        ("--single-series", singleSeries ? true : nil), ("--time-column", timeColumn),
        ("--target-column", targetColumn), ("--date-format", dateFormat),
      ])
  }

  /// The first option about the text that was given, or `nil`.
  var firstFormatOption: String? {
    firstGiven([
      ("--separator", separator), ("--encoding", encoding), ("--decimal-mark", decimalMark),
      ("--sheet", sheet),
      ("--skip-lines", skipLines),
    ])
  }

  /// The first option about the rows of a long table that was given, or `nil`.
  var firstRowOption: String? {
    firstGiven([("--missing-days", missingDays), ("--missing-values", missingValues)])
  }

  /// The first option that was given, or `nil`.
  var firstOption: String? {
    firstColumnOption ?? firstFormatOption ?? firstRowOption
      ?? firstGiven([
        ("--negative-values", negativeValues), ("--table-frequency", tableFrequency),
        ("--week-start", weekStart), ("--keep-rows", keepRows.first),
        ("--drop-rows", dropRows.first),
        ("--merge-identities", mergeIdentities ? true : nil),
      ])
  }
}

/// Returns the name of the first option that has a value, or `nil`.
func firstGiven(_ options: [(name: String, value: Any?)]) -> String? {
  options.first { $0.value != nil }?.name
}

extension Separator: ExpressibleByArgument {}
extension ReadingPolicy.MissingDays: ExpressibleByArgument {}
extension ReadingPolicy.NegativeValues: ExpressibleByArgument {}
extension ReadingPolicy.MissingValues: ExpressibleByArgument {}
extension DateFormat: ExpressibleByArgument {}
extension TextEncoding: ExpressibleByArgument {}
extension DecimalMark: ExpressibleByArgument {}
