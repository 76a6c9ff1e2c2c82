import Safetensors

extension TableError: CustomStringConvertible {
  public var description: String {
    var place = line.map { "\(RecordPlace(source: file, line: $0, unit: unit))" } ?? file
    if let column { place += ": column \(excerpt(column))" }
    return "\(place): \(fault.message(unit))"
  }
}

extension TableError.Fault {
  /// Returns the message of the fault.
  ///
  /// - Parameter unit: The unit of line numbers.
  fileprivate func message(_ unit: RecordUnit) -> String {
    switch self {
    case .noSuchFile:
      "no such file; check the path"
    case .isDirectory:
      "is a directory; name a file in it"
    case .unreadable(let reason):
      "cannot be read: \(reason)"
    case .conflict(let conflict):
      conflict.reason
    case .notText(let kind, let fix):
      "is \(kind); \(fix)"
    case .noSheet(let name, let present):
      "has no sheet \(excerpt(name)), but \(listed(present))"
    case .corruptGzip(let reason):
      "is a damaged gzip file (\(reason)); compress or transfer it again"
    case .truncatedGzip:
      "is an incomplete gzip file; transfer it again"
    case .empty:
      "is empty; expected a header line and rows below it"
    case .noRows:
      unit == .line ? "has a header but no rows below it" : "has no rows"
    case .unknownSeparator(let text):
      "names \(excerpt(text)) as the separator; separate fields with a comma, a semicolon, or a tab"
    case .cancelled: "reading was canceled"
    case .noRowLeft(let filters):
      "no row is left by the filters: " + filters.map(\.description).joined(separator: "; ")
    case .missingColumn, .ambiguousColumn, .sharedColumn, .noStepColumns, .stepColumnOutOfOrder,
      .otherColumns:
      columnMessage(unit)
    case .fieldCount, .unclosedQuote, .textAfterQuote, .recordTooLong, .tooManyColumns,
      .nulByte, .invalidUTF8, .byteOrderMark:
      formMessage(unit)
    case .emptyIdentity, .separatorInIdentity, .unparsableDate, .ambiguousDate, .mixedDates,
      .ambiguousFrequency, .coarserDates,
      .timeOfDay, .singleTime, .timeWithinHour, .weekend, .yearOutOfRange, .unparsableNumber,
      .ambiguousNumber,
      .otherUnit, .missingNumber,
      .missingValue, .infiniteNumber, .negativeNumber:
      valueMessage(unit)
    case .mixedTimeZones, .mixedOffsets, .noTimeZone, .noCalendarTimeZone, .skippedTime,
      .unknownTimeZone:
      zoneMessage(unit)
    case .badSchema, .schemaLacks:
      schemaMessage
    case .database(let fault):
      fault.message
    case .duplicate, .duplicateInStep, .duplicateWithoutIdentity, .secondRowWithoutIdentity,
      .duplicateSeries, .spanTooLong, .gapTooLong, .tooManyCells, .tooManyRows,
      .noValues,
      .noCompleteRow,
      .staticValueChanges, .mergedValueChanges:
      contentMessage(unit)
    case .noKeyColumn, .columnInPanel, .secondRow, .noRowFits, .tooFarAhead, .dateInTwoPeriods,
      .brokenPeriod, .stepInTwoPeriods:
      covariateMessage(unit)
    }
  }

  private func columnMessage(_ unit: RecordUnit) -> String {
    switch self {
    case .missingColumn(let name, let present, let suggestion):
      "no column \(excerpt(name)); there \(present.count == 1 ? "is" : "are") \(listed(present))"
        + (suggestion.map { "; \($0)" } ?? "; specify the column to use instead")
    case .ambiguousColumn(let name):
      "column \(excerpt(name)) appears more than once"
        + (unit == .line
          ? " in the header; rename all but one" : "; rename all but one with AS")
    case .noStepColumns(let expected, let present):
      "no column is named like \(excerpt(expected)), the first step; there are \(listed(present))"
    case .stepColumnOutOfOrder(let name, let expected):
      "column \(excerpt(name)) is in the place of \(excerpt(expected)); step columns must be "
        + "consecutive"
    case .otherColumns(let first, let missing, let further):
      "has different columns than \(first): "
        + [
          missing.isEmpty ? nil : "it lacks \(listed(missing))",
          further.isEmpty ? nil : "it also has \(listed(further))",
          missing.isEmpty && further.isEmpty ? "one of them more than once" : nil,
        ].compactMap { $0 }.joined(separator: ", and ")
        + "; all sources must have the same columns, in any order"
    case .sharedColumn(let name):
      "column \(excerpt(name)) is used for two purposes; specify a different column for each"
    default:
      ""
    }
  }

