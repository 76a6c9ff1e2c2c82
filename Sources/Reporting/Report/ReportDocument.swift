import Forecasts

/// The data of a ``ReportPage``, from which its script draws all charts.
struct ReportDocument: Encodable {
  var title = ""
  var unit = ""
  /// The length of the steps, such as `day`.
  var frequency = ""
  /// The number of steps after which a year has passed.
  var yearLength = 0
  /// The first day of each step, or its hour as in `2024-01-05T13`: history, then forecast.
  var dates: [String] = []
  /// The number of steps of the history.
  var historyCount = 0
  /// The names of the models whose forecasts the page shows: that of the page, and the baseline.
  var model = ""
  var baseline: String?
  /// The columns by which series are grouped.
  var groupings: [Grouping] = []
  /// The levels of the quantiles of sums over series, and of the quantiles of a series.
  var sumLevels: [Double] = []
  var seriesLevels: [Double] = []
  /// The number of steps of a period of the bars, such as a week of days, or 0 without a forecast.
  var periodLength = 0
  /// The first steps of the past windows and their length.
  var windows: [Window] = []
  /// The total of all series, followed by the groups of each grouping.
  var sums: [Row] = []
  /// The series, the largest first.
  var series: [Row] = []
  /// The number of series, of which the page may show only the largest.
  var seriesCount = 0
  var events: [Event] = []
  var headline: Headline?
  var accuracy: Accuracy?
  var customers: Customers?
  var quality: Quality?
  var drivers: ForecastDrivers?
  var contributions: Contributions?
  var stock: Stock?
  var season: Season?

  struct Grouping: Encodable {
    var name: String
    var values: [String]
  }

  struct Window: Encodable {
    var first: Int
    var count: Int
  }

  /// One series, group, or the total.
  struct Row: Encodable {
    var id: String
    var name: String
    /// For a group, the index of its grouping.
    var grouping: Int?
    /// For a series, the index of its category in each grouping, or −1.
    var categories: [Int]?
    /// The first step of `history`.
    var start = 0
    var history = PackedNumbers([])
    /// The steps at which the item was sold out, or, in a sum, the first of its items was.
    var soldOut: [Int]?
    var forecast: PackedNumbers?
    /// The quantiles at each level.
    var quantiles: [PackedNumbers]?
    /// The sum of the forecast over all steps and its quantiles, and the same for each period.
    var total: PackedNumbers?
    var periods: [PackedNumbers]?
    /// For each past window, the forecasts of the model and the baseline.
    var past: [[PackedNumbers]] = []
    /// The scores over the past windows.
    var scores: RowScores?
  }

  struct RowScores: Encodable {
    var wape: Double?
    var mase: Double?
    var bias: Double?
    var baselineMASE: Double?
    /// The reasons for large or small errors, as keys of the page's texts.
    var reasons: [String] = []
  }

  struct Event: Encodable {
    var step: Int
    /// `holiday`, `promotion`, `stockOut`, or `closed`.
    var kind: String
    var name: String?
    /// The number of series that it concerns.
    var count: Int?
  }

  struct Headline: Encodable {
    var total: Double?
    var low: Double?
    var high: Double?
    var lastYear: Double?
    var wape: Double?
    var baselineWape: Double?
    var totalWape: Double?
    var bias: Double?
  }
}

extension ReportDocument {
  /// Sets the steps of the page, history and forecast, and their unit.
  mutating func setSteps(of calendar: RegularCalendar) {
    frequency = calendar.frequency.unit
    yearLength = calendar.frequency.yearLength
    dates = (0..<calendar.count).map { step in
      calendar.date(at: step).description
        + (calendar.hour(at: step).map { "T" + ($0 < 10 ? "0\($0)" : "\($0)") } ?? "")
    }
  }
}
