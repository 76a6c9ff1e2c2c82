import ArgumentParser
import Forecasting

/// How the table of sales is read.
struct TableOptions: ParsableArguments {
  @Option(help: "The column of the series' identity.")
  var idColumn = "unique_id"

  @Option(help: "The column of the date.")
  var timeColumn = "ds"

  @Option(help: "The column of the value.")
  var targetColumn = "y"

  @Option(help: "What stands between fields: comma, semicolon or tab.")
  var separator = Separator.comma

  @Option(help: "How dates are written: iso (2011-12-09), day-first or month-first.")
  var dateFormat = DateFormat.iso

  @Option(help: "What a day without a row means: zero (no sale) or gap (nothing is known).")
  var missingDays = LongTableReader.MissingDays.zero

  @Option(help: "What becomes of a negative value: reject, clip (to 0) or keep.")
  var negativeValues = LongTableReader.NegativeValues.reject

  @Option(help: "What becomes of an empty or NaN value: reject or gap (nothing is known).")
  var missingValues = LongTableReader.MissingValues.reject

  /// A reader that follows the options.
  var reader: LongTableReader {
    var reader = LongTableReader()
    reader.idColumn = idColumn
    reader.timeColumn = timeColumn
    reader.targetColumn = targetColumn
    reader.separator = separator
    reader.dateFormat = dateFormat
    reader.missingDays = missingDays
    reader.negativeValues = negativeValues
    reader.missingValues = missingValues
    return reader
  }
}

extension Separator: ExpressibleByArgument {}
extension LongTableReader.MissingDays: ExpressibleByArgument {}
extension LongTableReader.NegativeValues: ExpressibleByArgument {}
extension LongTableReader.MissingValues: ExpressibleByArgument {}

extension DateFormat: ExpressibleByArgument {
  public init?(argument: String) {
    switch argument {
    case "iso": self = .iso
    case "day-first": self = .dayMonthYear
    case "month-first": self = .monthDayYear
    default: return nil
    }
  }

  public var defaultValueDescription: String {
    switch self {
    case .iso: "iso"
    case .dayMonthYear: "day-first"
    case .monthDayYear: "month-first"
    }
  }

  public static var allValueStrings: [String] { allCases.map(\.defaultValueDescription) }
}
