import Forecasting
import Testing

/// Figures of utilsforecast 0.2.17 and scikit-learn 1.9.1:
///
///     days = pd.date_range("2024-01-01", periods=20)
///     train = pd.concat([
///         pd.DataFrame({"unique_id": "a", "ds": days[:17],
///                       "y": [float((7 * t * t + 3 * t) % 11) for t in range(17)]}),
///         pd.DataFrame({"unique_id": "b", "ds": days[:17],
///                       "y": [(5 * t + t // 7) % 13 + 0.5 for t in range(17)]}),
///     ])
///     test = pd.DataFrame({"unique_id": ["a"] * 3 + ["b"] * 2,
///                          "ds": list(days[17:]) + [days[17], days[19]],
///                          "y": [4.0, 0.0, 9.0, 2.5, 7.5], "m": [5.5, 0.0, 6.0, 4.0, 7.0]})
///     levels = [0.05, 0.1, 0.5, 0.9, 0.95]
///     for q, o in zip(levels, [-3.25, -1.5, -0.25, 2.0, 2.5]): test[f"q{q}"] = test.m + o
///     test["m-lo-80"], test["m-hi-80"] = test["q0.1"], test["q0.9"]
///     test["m-lo-90"], test["m-hi-90"] = test["q0.05"], test["q0.95"]
///     cols = {"m": [f"q{q}" for q in levels]}
///     for frame in (test, test.assign(unique_id="all")):
///         mape(frame, models=["m"])
///         for q in levels: quantile_loss(frame, {"m": f"q{q}"}, q=q)
///         mqloss(frame, cols, np.array(levels)); scaled_crps(frame, cols, np.array(levels))
///         for l in (80, 90): coverage(frame, ["m"], l); winkler_score(frame, ["m"], l)
///     since = train[(train.y != 0).groupby(train.unique_id).cummax()]
///     scaled_mqloss(test, cols, np.array(levels), 1, since)
///     naive = train.assign(m=train.groupby("unique_id").y.shift(7)).dropna()
///     scale = mae(naive, ["m"]).sort_values("unique_id").m.to_numpy()
///     for l in (80, 90): winkler_score(test, ["m"], l).sort_values("unique_id").m / scale
///     for q in levels: mean_pinball_loss(test.y, test[f"q{q}"], alpha=q)
///     mean_absolute_percentage_error(*test[test.unique_id == "b"][["y", "m"]].to_numpy().T)
@Suite struct QuantileScoreTests {
  private static let levels = [0.05, 0.1, 0.5, 0.9, 0.95]
  private static let offsets = [-3.25, -1.5, -0.25, 2.0, 2.5]

  private static func evaluation(quantiles: Bool = true) throws -> Evaluation {
    let start = CalendarDate(year: 2024, month: 1, day: 1)!
    let quadratic = (0..<17).map { (t: Int) -> Double? in Double((7 * t * t + 3 * t) % 11) }
    let linear = (0..<17).map { (t: Int) -> Double? in Double((5 * t + t / 7) % 13) + 0.5 }
    let history = Panel(
      calendar: RegularCalendar(start: start, count: 17),
      series: [
        Series(id: "a", values: quadratic), Series(id: "b", values: linear),
      ])
    let steps = RegularCalendar(start: history.calendar.end, count: 3)
    let actual = Panel(
      calendar: steps,
      series: [Series(id: "a", values: [4, 0, 9]), Series(id: "b", values: [2.5, nil, 7.5])])
    // The second day of b is a gap: what was forecast for it counts for nothing.
    let values: [Double] = [5.5, 0, 6, 4, 1000, 7]
    let quantileValues = values.flatMap { value in offsets.map { value + $0 } }
    let forecast = try Forecast(
      ids: ["a", "b"], calendar: steps, values: values,
      quantiles: quantiles ? Quantiles(levels: levels, values: quantileValues) : nil)
    return Evaluation(of: forecast, against: actual, scaledBy: history, seasonLength: 7)
  }

  @Test func agreesWithUtilsforecastForEachSeries() throws {
    let series = try Self.evaluation().series.map(\.scores)
    func expect(
      _ value: (Scores) -> Double?, _ expected: [Double],
      sourceLocation: SourceLocation = #_sourceLocation
    ) {
      for (scores, expected) in zip(series, expected) {
        let error = abs((value(scores) ?? .infinity) - expected)
        #expect(error < 1e-12, "\(expected)", sourceLocation: sourceLocation)
      }
    }
    expect(\.mape, [0.35416666666666663, 0.3333333333333333])
    expect({ $0.pinball(at: 0.05) }, [0.1875, 0.1375])
    expect({ $0.pinball(at: 0.1) }, [0.20000000000000004, 0.1])
    expect({ $0.pinball(at: 0.5) }, [0.7916666666666666, 0.5])
    expect({ $0.pinball(at: 0.9) }, [0.48333333333333334, 0.24999999999999994])
    expect({ $0.pinball(at: 0.95) }, [0.2666666666666668, 0.15000000000000013])
    expect(\.meanPinball, [0.38583333333333336, 0.22750000000000004])
    expect(\.crps, [2 * 0.38583333333333336, 2 * 0.22750000000000004])
    expect(\.weightedQuantileLoss, [0.1780769230769231, 0.09100000000000001])
    expect({ $0.coverage(of: 0.8) }, [2.0 / 3, 1])
    expect({ $0.coverage(of: 0.9) }, [2.0 / 3, 1])
    expect({ $0.width(of: 0.8) }, [3.5, 3.5])
    expect({ $0.width(of: 0.9) }, [5.75, 5.75])
    expect({ $0.msis(of: 0.8) }, [2.0098039215686274, 0.6862745098039216])
    expect({ $0.msis(of: 0.9) }, [2.6715686274509807, 1.1274509803921569])
    expect(\.scaledPinball, [0.07325949367088608, 0.03640000000000001])
  }

