extension ReportDocument {
  /// The errors of past forecasts.
  struct Accuracy: Encodable {
    /// The names of the metrics and their definitions.
    var metrics: [MetricText] = []
    /// The models with the texts of their scores.
    var models: [Model] = []
    /// The errors at each step of the horizon.
    var steps: [Errors] = []
    /// The unit of `seasons`: `hour`, `weekday`, or `month`.
    var seasonUnit = ""
    /// The errors in each hour of the day, weekday (from 1 for Monday), or month.
    var seasons: [Errors] = []
    /// The errors of the categories of each grouping.
    var groups: [[Errors]] = []
    /// The share of actual values up to each quantile, if the forecasts have quantiles.
    var calibration: [Level] = []
  }

  struct MetricText: Encodable {
    var name: String
    var definition: String
  }

  struct Model: Encodable {
    var name: String
    var scores: [String]
    /// The indices of the metrics by which the model is the best.
    var best: [Int]
  }

  /// The WAPE of the model and of the baseline, and the bias of the model as a share of sales.
  struct Errors: Encodable {
    var key: String
    var wape: Double?
    var baseline: Double?
    var bias: Double?
  }

  struct Level: Encodable {
    var level: Double
    var share: Double
  }

  /// The purchases of customers.
  struct Customers: Encodable {
    var count: Int
    var linesWithoutCustomer: Int
    /// The numbers of customers by their numbers of orders.
    var frequencies: [Bar]
    var segments: [Segment]
  }

  struct Bar: Encodable {
    var from: Int
    /// The last number of orders of the bar, or nil for no limit.
    var to: Int?
    var count: Int
  }

  struct Segment: Encodable {
    /// A key of the page's texts, such as `champions`.
    var key: String
    var customers: Int
    /// The median number of days since the last purchase.
    var recency: Double
    /// The mean number of orders.
    var orders: Double
    /// The mean revenue of a customer, and the total of the segment.
    var value: Double
    var revenue: Double
  }

  /// The contents of the panel, and the changes made by cleaning.
  struct Quality: Encodable {
    var series: Int
    var cells: Int
    var observed: Int
    var gaps: Int
    var stockOuts: Int
    var zeros: Int
    var negatives: Int
    var seriesWithGaps: Int
    var constantSeries: Int
    /// The numbers of series by demand class.
    var classes: [String: Int]
    /// The rules of the cleaning or, if it isn't known, those that would change cells.
    var rules: [Rule]
    /// A Boolean value that indicates whether `rules` were applied.
    var isCleaned: Bool
  }

  struct Rule: Encodable {
    var name: String
    var series: Int
    var cells: Int
    var unitsBefore: Double
    var unitsAfter: Double
    var examples: [String]
  }
}
