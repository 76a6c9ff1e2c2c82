import Forecasts

/// A page that shows forecasts with the history and the actual values, for the total and for
/// selected series, and the scores of every model.
///
/// The page is a single file: its style, script, data, and charts are inline, and it makes no
/// network requests. Without its script, it shows all charts, one below the other.
public struct ForecastPage: Sendable {
  /// The page's title.
  public var title: String
  /// The names of series on the page, by id. The page shows the id of a series without an entry.
  public var names: [String: String] = [:]
  /// The unit of the values, as it appears after a number, such as `units`.
  public var unit = "units"
  /// The season length of MASE and RMSSE, in steps.
  public var seasonLength: Int
  /// The number of steps of history in the charts. The default is a week of hours, 13 weeks of days or
  /// business days, or 91 longer steps.
  public var historyLength: Int
  /// The maximum number of series with a chart. The series with the largest volume in the displayed
  /// history are chosen. Each chart adds about 15 kB to the page.
  public var seriesLimit = 60

  /// A sentence below the summary, or nil for none.
  var notice: String?
  /// The parts below the charts.
  var further: [ChartPage.Part] = []

  private let history: Panel
  private let actual: Panel?
  private let models: [ModelForecast]

  /// Creates a page about the forecasts of several models.
  ///
  /// All forecasts and `actual` must have the series of `history` and the steps that directly follow
  /// it. Stops the program if they don't, or if there are no models.
  ///
  /// - Parameters:
  ///   - title: The title of the page.
  ///   - history: The history that the models forecast from.
  ///   - actual: The actual values of the forecast steps, or nil if they are unknown.
  ///   - models: The forecasts. The page is about the first one, and the others are baselines.
  ///   - seasonLength: The season length in steps, or nil to derive it from the frequency.
  public init(
    title: String, history: Panel, actual: Panel?, models: [ModelForecast],
    seasonLength: Int? = nil
  ) {
    guard let calendar = models.first?.forecast.calendar else {
      fatalError("ForecastPage: expected at least one model, got none")
    }
    let idsAgree =
      models.allSatisfy { $0.forecast.ids == history.ids }
      && (actual.map { $0.ids == history.ids } ?? true)
    let stepsAgree =
      models.allSatisfy { $0.forecast.calendar == calendar }
      && (actual.map { $0.calendar == calendar } ?? true)
      && calendar.follows(history.calendar)
    guard idsAgree, stepsAgree else {
      fatalError(
        "ForecastPage: expected forecasts and actual values of the history's series, on the same "
          + "steps, from \(history.calendar.label(at: history.calendar.count)) on")
    }
    self.title = title
    self.history = history
    self.actual = actual
    self.models = models
    self.seasonLength = seasonLength ?? history.calendar.frequency.seasonLength
    historyLength =
      switch history.calendar.frequency {
      case .hour: 168
      case .businessDay: 65
      default: 91
      }
  }

  /// Returns the page as HTML.
  public func html() -> String {
    HTML.page(title: title, style: .pageStyle, body: body)
  }
}

// MARK: - The parts of the page

extension ForecastPage {
  private var body: HTML {
    let charted = chartedIndices
    let figures = [totalFigure] + charted.map(seriesFigure)
    return .element(
      "body", [:],
      [
        .element(
          "header", [:],
          [.element("h1", text: title), .element("p", text: summary)]
            + (notice.map { [.element("p", ["class": "notice"], text: $0)] } ?? [])),
        .element(
          "main", [:],
          [
            scoreSection,
            .element(
              "section", ["aria-labelledby": "charts"],
              [
                .element("h2", ["id": "charts"], text: chartHeading),
                chooser(charted),
              ] + figures.map(\.html)),
          ] + further.map(\.html)),
        .element("footer", [:], [scoreDefinitions]),
        .element("script", [:], [.trusted(PageResource.pageScript)]),
      ])
  }

  private var summary: String {
    let calendar = models[0].forecast.calendar
    let last = calendar.label(at: calendar.count - 1)
    let forecastSteps = steps(calendar.count)
    let count = "\(history.seriesCount) series"
    return
      "\(count), \(forecastSteps) forecast: \(calendar.label(at: 0)) to \(last), from a history of "
      + "\(steps(history.calendar.count)) since \(history.calendar.label(at: 0))."
  }

  /// Returns a number of steps as text, such as `28 days` or `1 week`.
  private func steps(_ count: Int) -> String { count.counted(history.calendar.frequency.unit) }

  private var chartHeading: String {
    actual == nil ? "History and forecast" : "Actual against forecast"
  }