  @Test func poolsStepsAndAveragesScaledErrors() throws {
    let all = try Self.evaluation().overall
    func expect(
      _ value: Double?, _ expected: Double, sourceLocation: SourceLocation = #_sourceLocation
    ) {
      #expect(abs((value ?? .infinity) - expected) < 1e-12, sourceLocation: sourceLocation)
    }
    expect(all.mape, 0.34375)
    for (level, loss) in zip(Self.levels, [0.1675, 0.16, 0.675, 0.3899999999999999, 0.22]) {
      expect(all.pinball(at: level), loss)
    }
    expect(all.meanPinball, 0.3225)
    expect(all.weightedQuantileLoss, 0.14021739130434785)
    expect(all.coverage(of: 0.8), 0.8)
    expect(all.msis(of: 0.8), (2.0098039215686274 + 0.6862745098039216) / 2)
    expect(all.scaledPinball, (0.07325949367088608 + 0.03640000000000001) / 2)
    #expect(all.levels == Self.levels)
    #expect(all.pinball(at: 0.2) == nil && all.coverage(of: 0.5) == nil)
  }

  @Test func eachStepOfTheHorizonHasScores() throws {
    let evaluation = try Self.evaluation()
    let steps = evaluation.steps
    #expect(steps.map(\.count) == [2, 1, 2])
    #expect(steps.map(\.mae) == [1.5, 0, 1.75])
    let last: Double = (1.0 / 3 + 0.5 / 7.5) / 2
    #expect(steps.map(\.mape) == [0.4875, nil, last])
    // The value 9 lies outside of the interval from 4.5 to 8.
    #expect(steps.map { $0.coverage(of: 0.8) } == [1, 1, 0.5])
    var pooled = Scores()
    for step in steps { pooled.add(step) }
    #expect(pooled.count == evaluation.overall.count)
    #expect(abs(pooled.meanPinball! - evaluation.overall.meanPinball!) < 1e-12)
  }

  @Test func seriesArePooledByCategory() throws {
    let evaluation = try Self.evaluation()
    let calendar = RegularCalendar(start: CalendarDate(dayNumber: 0), count: 1)
    let panel = Panel(
      calendar: calendar,
      series: ["a", "b"].map { Series(id: $0, values: [1]) }
    ).adding(static: "color", .categories(["red", nil]))
    let groups = try evaluation.series.groups(by: panel.staticCovariate("color"))
    #expect(groups.map(\.name) == ["red", "(unknown)"])
    #expect(groups.map(\.scores) == evaluation.series.map(\.scores))
  }

  @Test func tablesShowQuantilesWhereThereAreSome() throws {
    let points = try Self.evaluation(quantiles: false).overall
    let quantiles = try Self.evaluation().overall
    #expect(points.meanPinball == nil && points.coverage(of: 0.8) == nil && points.levels == [])
    func names(_ scores: [Scores], _ detail: Metric.Detail) -> [String] {
      Metric.all(for: scores, detail: detail).map(\.name)
    }
    let summary = ["MAE", "RMSE", "WAPE", "MASE", "RMSSE", "sMAPE", "Bias"]
    #expect(names([points], .summary) == summary)
    #expect(
      names([points, quantiles], .summary) == summary + ["WQL", "Coverage 90", "Coverage 80"])
    #expect(
      names([points], .page)
        == ["MAE", "RMSE", "WAPE", "MASE", "RMSSE", "MAPE", "sMAPE", "Bias"])
    #expect(
      names([quantiles], .file).dropFirst(8) == [
        "WQL", "Pinball", "CRPS", "SPL", "Coverage 90", "Coverage 80", "Width 90", "Width 80",
        "MSIS 90", "MSIS 80", "Pinball q5", "Pinball q10", "Pinball q50", "Pinball q90",
        "Pinball q95",
      ])
    let coverage = Metric.coverage(of: 0.8)
    #expect(coverage.text(of: quantiles) == "80.00 %" && coverage.text(of: points) == "–")
    #expect(coverage.cost(of: quantiles)! < 1e-12)
  }
}
