/// A run that forecasts the series of a panel and their sums, and makes the forecasts add up.
///
/// ```swift
/// var run = ReconciliationRun(horizon: 28, methods: [.mintShrinkage, .bottomUp])
/// run.groupings = [[], ["state"], ["department"], ["state", "department"]]
/// let results = try run([ETSForecaster(), ThetaForecaster()], on: panel)
/// print(results.scoreboard)
/// ```
///
/// Each level is forecast by itself: these are the base forecasts. Several models are combined, with
/// weights from the window before. The last steps are held out, and the base forecasts and the
/// reconciled ones are scored on them at each level. Errors of base forecasts in past windows, each
/// forecast from the steps before it, determine the variances and covariances of
/// ``ReconciliationMethod/wlsVariance`` and ``ReconciliationMethod/mintShrinkage``, and the quantiles, which
/// are those of ``CoherentPaths``. Few windows show too little of what can happen, so their errors are
/// first spread by one factor, with which each window would have fitted the others.
public struct ReconciliationRun: Sendable {
  /// The horizon, H: the number of steps to hold out, and to forecast after the end of the panel.
  public var horizon: Int
  /// The methods, at least one.
  public var methods: [ReconciliationMethod]
  /// For each level, the static columns of categories that the members of a sum share, or none for the
  /// sum of all series. Nil is the sum of all series and each column that is a level.
  public var groupings: [[String]]?
  /// The name of the level from which ``ReconciliationMethod/middleOut`` starts, such as `state`, or nil
  /// for the one in the middle.
  public var middleLevel: String?
  /// The season length of the scaled errors, in steps, or nil to derive it from the frequency.
  public var seasonLength: Int?
  /// The number of past windows before the held-out steps whose errors are used, or nil for 4, or as many
  /// as the panel allows. It is raised to the number that the methods and the quantiles need.
  public var windowCount: Int?
  /// The levels of the quantiles to forecast, ascending between 0 and 1, or an empty array for none.
  public var quantileLevels: [Double] = []
  /// The weights of the series in the scores of levels.
  public var weights = SeriesWeights.sales
  /// The source of the days on which the shop is closed.
  public var closings = ClosingSource.panel
  /// How to handle series that a model cannot forecast.
  public var shortSeries = ShortSeriesPolicy.fallBack

  /// Creates a run. Stops the program if the horizon is less than 1 or there is no method.
  public init(horizon: Int, methods: [ReconciliationMethod] = [.wlsVariance]) {
    guard horizon >= 1, !methods.isEmpty else {
      fatalError(
        "ReconciliationRun: expected a horizon of at least 1 and a method, got \(horizon) and "
          + "\(methods.count)")
    }
    (self.horizon, self.methods) = (horizon, methods)
  }

