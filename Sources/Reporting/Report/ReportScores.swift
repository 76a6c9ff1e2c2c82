import Forecasts

/// The errors of the past forecasts of a page.
struct ReportScores {
  let modelName: String
  let baselineName: String?
  /// For each window, the forecasts of the model and, if there is one, of the baseline.
  let pastOfModels: [[Forecast]]

  private let panel: Panel
  private let models: [(name: String, overall: Scores)]
  /// The season of the scaled errors of the last window, in steps.
  private let seasonLength: Int
  private let ofSeries: [Scores]
  private let ofBaseline: [Scores]
  private let sums: ReportErrorSums
  private let reasons: ReportReasons

  init(_ page: ReportPage, _ sums: ReportSums) {
    panel = page.panel
    let evaluated = page.windows.map { Self.evaluated($0, page) }
    let names = page.windows.first?.models.map(\.name) ?? []
    let models = names.indices.map { place in
      (name: names[place], overall: evaluated.reduce(into: Scores()) { $0.add($1[place].overall) })
    }
    self.models = models
    seasonLength = evaluated.last?.first?.scaleSeasonLength ?? 1
    modelName = names.first ?? ""
    let metric = Forecasts.Metric.ranking(models.map(\.overall))
    let others = names.indices.dropFirst().filter { page.baselines?.contains(names[$0]) ?? true }
    let baseline = others.min { left, right in
      (metric.cost(of: models[left].overall) ?? .infinity)
        < (metric.cost(of: models[right].overall) ?? .infinity)
    }
    baselineName = baseline.map { names[$0] }
    pastOfModels = page.windows.map { window in
      [window.forecast] + (baseline.map { [window.models[$0].forecast] } ?? [])
    }
    func pooled(_ place: Int) -> [Scores] {
      evaluated.reduce(into: [Scores](repeating: Scores(), count: page.panel.seriesCount)) {
        for (index, one) in $1[place].series.enumerated() { $0[index].add(one.scores) }
      }
    }
    ofSeries = names.isEmpty ? [] : pooled(0)
    ofBaseline = baseline.map(pooled) ?? []
    self.sums = ReportErrorSums(of: pastOfModels, in: page.panel, sums)
    reasons = ReportReasons(page)
  }

  private static func evaluated(_ window: PastForecasts, _ page: ReportPage) -> [Evaluation] {
    let calendar = window.forecast.calendar
    let first = calendar.firstNumber - page.panel.calendar.firstNumber
    return window.models.map { model in
      model.evaluation
        ?? Evaluation(
          of: model.forecast, against: page.panel.slice(first..<first + calendar.count),
          scaledBy: page.panel.slice(0..<first),
          seasonLength: page.seasonLength ?? calendar.frequency.seasonLength)
    }
  }

  var headline: ReportDocument.Headline {
    var headline = ReportDocument.Headline()
    let overall = sums.overall
    headline.wape = overall.wape
    headline.baselineWape = overall.baseline
    headline.bias = overall.bias
    headline.totalWape = sums.totalWape
    return headline
  }

  /// Returns the scores of a series, or nil if none of its past steps was observed.
  func scores(of index: Int) -> ReportDocument.RowScores? {
    guard ofSeries.indices.contains(index), ofSeries[index].count > 0 else { return nil }
    let scores = ofSeries[index]
    return ReportDocument.RowScores(
      wape: scores.wape?.roundedToSixDigits, mase: scores.mase?.roundedToSixDigits,
      bias: scores.bias?.roundedToSixDigits,
      baselineMASE: ofBaseline.isEmpty ? nil : ofBaseline[index].mase?.roundedToSixDigits,
      reasons: reasons.keys(of: index))
  }

  /// Returns the errors, or nil if the page has no past forecasts.
  func accuracy(_ page: ReportPage) -> ReportDocument.Accuracy? {
    guard !models.isEmpty else { return nil }
    let metrics = Forecasts.Metric.all(for: models.map(\.overall), detail: .page)
    let best = metrics.map { $0.best(of: models.map(\.overall)) }
    var accuracy = ReportDocument.Accuracy()
    accuracy.metrics = metrics.map { metric in
      ReportDocument.MetricText(
        name: metric.name,
        definition: metric.definition(
          unit: page.unit, season: seasonLength.counted(panel.calendar.frequency.unit)))
    }
    accuracy.models = models.enumerated().map { place, model in
      ReportDocument.Model(
        name: model.name, scores: metrics.map { $0.text(of: model.overall) },
        best: metrics.indices.filter { best[$0].contains(place) })
    }
    accuracy.steps = sums.steps
    accuracy.seasonUnit = panel.calendar.frequency.seasonUnit
    accuracy.seasons = sums.seasons
    accuracy.groups = sums.groups
    accuracy.calibration = calibration
    return accuracy
  }

  /// The shares of actual values up to each quantile of the model.
  private var calibration: [ReportDocument.Level] {
    guard let levels = pastOfModels.first?[0].quantiles?.levels else { return [] }
    var below = [Int](repeating: 0, count: levels.count)
    var count = 0
    for past in pastOfModels {
      let forecast = past[0]
      guard let quantiles = forecast.quantiles, quantiles.levels == levels else { return [] }
      let first = forecast.calendar.firstNumber - panel.calendar.firstNumber
      for index in panel.ids.indices {
        let series = panel.series(at: index)
        for step in 0..<forecast.horizon {
          guard let value = series.value(at: first + step) else { continue }
          count += 1
          let cell = (index * forecast.horizon + step) * levels.count
          for place in levels.indices where value <= quantiles.values[cell + place] {
            below[place] += 1
          }
        }
      }
    }
    guard count > 0 else { return [] }
    return levels.indices.map {
      ReportDocument.Level(
        level: levels[$0], share: (Double(below[$0]) / Double(count)).roundedToSixDigits)
    }
  }
}
