import Seasons

/// The results of `foresight season` as JSON.
struct SeasonSummary: Encodable {
  let first, last: String
  let model: String
  let levels: [Level]
  /// The errors of the forecast and of simple rules, or nil if the season's sales are unknown.
  let errors: [Errors]?
  let leftOut: [String]

  struct Level: Encodable {
    let level: String
    /// The share of the actual sums within their intervals.
    let coverage: Double?
    let rows: [Row]
  }

  struct Row: Encodable {
    let id: String
    let forecast, lower, upper, recent: Double
    let lastYear, growth, actual: Double?
  }

  struct Errors: Encodable {
    let model: String
    let stepWAPE, seriesWAPE: Double
    let categoryWAPE: Double?
    let bias: Double
  }

  init(_ results: SeasonResults, _ check: SeasonCheck?) {
    first = "\(results.season.firstDay)"
    last = "\(results.season.lastDay)"
    model = results.model
    levels = results.levels.map { level in
      Level(
        level: level.name, coverage: level.coverage,
        rows: level.rows.map { row in
          Row(
            id: row.id, forecast: row.forecast, lower: row.interval.lowerBound,
            upper: row.interval.upperBound, recent: row.recent, lastYear: row.lastYear,
            growth: row.growth, actual: row.actual)
        })
    }
    errors = check?.rows.map {
      Errors(
        model: $0.name, stepWAPE: $0.stepWAPE, seriesWAPE: $0.seriesWAPE,
        categoryWAPE: $0.categoryWAPE, bias: $0.bias)
    }
    leftOut = results.leftOut
  }
}