  private func formMessage(_ unit: RecordUnit) -> String {
    switch self {
    case .fieldCount(let expected, let found):
      "has \(found) \(found == 1 ? "field" : "fields") where the header has \(expected); "
        + (found > expected
          ? "enclose fields that contain a separator in double quotes"
            + (expected == 1
              ? ", or skip the lines above the header if the first one is a title" : "")
          : "add the missing fields, or remove the line if it is not a row")
    case .unclosedQuote:
      "a quoted field begins here and does not end; close it, or double the quotes inside it"
    case .textAfterQuote:
      "text follows a closing quote; double the quotes inside a quoted field"
    case .recordTooLong(let limit):
      "a row begins here that is longer than \(limit) bytes; is a quote missing?"
    case .tooManyColumns(let limit):
      "has more than \(limit) columns; check the separator and the line breaks"
    case .nulByte:
      "contains a NUL byte, so it is not text; is the file in UTF-16, or damaged?"
    case .invalidUTF8:
      "is not UTF-8; "
        + (unit == .line ? "save the file in that encoding" : "correct it in the database")
    case .byteOrderMark:
      "begins with a byte-order mark, which is only allowed at the start of a file; remove it and "
        + "any header line after it"
    default:
      ""
    }
  }

  private func valueMessage(_ unit: RecordUnit) -> String {
    switch self {
    case .emptyIdentity:
      "is empty; every row needs the id of its series"
    case .separatorInIdentity(let text, let separator):
      "\(excerpt(text)) contains \(excerpt(separator)), which separates the parts of an identity; "
        + "choose another identitySeparator in the schema"
    case .unparsableDate(let text, let format):
      "\(excerpt(text)) is not a date; write it as \(format.pattern)"
    case .ambiguousDate(let text, let readings):
      "\(excerpt(text)) is "
        + readings.map { "\($0.date) as \($0.format.rawValue)" }.joined(separator: " or ")
        + ", and every date of the column has more than one reading; declare the date format"
    case .mixedDates(let text, let format, let firstLine):
      "\(excerpt(text)) is a date of another form than those from \(firstLine.text(unit)) on, which are "
        + "\(format.pattern) (\(format.rawValue)); write all dates of the column in one form"
    case .ambiguousFrequency(let readings, let reason):
      "\(reason): the length of a step may be "
        + readings.map(\.unitWithArticle).joined(separator: " or ")
        + (readings.count == 1 ? " or another" : "")
        + "; declare the frequency of the table"
    case .coarserDates(let named, let frequency):
      "every date names a \(named.unit), which does not lie within \(frequency.withArticle); read the table "
        + "by the \(named.unit), or write the dates of \(frequency == .hour ? "hours" : "days")"
    case .timeOfDay(let text):
      "\(excerpt(text)) has a time of day, but each row is about a day or a longer step; leave the time out"
    case .singleTime(let date, let hour):
      "\(date.text(hour: hour)) has a time of day, and no other time shows whether steps are hours or "
        + "days; declare the frequency of the table"
    case .timeWithinHour(let text):
      "\(excerpt(text)) has a time of day that is not a full hour; steps shorter than an hour are not supported: sum the rows of each "
        + "hour or day into one or, if a day has no more than one, declare the frequency day"
    case .weekend(let date):
      "\(date) is a \(date.weekday == 6 ? "Saturday" : "Sunday"), which is not a business day; declare the "
        + "frequency day, or drop the row"
    case .yearOutOfRange(let text):
      "\(excerpt(text)) is not in the years 1000 to 9999; correct the date"
    case .unparsableNumber(let text, let decimalMark):
      "\(excerpt(text)) is not a number; write it like "
        + (decimalMark == .point ? "1234.5 or 1,234.5" : "1234,5 or 1.234,5")
        + ", without other text"
    case .ambiguousNumber(let text):
      "\(excerpt(text)) has two readings, with a decimal "
        + (text.contains(",") ? "comma" : "point")
        + " or with a separator between thousands, and no "
        + "number of the column shows which; declare the decimal mark as "
        + (text.contains(",") ? "comma or, for thousands, point" : "point or, for thousands, comma")
    case .otherUnit(let text, let unit, let expected):
      "\(excerpt(text)) is \(unit), but a number above it is \(expected); write all numbers of the "
        + "column in one unit"
    case .missingNumber(let text):
      (text.isEmpty ? "there is no value" : "\(excerpt(text)) is not a value")
        + "; write 0 for no sale, leave the row out, or read missing values as gaps"
    case .missingValue(let text):
      (text.isEmpty ? "there is no value" : "\(excerpt(text)) is not a value")
        + "; add one, or drop rows with missing values"
    case .infiniteNumber(let text):
      "\(excerpt(text)) is not a finite number of single precision; correct it"
    case .negativeNumber(let text):
      "\(excerpt(text)) is negative; net returns against sales, "
        + "clip negative values to 0, or keep them"
    default:
      ""
    }
  }

