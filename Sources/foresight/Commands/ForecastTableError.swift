/// An error that explains why a table of forecasts can't be scored.
enum ForecastTableError: Error, CustomStringConvertible {
  /// The table has no column of a model.
  case noModel(table: String, columns: [String])
  /// A series has no forecast of a step that others have.
  case missing(table: String, column: String, id: String, date: String)
  /// The sales have none of the forecast steps.
  case noStep(table: String, forecast: (first: String, last: String), salesEnd: String)
  /// The sales have no step before the forecast.
  case noHistory(table: String, first: String)
  /// The sales have none of the series.
  case noSeries(table: String, example: String, sales: String)

  var description: String {
    switch self {
    case .noModel(let table, let columns):
      "\(table) has the columns \(columns.joined(separator: ", ")); a table of forecasts has an id, a "
        + "date, and a column for each model, in this order"
    case .missing(let table, let column, let id, let date):
      "\(table) has no number in \(column.debugDescription) for series \(id.debugDescription) on "
        + "\(date), but other series are forecast there; add it, or remove the series"
    case .noStep(let table, let forecast, let salesEnd):
      "\(table) forecasts \(forecast.first) to \(forecast.last), but the sales end on \(salesEnd); "
        + "add the sales of the forecast steps"
    case .noHistory(let table, let first):
      "the sales have nothing before \(first), where \(table) starts; scaled errors need the history "
        + "that the forecasts were made from"
    case .noSeries(let table, let example, let sales):
      "none of the series of \(table), such as \(example.debugDescription), is in the sales, which "
        + "have series such as \(sales.debugDescription)"
    }
  }
}
