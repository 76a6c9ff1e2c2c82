import Forecasting

extension SalesInput {
  /// Reads the forecasts of all models of a table, also of series that the sales lack, with advice in
  /// errors.
  func forecasts(at path: String, timeColumn: String) throws -> [ModelForecast] {
    var reader = ForecastTableReader(of: panel)
    (reader.idColumn, reader.timeColumn) = (idColumn, timeColumn)
    reader.acceptsOtherSeries = true
    return try AdvisedError.advising {
      try reader.read(SourceReference(path).open(DelimitedFormat()))
    }
  }
}