  private func chooser(_ charted: [Int]) -> HTML {
    let options =
      [HTML.element("option", ["value": "0"], text: Self.totalName)]
      + charted.enumerated().map { place, index in
        .element("option", ["value": "\(place + 1)"], text: displayName(history.ids[index]))
      }
    let omitted = history.seriesCount - charted.count
    return .element(
      "p", ["class": "chooser"],
      [
        .element("label", ["for": "choice"], text: "Show"), HTML(text: " "),
        .element("select", ["id": "choice"], options),
        .element(
          "span", ["class": "hint"],
          text: omitted > 0
            ? " the \(charted.count) largest of \(history.seriesCount) series"
            : ""),
      ])
  }

  private func displayName(_ id: String) -> String {
    names[id].map { "\($0) (\(id))" } ?? id
  }

  /// The indices of the series with a chart, sorted by recent volume, largest first.
  private var chartedIndices: [Int] {
    let shown = history.suffix(min(max(0, historyLength), history.calendar.count))
    let volumes = shown.ids.indices.map { index in
      shown.series(at: index).values.reduce(0) { $0 + abs($1) }
    }
    let order = volumes.indices.sorted {
      volumes[$0] != volumes[$1] ? volumes[$0] > volumes[$1] : $0 < $1
    }
    return Array(order.prefix(max(0, seriesLimit)))
  }
}

// MARK: - Scores

extension ForecastPage {
  private var scoreSection: HTML {
    guard let actual else { return HTML([]) }
    let evaluations = models.map { evaluation(of: $0, against: actual) }
    let rows = zip(models, evaluations).map { ScoreTable.Row($0.name, $1.overall) }
    return .element(
      "section", ["aria-labelledby": "scores"],
      [
        .element(
          "h2", ["id": "scores"], text: "Scores on the held-out \(history.calendar.frequency.units)"
        )
      ]
        + [ScoreTable(caption: "All series; the best of each column is marked.", rows: rows).html()]
        + (verdict(evaluations).map { [.element("p", ["class": "verdict"], text: $0)] } ?? [])
        + evaluations[0].notes.map { .element("p", ["class": "hint"], text: $0) })
  }

  /// Returns the scores that come with a forecast or, if it has none, computes them.
  private func evaluation(of model: ModelForecast, against actual: Panel) -> Evaluation {
    model.evaluation
      ?? Evaluation(
        of: model.forecast, against: actual, scaledBy: history, seasonLength: seasonLength)
  }

  /// Returns a comparison of the first model with the best of the others.
  private func verdict(_ evaluations: [Evaluation]) -> String? {
    let others = zip(models, evaluations).dropFirst().compactMap { model, evaluation in
      evaluation.overall.mase.map { (model.name, $0) }
    }
    guard let mase = evaluations[0].overall.mase, let best = others.min(by: { $0.1 < $1.1 }),
      best.1 > 0
    else { return nil }
    let change = (1 - mase / best.1) * 100
    let direction = change >= 0 ? "below" : "above"
    return "\(models[0].name): a MASE \(abs(change).fixed(1)) % \(direction) that of "
      + "\(best.0), the best of the others."
  }

  private var scoreDefinitions: HTML {
    guard let actual else { return HTML([]) }
    let evaluations = models.map { evaluation(of: $0, against: actual) }
    let metrics = Metric.all(for: evaluations.map(\.overall), detail: .page)
    let season = steps(evaluations[0].scaleSeasonLength)
    return HTML([
      .element("h2", text: "How to read the scores"),
      .element("p", text: Self.directions(metrics)),
      .element(
        "dl", [:],
        metrics.flatMap { metric in
          [
            .element("dt", text: metric.name),
            .element("dd", text: metric.definition(unit: unit, season: season)),
          ]
        }),
    ])
  }
}

extension ForecastPage {
  /// Returns a sentence about which values of the metrics are better.
  private static func directions(_ metrics: [Metric]) -> String {
    let nearer = metrics.compactMap { metric -> String? in
      guard case .nearer(let best) = metric.direction else { return nil }
      let target = best == 0 ? "0" : "\((best * 100).fixed(1)) %"
      return "for \(metric.name), nearer to \(target)"
    }
    return (["Lower is better"] + nearer).joined(separator: "; ") + "."
  }
}

// MARK: - Figures

extension ForecastPage {
  private var totalFigure: SeriesFigure {
    figure(
      id: "", name: Self.totalName, history: history.total(), actual: actual?.total(),
      forecast: { $0.total() })
  }

  private func seriesFigure(_ index: Int) -> SeriesFigure {
    figure(
      id: history.ids[index], name: displayName(history.ids[index]),
      history: history.selecting([index]), actual: actual?.selecting([index]),
      forecast: { $0.selecting([index]) })
  }

  private func figure(
    id: String, name: String, history: Panel, actual: Panel?,
    forecast: (Forecast) -> Forecast
  ) -> SeriesFigure {
    SeriesFigure(
      id: id, name: name, unit: unit, seasonLength: seasonLength,
      historyLength: min(max(0, historyLength), history.calendar.count), history: history,
      actual: actual,
      models: models.map { .init(name: $0.name, forecast: forecast($0.forecast)) })
  }

  private static let totalName = "Total of all series"
}
