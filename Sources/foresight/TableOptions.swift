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

  @Option(
    help: "What stands between fields: comma, semicolon or tab. (default: as the header has it)")
  var separator: Separator?

  @Option(help: "How characters are written: utf-8, latin-1 or windows-1252.")
  var encoding = TextEncoding.utf8

  @Option(help: "What stands before the fraction of a number: point or comma.")
  var decimalMark = DecimalMark.point

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
    var schema = TableSchema(identity: idColumn, time: timeColumn)
    schema.target = targetColumn
    schema.timeFormat = dateFormat
    var reader = LongTableReader(schema)
    reader.format = DelimitedFormat(
      separator: separator, encoding: encoding, decimalMark: decimalMark)
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
extension DateFormat: ExpressibleByArgument {}
extension TextEncoding: ExpressibleByArgument {}
extension DecimalMark: ExpressibleByArgument {}
