import Forecasts

/// Sums of errors over the past windows of a page, by step, season, and group.
struct ReportErrorSums {
  /// The errors of a set of steps.
  private struct Sums {
    var error = 0.0
    var baselineError = 0.0
    var signed = 0.0
    var actual = 0.0

    mutating func add(_ value: Double, _ forecasts: (model: Double, baseline: Double?)) {
      error += abs(forecasts.model - value)
      baselineError += abs((forecasts.baseline ?? 0) - value)
      signed += forecasts.model - value
      actual += abs(value)
    }

    func errors(_ key: String, hasBaseline: Bool) -> ReportDocument.Errors {
      func share(_ sum: Double) -> Double? {
        actual > 0 ? (sum / actual).roundedToSixDigits : nil
      }
      return ReportDocument.Errors(
        key: key, wape: share(error), baseline: hasBaseline ? share(baselineError) : nil,
        bias: share(signed))
    }
  }

  let overall: ReportDocument.Errors
  let steps: [ReportDocument.Errors]
  let seasons: [ReportDocument.Errors]
  let groups: [[ReportDocument.Errors]]
  /// The WAPE of the total of all series at each step.
  let totalWape: Double?

  init(of past: [[Forecast]], in panel: Panel, _ sums: ReportSums) {
    let horizon = past.map { $0[0].horizon }.max() ?? 0
    let hasBaseline = (past.first?.count ?? 0) > 1
    let frequency = panel.calendar.frequency
    let categories = sums.groupings.indices.map {
      sums.categories(in: $0, seriesCount: panel.seriesCount)
    }
    var overall = Sums()
    var steps = [Sums](repeating: Sums(), count: horizon)
    var seasons = [Sums](repeating: Sums(), count: frequency.seasonKeys)
    var groups = sums.groupings.map { [Sums](repeating: Sums(), count: $0.values.count) }
    var totals = Sums()
    for window in past {
      let calendar = window[0].calendar
      let first = calendar.firstNumber - panel.calendar.firstNumber
      let keys = (0..<calendar.count).map { frequency.seasonKey(of: $0, in: calendar) }
      var total = [(actual: Double, forecast: Double)](repeating: (0, 0), count: calendar.count)
      for index in panel.ids.indices {
        let series = panel.series(at: index)
        for step in 0..<calendar.count {
          guard let value = series.value(at: first + step) else { continue }
          let cell = index * calendar.count + step
          let forecasts = (window[0].values[cell], hasBaseline ? window[1].values[cell] : nil)
          overall.add(value, forecasts)
          steps[step].add(value, forecasts)
          if let key = keys[step] { seasons[key].add(value, forecasts) }
          for (place, column) in categories.enumerated() where column[index] >= 0 {
            groups[place][column[index]].add(value, forecasts)
          }
          total[step].actual += value
          total[step].forecast += forecasts.0
        }
      }
      for step in total { totals.add(step.actual, (step.forecast, nil)) }
    }
    self.overall = overall.errors("", hasBaseline: hasBaseline)
    self.steps = steps.enumerated().map { $1.errors("\($0 + 1)", hasBaseline: hasBaseline) }
    self.seasons = seasons.enumerated().filter { $1.actual > 0 }
      .map { $1.errors("\($0)", hasBaseline: hasBaseline) }
    self.groups = zip(groups, sums.groupings).map { sums, grouping in
      zip(sums, grouping.values).map { $0.errors($1, hasBaseline: hasBaseline) }
    }
    totalWape = totals.errors("", hasBaseline: false).wape
  }
}

extension Frequency {
  /// The unit of the seasons by which errors are shown.
  var seasonUnit: String {
    switch self {
    case .hour: "hour"
    case .day, .businessDay: "weekday"
    default: "month"
    }
  }

  /// The number of keys of the unit: hours from 0, weekdays from 1, or months from 1.
  fileprivate var seasonKeys: Int {
    switch self {
    case .hour: 24
    case .day, .businessDay: 8
    default: 13
    }
  }

  /// Returns the hour, weekday, or month of a step, or nil if a step is a year.
  fileprivate func seasonKey(of step: Int, in calendar: RegularCalendar) -> Int? {
    switch self {
    case .hour: calendar.hour(at: step)
    case .day, .businessDay: calendar.date(at: step).weekday
    case .year: nil
    default: calendar.date(at: step).month
    }
  }
}
