/// The forecasts of one or several models as a long table: a row for each series and step.
public struct ForecastTable: Sendable {
  /// A column of forecasts, under the model's name.
  public struct Column: Sendable {
    public let name: String
    public let forecast: Forecast

    public init(name: String, forecast: Forecast) {
      self.name = name
      self.forecast = forecast
    }
  }

  private let columns: [Column]
  private let idColumn: String
  private let timeColumn: String

  /// A table of at least one column; all are of the same series and steps, else the program stops.
  public init(_ columns: [Column], idColumn: String = "unique_id", timeColumn: String = "ds") {
    guard let first = columns.first?.forecast else {
      fatalError("ForecastTable: expected at least one column, got none")
    }
    for column in columns
    where column.forecast.ids != first.ids || column.forecast.calendar != first.calendar {
      fatalError(
        "ForecastTable: expected the series and steps of \(columns[0].name.debugDescription) in "
          + "\(column.name.debugDescription), too")
    }
    self.columns = columns
    self.idColumn = idColumn
    self.timeColumn = timeColumn
  }

  /// The table as CSV by RFC 4180, with LF line ends: id, date, and a column for each model. Numbers
  /// have as many digits as it takes to read the same number back, and no exponent.
  public func csv() -> String {
    let header = [idColumn, timeColumn] + columns.map(\.name)
    let forecast = columns[0].forecast
    let dates = (0..<forecast.calendar.count).map { csvField(forecast.calendar.label(at: $0)) }
    var text = header.map(csvField).joined(separator: ",") + "\n"
    for (index, id) in forecast.ids.enumerated() {
      let idField = csvField(id)
      for step in dates.indices {
        text += idField
        text += ","
        text += dates[step]
        for column in columns {
          text += ","
          text += column.forecast.values[index * dates.count + step].plainDecimal
        }
        text += "\n"
      }
    }
    return text
  }
}

/// A field as RFC 4180 writes it: in quotes where it holds a separator, a quote or a line break.
private func csvField(_ text: String) -> String {
  let needsQuotes = text.utf8.contains { byte in
    byte == UInt8(ascii: ",") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\n")
      || byte == UInt8(ascii: "\r")
  }
  guard needsQuotes else { return text }
  var quoted = "\""
  for scalar in text.unicodeScalars {
    if scalar == "\"" { quoted += "\"" }
    quoted.unicodeScalars.append(scalar)
  }
  return quoted + "\""
}
