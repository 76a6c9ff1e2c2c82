/// The forecasts of all levels as a long table, with one row for each sum or series and step.
public struct LevelForecastTable: Sendable {
  private let levels: [(name: String, table: ForecastTable)]

  /// Creates a table of the forecasts of the steps after the panel, at least one. Stops the program
  /// otherwise.
  ///
  /// - Parameters:
  ///   - forecasts: The forecasts of one ``ReconciliationRun``.
  ///   - idColumn: The name of the column of ids.
  ///   - timeColumn: The name of the column of dates.
  public init(
    _ forecasts: [LevelForecasts], idColumn: String = "unique_id", timeColumn: String = "ds"
  ) {
    guard !forecasts.isEmpty else {
      fatalError("LevelForecastTable: expected at least one forecast, got none")
    }
    levels = forecasts[0].nextLevels.indices.map { place in
      (
        name: forecasts[0].nextLevels[place].name,
        table: ForecastTable(
          forecasts.map { ModelForecast(name: $0.name, forecast: $0.nextLevels[place].forecast) },
          idColumn: idColumn, timeColumn: timeColumn)
      )
    }
  }

  /// Creates a table of the forecasts of one model.
  ///
  /// - Parameters:
  ///   - name: The name of the model.
  ///   - levels: Its forecasts of each level, at least one. Stops the program otherwise.
  ///   - idColumn: The name of the column of ids.
  ///   - timeColumn: The name of the column of dates.
  public init(
    _ name: String, levels: [LevelForecasts.Level], idColumn: String = "unique_id",
    timeColumn: String = "ds"
  ) {
    guard !levels.isEmpty else {
      fatalError("LevelForecastTable: expected at least one level, got none")
    }
    self.levels = levels.map { level in
      (
        name: level.name,
        table: ForecastTable(
          [ModelForecast(name: name, forecast: level.forecast)], idColumn: idColumn,
          timeColumn: timeColumn)
      )
    }
  }

  /// Returns the table as CSV like that of a ``ForecastTable``, with the level in its first column.
  public func csv() -> String {
    levels[0].table.header(after: ["level"])
      + levels.map { $0.table.rows(after: [$0.name]) }.joined()
  }
}
