import Forecasting
import Testing

/// Figures of NumPy:
///
///     t, k = np.arange(11), np.arange(5)[:, None]
///     y = (3.0 * t + 2 * k + t * t * (k + 1)) % 7; y[1, :4] = 0
///     price = 1.5 + k + t % 2
///     past, actual = y[:, :8], y[:, 8:]
///     forecast = actual + np.array([1, -0.5, 2]) * (k + 1) / 2
///     state, category = np.array([0, 0, 1, 1, 1]), np.array([0, 1, 0, 1, 1])
///     weight = (past * price[:, :8])[:, -3:].sum(1)
///     def groups(*columns):
///         keys = list(zip(*columns))
///         return np.array([[k == other for other in keys] for k in dict.fromkeys(keys)], float)
///     scores = [] for S in [groups([0] * 5), groups(state), groups(category), groups(state,
///     category), np.eye(5)]:
///         error = 0
///         for history, future, guess, w in zip(S @ past, S @ actual, S @ forecast, S @ weight):
///             since = history[np.flatnonzero(history)[0]:]
///             scale = (np.diff(since) ** 2).mean()
///             error += w / weight.sum() * np.sqrt(((guess - future) ** 2).mean() / scale)
///         scores.append(error)
///     p, offset, loss = [0.25, 0.5, 0.75], [-1.0, 0.25, 0.75], 0
///     for history, future, guess, w in zip(past, actual, forecast, weight):
///         since = history[np.flatnonzero(history)[0]:]
///         d = [future - guess - o for o in offset]
///         pinball = [np.maximum(q * e, (q - 1) * e).mean() for q, e in zip(p, d)]
///         loss += w / weight.sum() * np.mean(pinball) / np.abs(np.diff(since)).mean()
@Suite struct HierarchyTests {
  private static let groupings = [[], ["state"], ["category"], ["state", "category"]]
  private static let scores = [
    2.320194125768359, 1.7338939330877006, 1.6026067944212792, 1.4550247516233898,
    0.7923591213545061,
  ]

  private static let panel: Panel = {
    let steps = 0..<11
    let series = (0..<5).map { k in
      Series(
        id: "p\(k)",
        values: steps.map { t in
          k == 1 && t < 4 ? 0 : Double((3 * t + 2 * k + t * t * (k + 1)) % 7)
        })
    }
    let prices = (0..<5).flatMap { k in steps.map { t in 1.5 + Double(k + t % 2) } }
    return Panel(
      calendar: RegularCalendar(start: CalendarDate(dayNumber: 30), count: 11), series: series
    )
    .adding(level: "state", ["x", "x", "y", "y", "y"])
    .adding(level: "category", ["s", "t", "s", "t", "t"])
    .adding(past: "price", .numbers(prices))
  }()

  private static func forecast(of holdOut: HoldOut, quantiles: Bool = false) throws -> Forecast {
    let errors = [1, -0.5, 2.0]
    let values = (0..<5).flatMap { k in
      (0..<3).map { holdOut.actual.series(at: k).value(at: $0)! + errors[$0] * Double(k + 1) / 2 }
    }
    return try Forecast(
      ids: holdOut.history.ids, calendar: holdOut.actual.calendar, values: values,
      quantiles: quantiles
        ? Quantiles(
          levels: [0.25, 0.5, 0.75], values: values.flatMap { [$0 - 1, $0 + 0.25, $0 + 0.75] })
        : nil)
  }

  @Test func agreesWithTheDefinitionOfM5() throws {
    let holdOut = try HoldOut(Self.panel, horizon: 3)
    let hierarchy = try Hierarchy(
      of: holdOut, groupings: Self.groupings, weights: .revenue(price: "price"))
    let evaluation = holdOut.evaluate(
      try Self.forecast(of: holdOut, quantiles: true), over: hierarchy)
    #expect(
      evaluation.levels.map(\.name) == ["Total", "state", "category", "state/category", "series"])
    for (level, expected) in zip(evaluation.levels, Self.scores) {
      #expect(abs(level.scores.wrmsse! - expected) < 1e-12, "\(level.name)")
    }
    #expect(abs(evaluation.overall.wrmsse! - 1.580815745251047) < 1e-12)
    // Sums of quantiles are no quantiles of sums: only the series have them.
    #expect(
      evaluation.levels.map { $0.scores.weightedScaledPinball == nil } == [
        true, true, true, true, false,
      ])
    #expect(abs(evaluation.overall.weightedScaledPinball! - 0.3714903846153846) < 1e-12)
  }

  @Test func levelsAreTheDefaultAndWeightsMayBeGiven() throws {
    let holdOut = try HoldOut(Self.panel, horizon: 3)
    let forecast = try Self.forecast(of: holdOut)
    let revenues = [20, 23.5, 45.5, 44, 29.5]
    let given = try Hierarchy(of: holdOut, weights: .given(revenues))
    let evaluation = holdOut.evaluate(forecast, over: given)
    #expect(evaluation.levels.map(\.name) == ["Total", "state", "category", "series"])
    let expected = Self.scores.enumerated().filter { $0.offset != 3 }.map(\.element)
    for (level, expected) in zip(evaluation.levels, expected) {
      #expect(abs(level.scores.wrmsse! - expected) < 1e-12, "\(level.name)")
    }
    let sales = try SeriesWeights.sales.values(of: holdOut.history, last: 3)
    #expect(sales.map { ($0 * 41).rounded() } == [10, 7, 11, 8, 5])
    #expect(
      try SeriesWeights.equal.values(of: holdOut.history, last: 3) == [0.2, 0.2, 0.2, 0.2, 0.2])
  }

  /// A member that was not observed counts neither in what came nor in the forecast.
  @Test func sumsAreOverTheObservedMembers() throws {
    let panel = Self.panel.mapSeries { series in
      var states = Array(series.states)
      if series.id == "p3" { states[9] = .gap }
      if series.id == "p4" { states[9] = .stockOut }
      return Series(id: series.id, values: Array(series.values), states: states)
    }
    let complete = try HoldOut(Self.panel, horizon: 3)
    let holdOut = try HoldOut(panel, horizon: 3)
    let hierarchy = try Hierarchy(of: holdOut, groupings: [["state"]])
    let scores = try hierarchy.scores(of: Self.forecast(of: complete))[0].scores
    // The errors of a step are 1, -0.5 and 2 times 1.5 in x and 6 in y, or 1.5 in y on the second
    // day.
    #expect(scores.count == 6)
    #expect(abs(scores.mae! - (1.5 * 3.5 + 6 + 0.75 + 12) / 6) < 1e-12)
  }

  @Test func aStepWithSalesNeedsAPrice() throws {
    let prices: [Double?] = (0..<55).map { $0 == 11 * 2 + 6 ? nil : 2 }
    let panel = Self.panel.removing(["price"]).adding(past: "price", .numbers(prices))
    let holdOut = try HoldOut(panel, horizon: 3)
    #expect(throws: CovariateError.self) {
      try Hierarchy(of: holdOut, weights: .revenue(price: "price"))
    }
    #expect(throws: CovariateError.self) {
      try Hierarchy(of: holdOut, weights: .revenue(price: "cost"))
    }
  }
}
