/// A forecast of a season: of each series, of categories, and of their total, with the growth over last
/// year.
///
/// ```swift
/// var run = SeasonRun(try Season(from: firstDay, to: lastDay))
/// run.columns = ["category"]
/// let results = try run([ETSForecaster(), LastYearForecaster()], on: history)
/// print(results.totalRow.growth ?? .nan, results.largestRises(20).map(\.id))
/// ```
///
/// The series are forecast by a ``ForecastRun``, which combines all models. So are the categories and the
/// total, as series of their own, because their intervals don't follow from those of their members. The
/// series are then pulled towards the forecasts of their categories; see ``sumsWeight``. The forecast of a
/// category is the sum of its series, and its interval is that of the category's own forecast, scaled to
/// this sum.
public struct SeasonRun: Sendable {
  /// The season.
  public let season: Season
  /// The static columns of categories to forecast.
  public var columns: [String] = []
  /// The weight of the forecasts of categories (of the first column, or of the total without columns) in
  /// those of the series, from 0 to 1.
  public var sumsWeight = 0.5
  /// The levels of the interval of each sum, between 0 and 1.
  public var intervalLevels = 0.1...0.9
  /// The source of the days on which the shop is closed.
  public var closings = ClosingSource.panel
  /// How to handle series that a model cannot forecast.
  public var shortSeries = ShortSeriesPolicy.fallBack

  /// Creates a run.
  public init(_ season: Season) { self.season = season }

  /// Forecasts the season.
  ///
  /// - Parameters:
  ///   - models: The models, at least one, with a horizon up to the end of the season.
  ///   - history: The sales before the season.
  /// - Throws: `SeasonError` if the season doesn't follow the history, `CovariateError` if a column is not
  ///   one of categories, and what a ``ForecastRun`` throws.
  public func callAsFunction(
    _ models: [any Forecaster], on history: Panel
  ) throws -> SeasonResults {
    let span = try season.span(after: history.calendar)
    let (series, leftOut) = try bestForecast(of: history, by: models, span)
    let known = leftOut.isEmpty ? history : try history.selecting(ids: series.forecast.ids)
    let groups = try groups(of: known)
    let sums = known.aggregated(
      names: groups.map(\.rowName), members: groups.map(\.members)
    ).panel
    let (ofSums, _) = try bestForecast(of: sums, by: models, span)
    let pulled = try pulled(series, towards: ofSums, groups)
    return SeasonResults(
      season: season, span: span, intervalLevels: intervalLevels, history: known,
      model: series.name, forecast: pulled.slice(span.steps),
      total: try ofSums.forecast.selecting([0]).multiplied(toFit: pulled.total()).slice(span.steps),
      levels: levels(groups, ofSums, known, span, pulled: pulled, series: series),
      leftOut: leftOut)
  }

  /// Returns the recommended forecast of a panel up to the end of the season, with the sums over the season.
  private func bestForecast(
    of panel: Panel, by models: [any Forecaster], _ span: SeasonSpan
  ) throws -> (ModelForecast, leftOut: [String]) {
    var run = ForecastRun(horizon: span.horizon)
    run.shortSeries = shortSeries
    run.closings = closings
    run.combines = true
    run.quantileLevels = [intervalLevels.lowerBound, 0.5, intervalLevels.upperBound]
    run.sumLengths = [span.count]
    run.sumStart = span.lead
    let results = try run(models.map { .untrained($0) }, on: panel)
    return (results.models[results.recommended].next, results.leftOut)
  }

  /// Returns the forecast of the series, pulled towards that of the categories.
  private func pulled(
    _ series: ModelForecast, towards sums: ModelForecast, _ groups: [SeasonGroup]
  ) throws -> Forecast {
    let places = groups.indices.filter { groups[$0].column == columns.first }
    return try SumGroups(members: places.map { groups[$0].members })
      .reconciled(series.forecast, with: sums.forecast.selecting(places), weight: sumsWeight)
  }
}
