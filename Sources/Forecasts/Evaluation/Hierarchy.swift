/// The levels of a hierarchy over held-out steps: sums of series, with their history and weights.
///
/// ```swift
/// let holdOut = try HoldOut(panel, horizon: 28)
/// let hierarchy = try Hierarchy(
///   of: holdOut, groupings: [[], ["state"], ["state", "department"]],
///   weights: .revenue(price: "price"))
/// let forecast = try ThetaForecaster().forecast(from: holdOut.history, horizon: 28)
/// let evaluation = holdOut.evaluate(forecast, over: hierarchy)
/// print(evaluation.overall.wrmsse ?? .nan, evaluation.levels.map(\.name))
/// ```
///
/// At each step, a sum includes the members that were observed, in the forecast as in the actual
/// values.
public struct Hierarchy: Sendable {
  /// Sums of series that agree in some columns.
  public struct Level: Sendable {
    /// The columns, joined by slashes. It is `Total` for the sum of all series, and `series` for
    /// the series themselves.
    public let name: String
    /// The history and the actual values of the sums.
    public let holdOut: HoldOut
    /// The weights of the sums, each at least 0.
    public let weights: [Double]
    /// The indices of the members of each sum.
    let members: [[Int]]
    let observed: [ObservedSteps]
  }

  /// The name of the level of the series themselves.
  public static let seriesLevel = "series"

  /// The levels, in the order of the groupings, followed by that of the series themselves.
  public let levels: [Level]

  /// Creates the levels of a hierarchy.
  ///
  /// - Parameters:
  ///   - holdOut: The history and the actual values of the series.
  ///   - groupings: For each level, the static columns of categories that the members of a sum
  ///     share, or none for the sum of all series. The default is the sum of all series, and each
  ///     column that is a level.
  ///   - weights: The weights of the series. The weight of a sum is the sum of its members'
  ///     weights.
  /// - Throws: `CovariateError` if a column doesn't exist or contains numbers.
  public init(
    of holdOut: HoldOut, groupings: [[String]]? = nil, weights: SeriesWeights = .sales
  ) throws(CovariateError) {
    let history = holdOut.history
    let groupings = groupings ?? history.levelGroupings
    let weights = try weights.values(of: history, last: holdOut.horizon)
    let observed = holdOut.actual.eachSeries.map { ObservedSteps($0, of: holdOut.horizon) }
    var levels: [Level] = []
    for grouping in groupings {
      levels.append(
        Level(
          try history.aggregated(by: grouping), of: holdOut,
          name: Self.name(of: grouping), weights: weights, observed: observed))
    }
    self.levels =
      levels + [
        Level(
          name: Self.seriesLevel, holdOut: holdOut, weights: weights,
          members: history.ids.indices.map { [$0] }, observed: observed)
      ]
  }

  /// Returns the name of the level of a grouping.
  static func name(of grouping: [String]) -> String {
    grouping.isEmpty ? "Total" : grouping.joined(separator: "/")
  }

  /// Returns the scores of a forecast at each level. The WRMSSE and the weighted scaled pinball
  /// loss of a level are weighted means over its sums.
  ///
  /// - Parameters:
  ///   - forecast: The forecast of the series.
  ///   - sums: The forecasts of the sums of a level, by the level's name. For other levels, the
  ///     forecast is summed, without quantiles: sums of quantiles aren't quantiles of sums.
  public func scores(
    of forecast: Forecast, sums: [String: Forecast] = [:]
  ) -> [NamedScores] {
    scores(ofLevels: levels.map { sums[$0.name] ?? $0.forecast(from: forecast) })
  }

  /// Returns the scores of a forecast for each level.
  func scores(ofLevels forecasts: [Forecast]) -> [NamedScores] {
    zip(levels, forecasts).map { level, forecast in
      let evaluation = level.holdOut.evaluate(forecast, weights: level.weights)
      return NamedScores(name: level.name, scores: evaluation.overall)
    }
  }
}

extension Panel {
  /// The grouping of all series, and that of each column that is a level.
  package var levelGroupings: [[String]] {
    [[]] + staticCovariates.filter(\.isLevel).map { [$0.name] }
  }
}

extension Hierarchy.Level {
  fileprivate init(
    _ aggregation: Aggregation, of holdOut: HoldOut, name: String, weights: [Double],
    observed: [ObservedSteps]
  ) {
    let actual = holdOut.actual
    let sums = zip(aggregation.panel.ids, aggregation.members).map { id, members in
      Series(
        id: id,
        values: (0..<holdOut.horizon).map { step in
          let values = members.compactMap { observed[$0].values[step] }
          return values.isEmpty ? nil : values.reduce(0, +)
        })
    }
    self.init(
      name: name,
      holdOut: HoldOut(
        history: aggregation.panel, actual: Panel(calendar: actual.calendar, series: sums),
        seasonLength: holdOut.seasonLength),
      weights: aggregation.members.map { members in members.reduce(0) { $0 + weights[$1] } },
      members: aggregation.members, observed: observed)
  }

  /// Returns the sums of the forecasts of the members that were observed.
  fileprivate func forecast(from forecast: Forecast) -> Forecast {
    guard holdOut.history.ids != forecast.ids else { return forecast }
    let values = members.flatMap { members in
      (0..<forecast.horizon).map { step in
        members.reduce(0) { sum, index in
          observed[index].values[step] == nil
            ? sum : sum + forecast.values[index * forecast.horizon + step]
        }
      }
    }
    return Forecast(sums: values, of: holdOut.history.ids, calendar: forecast.calendar)
  }
}

/// The values of the held-out steps of a series, or nil if a step was not observed.
struct ObservedSteps: Sendable {
  let values: [Double?]

  init(_ series: Series, of horizon: Int) {
    values = (0..<horizon).map { series.value(at: $0) }
  }
}
