/// The forecasts of a season as a table, with a row for the total, each category, and each series.
public struct SeasonTable: Sendable {
  private let results: SeasonResults

  /// Creates a table.
  public init(_ results: SeasonResults) { self.results = results }

  /// Returns the table as CSV by RFC 4180, with LF line ends.
  ///
  /// Its columns are the level, the id, the sum of last year's season, the forecast and the bounds of its
  /// interval, the growth over last year with its bounds (0.08 is 8 %), the sum of the last steps, and, if
  /// it is known, the actual sum. What is unknown is empty.
  public func csv() -> String {
    let names = [results.intervalLevels.lowerBound, results.intervalLevels.upperBound].map {
      "q\($0.percentText)"
    }
    let header =
      ["level", "id", "last_year", "forecast"] + names.map { "forecast_\($0)" } + ["growth"]
      + names.map { "growth_\($0)" } + ["recent", "actual"]
    var text = header.joined(separator: ",") + "\n"
    for level in results.levels {
      for row in level.rows {
        let fields = row.numbers.map { $0.map(\.plainDecimal) ?? "" }
        text += ([level.name, row.id].map(csvField) + fields).joined(separator: ",") + "\n"
      }
    }
    return text
  }
}

extension SeasonRow {
  /// The numbers of the row in the order of the columns.
  fileprivate var numbers: [Double?] {
    [
      lastYear, forecast, interval.lowerBound, interval.upperBound, growth,
      growthInterval?.lowerBound, growthInterval?.upperBound, recent, actual,
    ]
  }
}