  private func zoneMessage(_ unit: RecordUnit) -> String {
    switch self {
    case .mixedTimeZones(let firstLine):
      "times with and without an offset from UTC are mixed (see \(firstLine.text(unit))); "
        + "write all of them the same way"
    case .mixedOffsets(let firstLine):
      "the date has another offset from UTC than that of \(firstLine.text(unit)); write the days of one "
        + "zone, without an offset"
    case .noTimeZone:
      "the time has no offset from UTC, so its day in another zone is not known; name the zone that "
        + "it is written in as the schema's timeZone"
    case .noCalendarTimeZone:
      "the time has an offset from UTC; name the zone whose days are counted as the schema's "
        + "calendarTimeZone"
    case .skippedTime:
      "there is no such time in the schema's timeZone: the clocks were put forward over it; is the "
        + "zone the right one?"
    case .unknownTimeZone(let name):
      "there is no time zone \(excerpt(name)); name it as IANA does, such as \"Europe/London\""
    default:
      ""
    }
  }

  private var schemaMessage: String {
    switch self {
    case .badSchema(let reason):
      "is not a valid table schema: \(reason)"
    case .schemaLacks(let property, let table):
      "the schema names no column for \(excerpt(property)), which \(table) need"
    default:
      ""
    }
  }

  /// Returns the fix for two rows with the same id. If the id lost digits, the rows can belong to
  /// different items and must not be summed.
  private static func duplicateAdvice(_ id: String, _ step: String) -> String {
    ShortenedNumber.matches(id)
      ? "a spreadsheet dropped digits of the id, so different items can share it; format the "
        + "column as text and export the table again"
      : "sum the rows of a series and \(step) into one"
  }