  /// Forecasts all levels by a combination of models, and reconciles the forecasts.
  ///
  /// - Parameters:
  ///   - models: The models, at least one.
  ///   - panel: The panel with all known data.
  /// - Throws: `ReconciliationError` if the panel is too short or lacks the middle level,
  ///   `CovariateError` if a column doesn't exist or contains numbers, `ForecastError` if a series can't be
  ///   forecast and the policy is to reject such series, and errors of forecasting.
  public func callAsFunction(
    _ models: [any Forecaster], on panel: Panel
  ) throws -> ReconciliationResults {
    var selection = ForecastRun(horizon: horizon)
    (selection.shortSeries, selection.closings) = (shortSeries, closings)
    let (panel, leftOut) = try selection.selected(of: panel, for: models.map { .untrained($0) })
    let holdOut = try HoldOut(panel, horizon: horizon, seasonLength: seasonLength)
    let windows = try windowCount(for: panel)
    let groupings = (groupings ?? panel.levelGroupings).reduce(into: [[String]]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    guard !groupings.isEmpty else {
      fatalError("ReconciliationRun: expected at least one grouping, got none")
    }
    let hierarchy = try Hierarchy(of: holdOut, groupings: groupings, weights: weights)
    var aggregations: [Aggregation] = []
    for grouping in groupings { aggregations.append(try panel.aggregated(by: grouping)) }
    let sums = SeriesSums(
      seriesCount: panel.seriesCount, members: aggregations.flatMap(\.members))
    let levels = aggregations.ranges
    let middle = try middlePlace(among: sums.nestedLevels(levels), levels, hierarchy)
    let origins = (0...windows + 1).reversed().map { back in
      let end = panel.calendar.count - back * horizon
      return (end: end, closing: closings.closed(panel.slice(0..<end)).closing)
    }
    let base = try (aggregations.map(\.panel) + [panel]).map {
      try BaseForecasts(
        of: models, on: $0, origins: origins, horizon: horizon, seasonLength: holdOut.seasonLength)
    }
    func forecasts(
      _ name: String, _ method: ReconciliationMethod?, _ stage: (_ origin: Int) throws -> [Forecast]
    ) throws -> LevelForecasts {
      func named(_ forecasts: [Forecast]) -> [LevelForecasts.Level] {
        zip(hierarchy.levels, forecasts).map { LevelForecasts.Level(name: $0.name, forecast: $1) }
      }
      return LevelForecasts(
        name, method, heldOut: named(try stage(windows)), next: named(try stage(windows + 1)),
        on: holdOut, over: hierarchy)
    }
    let stages = (windows...windows + 1).map { origin in
      let closing = origins[origin].closing
      return ReconciledStage(
        sums: sums, levels: levels, forecasts: base.map { $0.forecasts[origin] },
        histories: base.map { $0.histories[origin] },
        errors: origin == 0 ? [] : base.flatMap { $0.errors(of: 0..<origin) },
        closedErrors: (origins[0].end..<origins[origin].end).map {
          closing.isClosed($0, of: panel.calendar)
        })
    }
    return ReconciliationResults(
      holdOut: holdOut, leftOut: leftOut, hierarchy: hierarchy, windowCount: windows + 1,
      base: try forecasts("Base", nil) { origin in base.map { $0.forecasts[origin] } },
      reconciled: try methods.map { method in
        try forecasts(method.name, method) { origin in
          try stages[origin - windows].reconciled(
            by: method, middle: middle, quantileLevels: quantileLevels)
        }
      })
  }

  /// Returns the number of windows before the held-out steps.
  private func windowCount(for panel: Panel) throws(ReconciliationError) -> Int {
    let steps = panel.calendar.count
    let least = leastWindowCount
    // A window is forecast from at least as many steps as it has.
    let largest = steps / horizon - 2
    let count = max(windowCount ?? min(least == 0 ? 0 : 4, largest), least)
    guard count <= largest else {
      throw .tooFewSteps(steps, needed: (count + 2) * horizon, windows: count)
    }
    return count
  }

  /// The smallest number of windows: a covariance takes three errors, and quantiles more than one path.
  private var leastWindowCount: Int {
    if !quantileLevels.isEmpty || methods.contains(.mintShrinkage) {
      return max(quantileLevels.isEmpty ? 1 : 2, (3 + horizon - 1) / horizon)
    }
    return methods.contains(where: \.needsErrors) ? 1 : 0
  }

  /// Returns the place of the middle level among the nested ones.
  private func middlePlace(
    among nested: [Range<Int>], _ levels: [Range<Int>], _ hierarchy: Hierarchy
  ) throws(ReconciliationError) -> Int {
    guard let middleLevel else { return nested.count / 2 }
    let names = nested.map { hierarchy.levels[levels.firstIndex(of: $0)!].name }
    guard let place = names.firstIndex(of: middleLevel) else {
      throw .noSuchLevel(middleLevel, levels: names)
    }
    return place
  }
}

extension [Aggregation] {
  /// The range of the sums of each level.
  fileprivate var ranges: [Range<Int>] {
    var end = 0
    return map { aggregation in
      defer { end += aggregation.members.count }
      return end..<end + aggregation.members.count
    }
  }
}
