/// A sum that a season's run forecasts: all series, or those of a category.
struct SeasonGroup {
  /// The column of the category, or nil for the sum of all series.
  let column: String?
  /// The name of the sum within the level.
  let name: String
  /// The indices of its series.
  let members: [Int]

  /// The name of the sum among those of all levels.
  var rowName: String { column.map { "\($0): \(name)" } ?? name }
}

extension SeasonRun {
  /// Returns the total and the categories of each column.
  func groups(of history: Panel) throws -> [SeasonGroup] {
    let total = SeasonGroup(
      column: nil, name: SeasonLevel.total, members: Array(history.ids.indices))
    return try [total]
      + columns.flatMap { column in
        let (codes, vocabulary) = try history.staticCovariate(column).categories()
        return try history.aggregated(by: [column]).members.map { members in
          let name = vocabulary.name(of: codes[members[0]]) ?? "(unknown)"
          return SeasonGroup(column: column, name: name, members: members)
        }
      }
  }

  /// Returns the rows of all levels.
  ///
  /// - Parameters:
  ///   - pulled: The forecast of the series whose sums are the forecasts of the groups.
  ///   - series: The forecast of the series with the intervals of their sums.
  func levels(
    _ groups: [SeasonGroup], _ sums: ModelForecast, _ history: Panel, _ span: SeasonSpan,
    pulled: Forecast, series: ModelForecast
  ) -> [SeasonLevel] {
    let past = PastSums(of: history, span)
    let seriesSums = pulled.slice(span.steps).sumsOfSeries
    var levels: [SeasonLevel] = []
    for column in [nil] + columns {
      let places = groups.indices.filter { groups[$0].column == column }
      levels.append(
        SeasonLevel(
          name: column ?? SeasonLevel.total,
          rows: places.map { place in
            let members = groups[place].members
            return SeasonRow(
              groups[place].name, forecast: members.reduce(0) { $0 + seriesSums[$1] },
              sums.sums[0], place, past, members)
          }, members: places.map { groups[$0].members }))
    }
    let rows = history.ids.enumerated().map { place, id in
      SeasonRow(id, forecast: seriesSums[place], series.sums[0], place, past, [place])
    }
    return levels
      + [SeasonLevel(name: SeasonLevel.series, rows: rows, members: rows.indices.map { [$0] })]
  }
}

/// The sums of each series in the season of last year, and in the last steps.
private struct PastSums {
  let lastYear: [Double]?
  let recent: [Double]

  init(of history: Panel, _ span: SeasonSpan) {
    func sums(over steps: Range<Int>) -> [Double] {
      history.eachSeries.map { $0.total(over: steps) }
    }
    lastYear = span.lastYear.map(sums(over:))
    recent = sums(over: span.recent)
  }
}

extension SeasonRow {
  /// Creates a row whose interval is that of a forecast of its sum, scaled to the row's forecast.
  fileprivate init(
    _ id: String, forecast: Double, _ sum: SumForecast, _ place: Int, _ past: PastSums,
    _ members: [Int]
  ) {
    let width = sum.quantiles.levels.count
    let bounds = sum.quantiles.values[place * width..<(place + 1) * width]
    let own = sum.values[place]
    let ratio = own > 0 && forecast > 0 ? forecast / own : 1
    self.init(
      id: id, forecast: forecast, interval: bounds.first! * ratio...bounds.last! * ratio,
      lastYear: past.lastYear.map { sums in members.reduce(0) { $0 + sums[$1] } },
      recent: members.reduce(0) { $0 + past.recent[$1] })
  }
}