  private func contentMessage(_ unit: RecordUnit) -> String {
    switch self {
    case .duplicate(let id, let date, let hour, let firstLine):
      "a second row for \(excerpt(id)) on \(date.text(hour: hour)), after \(firstLine.text(unit)); "
        + Self.duplicateAdvice(id, hour == nil ? "date" : "hour")
    case .duplicateInStep(let id, let step, let frequency, let firstLine):
      "a second row for \(excerpt(id)) in the \(frequency) that begins on \(step), after "
        + "\(firstLine.text(unit)); " + Self.duplicateAdvice(id, "step")
    case .duplicateWithoutIdentity(let step, let hour, let frequency, let firstLine):
      "a second row "
        + (frequency.isWithinDay
          ? "on \(step.text(hour: hour))" : "in the \(frequency) that begins on \(step)")
        + ", after \(firstLine.text(unit)), and no column says which series a row is of; name the "
        + "column that does, or sum the rows of a step into one"
    case .secondRowWithoutIdentity(let firstLine):
      "a second row, after \(firstLine.text(unit)), and no column says which series a row is of; name "
        + "the column that does"
    case .duplicateSeries(let id, let firstLine):
      "a second row for \(excerpt(id)), after \(firstLine.text(unit)); "
        + (ShortenedNumber.matches(id)
          ? Self.duplicateAdvice(id, "step") : "every series has one row")
    case .spanTooLong(let first, let firstLine, let last, let lastLine, let limit):
      "the dates span \(first.distance(to: last) + 1) days, from \(first) (\(firstLine.text(unit))) to "
        + "\(last) (\(lastLine.text(unit))), more than the \(limit) allowed; is one of them mistyped?"
    case .gapTooLong(let first, let firstLine, let next, let nextLine, let limit):
      "no row is between \(first) (\(firstLine.text(unit))) and \(next) (\(nextLine.text(unit))), "
        + "\(first.distance(to: next)) days, more than the \(limit) allowed; is one of the dates "
        + "mistyped?"
    case .tooManyCells(let series, let cells, let limit):
      "\(series) series would take a calendar of \(cells) values in all, more than the \(limit) "
        + "allowed; are the columns of id and date the right ones?"
    case .tooManyRows(let limit):
      "there are more than \(limit) rows, the most values that the panel may hold"
    case .staticValueChanges(let id, let from, let to, let firstLine):
      "\(excerpt(to)) for \(excerpt(id)), which has \(excerpt(from)) on \(firstLine.text(unit)); a static "
        + "column has one value for each series"
    case .mergedValueChanges(let id, let from, let to, let firstLine):
      "\(excerpt(to)) for \(excerpt(id)), which has \(excerpt(from)) on \(firstLine.text(unit)) in another "
        + "spelling; write the same value in both rows"
    case .noValues:
      "no row has a value; check the column of values"
    case .noCompleteRow:
      "no row has a value in every requested column; check the columns"
    default:
      ""
    }
  }
}

extension TableError.Fault {
  fileprivate func covariateMessage(_ unit: RecordUnit) -> String {
    switch self {
    case .noKeyColumn(let name, let present):
      "the panel has no static column of categories named \(excerpt(name)) to match rows to series"
        + (present.isEmpty ? "" : "; it has \(listed(present))")
    case .columnInPanel(let name):
      "the panel already has a column \(excerpt(name)); leave this one out, or rename it"
    case .secondRow(let firstLine):
      "a second row for the same series and step, after \(firstLine.text(unit)); combine them into one"
    case .noRowFits(let reason):
      "no row matches a series and a step of the panel, but \(reason); check the "
        + "key columns"
    case .tooFarAhead(let date, let limit):
      "\(date) is more than \(limit) days after the panel's end; is the date mistyped?"
    case .dateInTwoPeriods(let date, let first, let firstLine, let second):
      "\(date) is in period \(excerpt(second)), but in \(excerpt(first)) on \(firstLine.text(unit)); every "
        + "date must have one"
    case .brokenPeriod(let label, let date):
      "period \(excerpt(label)) begins again on \(date); its days must be consecutive"
    case .stepInTwoPeriods(let step, let first, let second):
      "periods \(excerpt(first)) and \(excerpt(second)) both have days in the step from \(step); "
        + "choose steps that the periods contain"
    default:
      ""
    }
  }
}

/// Returns a text from a file in the form that messages show: quoted, with control characters
/// escaped, and truncated.
package func excerpt(_ text: String) -> String {
  let limit = 60
  let shown = text.unicodeScalars.prefix(limit)
  let isCut = text.unicodeScalars.dropFirst(limit).first != nil
  return (String(String.UnicodeScalarView(shown)) + (isCut ? "…" : "")).debugDescription
}

/// Returns names in the form that messages list them, with long lists truncated.
func listed(_ names: [String]) -> String {
  let limit = 20
  let rest = names.count - limit
  return names.prefix(limit).map(excerpt).joined(separator: ", ")
    + (rest > 0 ? " and \(rest) more" : "")
}
