import Forecasts
import Seasons

extension ReportDocument {
  /// The sums of a season.
  struct Season: Encodable {
    var first: String
    var last: String
    /// The number of steps of the season.
    var count: Int
    var model: String
    /// The probability of the intervals.
    var share: Double
    var total: SeasonRow
    /// The levels of categories.
    var levels: [SeasonLevel]
    /// The items to stock up, the largest rise first.
    var items: [SeasonRow]
    var holidays: [SeasonHoliday]
    var check: SeasonCheck?
  }

  struct SeasonLevel: Encodable {
    var name: String
    var rows: [SeasonRow]
  }

  struct SeasonRow: Encodable {
    var id: String
    var name: String
    var forecast: Double
    var low: Double
    var high: Double
    var recent: Double
    var lastYear: Double?
    var actual: Double?
  }

  struct SeasonHoliday: Encodable {
    var date: String
    var name: String
  }

  /// The errors of the forecast and of simple rules.
  struct SeasonCheck: Encodable {
    var rows: [SeasonErrors]
    /// The share of the actual sums within their intervals, by level.
    var coverage: [SeasonCoverage]
    /// The number of items that were first sold in the season, and their sales.
    var newSeries: Int
    var newSales: Double
  }

  struct SeasonErrors: Encodable {
    var name: String
    /// The errors as shares of the sales, or nil if nothing was sold.
    var stepWape: Double?
    var seriesWape: Double?
    var categoryWape: Double?
    var bias: Double?
  }

  struct SeasonCoverage: Encodable {
    var level: String
    var share: Double
  }
}

extension ReportDocument.Season {
  /// Describes a season.
  ///
  /// - Parameters:
  ///   - results: The forecast.
  ///   - check: The comparison with what was sold, or nil if it is unknown.
  ///   - names: The names of series by id.
  ///   - holidays: The holidays of the season.
  ///   - itemLimit: The number of items to stock up.
  init(
    of results: SeasonResults, _ check: SeasonCheck?, names: [String: String],
    holidays: [Holiday], itemLimit: Int
  ) {
    first = results.season.firstDay.description
    last = results.season.lastDay.description
    count = results.span.count
    model = results.model
    share = results.intervalLevels.upperBound - results.intervalLevels.lowerBound
    total = ReportDocument.SeasonRow(results.totalRow, names: [:])
    levels = results.categoryLevels.filter { !$0.rows.isEmpty }.map { level in
      ReportDocument.SeasonLevel(
        name: level.name,
        rows: level.rows.sorted { $0.forecast > $1.forecast }
          .map { ReportDocument.SeasonRow($0, names: [:]) })
    }
    items = results.largestRises(itemLimit).map { ReportDocument.SeasonRow($0, names: names) }
    self.holidays = holidays.map {
      ReportDocument.SeasonHoliday(date: $0.date.description, name: $0.name)
    }
    self.check = check.map { ReportDocument.SeasonCheck($0, results) }
  }
}

extension ReportDocument.SeasonRow {
  fileprivate init(_ row: SeasonRow, names: [String: String]) {
    self.init(
      id: row.id, name: names[row.id] ?? row.id, forecast: row.forecast.roundedToSixDigits,
      low: row.interval.lowerBound.roundedToSixDigits,
      high: row.interval.upperBound.roundedToSixDigits, recent: row.recent.roundedToSixDigits,
      lastYear: row.lastYear?.roundedToSixDigits, actual: row.actual?.roundedToSixDigits)
  }
}

extension ReportDocument.SeasonCheck {
  fileprivate init(_ check: SeasonCheck, _ results: SeasonResults) {
    rows = check.rows.map { row in
      ReportDocument.SeasonErrors(
        name: row.name, stepWape: row.stepWAPE.ifFinite,
        seriesWape: row.seriesWAPE.ifFinite, categoryWape: row.categoryWAPE?.ifFinite,
        bias: row.bias.ifFinite)
    }
    coverage = results.levels.compactMap { level in
      level.coverage.map { ReportDocument.SeasonCoverage(level: level.name, share: $0) }
    }
    newSeries = check.newSeriesCount
    newSales = check.newSales.roundedToSixDigits
  }
}

extension Double {
  fileprivate var ifFinite: Double? { isFinite ? self : nil }
}
