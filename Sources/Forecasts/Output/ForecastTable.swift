/// The forecasts of one or more models as a long table, with one row for each series and step.
public struct ForecastTable: Sendable {
  private let models: [ModelForecast]
  private let idColumn: String
  private let timeColumn: String

  /// Creates a table of the forecasts of at least one model. Stops the program if series or steps
  /// differ between models.
  public init(
    _ models: [ModelForecast], idColumn: String = "unique_id", timeColumn: String = "ds"
  ) {
    guard let first = models.first?.forecast else {
      fatalError("ForecastTable: expected at least one model, got none")
    }
    for model in models
    where model.forecast.ids != first.ids || model.forecast.calendar != first.calendar {
      fatalError(
        "ForecastTable: expected the series and steps of \(models[0].name.debugDescription) in "
          + "\(model.name.debugDescription), too")
    }
    self.models = models
    self.idColumn = idColumn
    self.timeColumn = timeColumn
  }

  /// Returns the table as CSV by RFC 4180, with LF line endings. It has columns for the id, the
  /// date, each model, and each quantile of a model, such as `LSTM-q10`. Numbers have as many
  /// digits as required to read the same number back, and no exponent.
  public func csv() -> String { header() + rows() }

  /// Returns the line of column names.
  ///
  /// - Parameter columns: The names of columns before those of the table.
  func header(after columns: [String] = []) -> String {
    (columns + [idColumn, timeColumn] + models.flatMap(\.columnNames)).map(csvField)
      .joined(separator: ",") + "\n"
  }

  /// Returns the lines of all series and steps.
  ///
  /// - Parameter fields: The fields of each line before those of the table.
  func rows(after fields: [String] = []) -> String {
    let forecast = models[0].forecast
    let dates = (0..<forecast.calendar.count).map { csvField(forecast.calendar.label(at: $0)) }
    var text = ""
    for (index, id) in forecast.ids.enumerated() {
      let idField = (fields + [id]).map(csvField).joined(separator: ",")
      for step in dates.indices {
        text += idField
        text += ","
        text += dates[step]
        for value in models.flatMap({ $0.forecast.numbers(at: index * dates.count + step) }) {
          text += ","
          text += value.plainDecimal
        }
        text += "\n"
      }
    }
    return text
  }
}

extension ModelForecast {
  /// The names of the columns of the forecast and of its quantiles.
  fileprivate var columnNames: [String] {
    [name] + (forecast.quantiles?.names.map { "\(name)-\($0)" } ?? [])
  }
}

extension Forecast {
  /// Returns the forecast of a cell and its quantiles.
  fileprivate func numbers(at cell: Int) -> [Double] {
    guard let quantiles else { return [values[cell]] }
    let width = quantiles.levels.count
    return [values[cell]] + quantiles.values[cell * width..<(cell + 1) * width]
  }
}
