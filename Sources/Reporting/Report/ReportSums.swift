import Forecasts

/// The total of all series of a page, and the sums of the categories of each grouping, as series of
/// their own.
///
/// Quantiles of a sum are not sums of quantiles. Each sum is calibrated on its own past forecasts.
struct ReportSums {
  /// The sums: the total, followed by the categories of each grouping.
  let panel: Panel
  /// The indices of the members of each sum.
  let members: [[Int]]
  /// The name of each sum, and the index of its grouping. The total has no grouping.
  let labels: [(name: String, grouping: Int?)]
  /// The groupings with the names of their categories.
  let groupings: [ReportDocument.Grouping]

  /// The largest number of groupings, and of the categories of one.
  private static let limits = (groupings: 4, categories: 200)

  init(of panel: Panel) throws(CovariateError) {
    var sums = [panel.total()]
    var members = [Array(panel.ids.indices)]
    var labels: [(name: String, grouping: Int?)] = [("", nil)]
    var groupings: [ReportDocument.Grouping] = []
    for column in panel.staticCovariates
    where column.kind == .categorical && column.name != "description"
      && groupings.count < Self.limits.groupings
    {
      let aggregation = try panel.aggregated(by: [column.name])
      let count = aggregation.members.count
      // A grouping into one category or into single series shows nothing new.
      guard count > 1, count < panel.seriesCount, count <= Self.limits.categories else { continue }
      let (codes, vocabulary) = try column.categories()
      let names = aggregation.members.map { vocabulary.name(of: codes[$0[0]]) ?? "(unknown)" }
      sums.append(aggregation.panel)
      members += aggregation.members
      labels += names.map { ($0, groupings.count) }
      groupings.append(ReportDocument.Grouping(name: column.name, values: names))
    }
    var series: [Series] = []
    for one in sums.flatMap(\.allSeries) {
      series.append(
        Series(
          id: "\(series.count)", start: one.steps.lowerBound, values: Array(one.values),
          states: Array(one.states)))
    }
    var summed = Panel(calendar: panel.calendar, series: series)
    summed.closing = panel.closing
    self.panel = summed
    self.members = members
    self.labels = labels
    self.groupings = groupings
  }

  /// Returns the forecasts of the sums, without quantiles.
  func forecast(_ forecast: Forecast) throws(ForecastError) -> Forecast {
    let horizon = forecast.horizon
    var values = [Double](repeating: 0, count: members.count * horizon)
    for (sum, indices) in members.enumerated() {
      for index in indices {
        for step in 0..<horizon {
          values[sum * horizon + step] += forecast.values[index * horizon + step]
        }
      }
    }
    return try Forecast(ids: panel.ids, calendar: forecast.calendar, values: values)
  }

  /// Returns the index of the category of each series in a grouping, or −1 for none.
  func categories(in grouping: Int, seriesCount: Int) -> [Int] {
    var categories = [Int](repeating: -1, count: seriesCount)
    let rows = labels.indices.filter { labels[$0].grouping == grouping }
    for (category, row) in rows.enumerated() {
      for index in members[row] { categories[index] = category }
    }
    return categories
  }
}
