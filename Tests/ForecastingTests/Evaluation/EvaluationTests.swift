import Forecasting
import SalesTestSupport
import Testing
import TestSupport

@Suite struct EvaluationTests {
  /// Figures of utilsforecast 0.2.17:
  ///
  ///     days = pd.date_range("2024-01-01", periods=20)
  ///     train = pd.concat([
  ///         pd.DataFrame({"unique_id": "a", "ds": days[:17],
  ///                       "y": [(7 * t * t + 3 * t) % 11 for t in range(17)]}),
  ///         pd.DataFrame({"unique_id": "b", "ds": days[:17],
  ///                       "y": [(5 * t + t // 7) % 13 + 0.5 for t in range(17)]}),
  ///     ])
  ///     test = pd.DataFrame({"unique_id": ["a"] * 3 + ["b"] * 2,
  ///                          "ds": list(days[17:]) + [days[17], days[19]],
  ///                          "y": [4.0, 0.0, 9.0, 2.5, 7.5], "m": [5.5, 0.0, 6.0, 4.0, 7.0]})
  ///     for f in (mae, rmse, bias, wape, smape): f(test, models=["m"])
  ///     for f in (mase, rmsse): f(test, models=["m"], seasonality=7, train_df=train)
  ///     for f in (mae, rmse, bias, wape, smape): f(test.assign(unique_id="all"), models=["m"])
  @Test func agreesWithUtilsforecast() throws {
    let start = CalendarDate(year: 2024, month: 1, day: 1)!
    let quadratic: [Double?] = (0..<17).map { (t: Int) -> Double? in
      Double((7 * t * t + 3 * t) % 11)
    }
    let linear: [Double?] = (0..<17).map { (t: Int) -> Double? in Double((5 * t + t / 7) % 13) + 0.5
    }
    let history = Panel(
      calendar: RegularCalendar(start: start, count: 17),
      series: [
        Series(id: "a", values: quadratic), Series(id: "b", values: linear),
      ])
    let steps = RegularCalendar(start: history.calendar.end, count: 3)
    // The second day of b is a gap: what was forecast for it counts for nothing.
    let actual = Panel(
      calendar: steps,
      series: [Series(id: "a", values: [4, 0, 9]), Series(id: "b", values: [2.5, nil, 7.5])])
    let forecast = try Forecast(
      ids: ["a", "b"], calendar: steps, values: [5.5, 0, 6, 4, 1000, 7])
    let evaluation = Evaluation(
      of: forecast, against: actual, scaledBy: history, seasonLength: 7)

    let a = evaluation.series[0].scores
    let b = evaluation.series[1].scores
    expectClose([a.mae, b.mae], [1.5, 1.0])
    expectClose([a.rmse, b.rmse], [1.9364916731037085, 1.118033988749895])
    expectClose([a.bias, b.bias], [-0.5, 0.5])
    expectClose([a.wape, b.wape], [0.34615384615384615, 0.2])
    expectClose([a.smape, b.smape], [0.11929824561403508, 0.13262599469496023])
    expectClose([a.mase, b.mase], [0.4411764705882353, 0.19607843137254904])
    expectClose([a.rmsse, b.rmsse], [0.46692960477351775, 0.18556740475630137])
    let all = evaluation.overall
    #expect(all.count == 5)
    expectClose(
      [all.mae, all.rmse, all.bias, all.wape, all.smape],
      [1.3, 1.6583123951777, -0.1, 0.2826086956521739, 0.12462934524640515])
    // Means over the series.
    expectClose([all.mase], [(0.4411764705882353 + 0.19607843137254904) / 2])
    expectClose([all.rmsse], [(0.46692960477351775 + 0.18556740475630137) / 2])
    #expect(evaluation.unscaledSeriesCount == 0)
    #expect(evaluation.unobservedSeriesCount == 0)
  }

  /// Figures of utilsforecast 0.2.17 for the naive forecasts of the example file's last 28 days:
  ///
  ///     d = pd.read_csv("Examples/data/online-retail-daily.csv", parse_dates=["ds"],
  ///                     dtype={"unique_id": str})
  ///     days = pd.date_range(d.ds.min(), d.ds.max())
  ///     w = d.pivot(index="ds", columns="unique_id", values="y").reindex(days)
  ///     w = w.fillna(0).where(w.notna().cummax())
  ///     y = (w.melt(ignore_index=False, value_name="y").rename_axis("ds").reset_index()
  ///          .dropna().sort_values(["unique_id", "ds"]))
  ///     train, test = y[y.ds < days[-28]], y[y.ds >= days[-28]].copy()
  ///     test["Naive"] = test.unique_id.map(train.groupby("unique_id").y.last())
  ///     last = train.groupby("unique_id").tail(7)
  ///     season = last.assign(k=last.ds.dt.dayofweek).set_index(["unique_id", "k"]).y
  ///     test["SeasonalNaive"] = season.reindex(pd.MultiIndex.from_arrays(
  ///         [test.unique_id, test.ds.dt.dayofweek])).to_numpy()
  ///     m = ["Naive", "SeasonalNaive"]
  ///     for f in (mae, rmse, wape, smape, bias): f(test.assign(unique_id="all"), models=m)[m]
  ///     for f in (mase, rmsse): f(test, models=m, seasonality=7, train_df=train)[m].mean()
  @Test func agreesWithUtilsforecastOnTheExampleFile() throws {
    let panel = try LongTableReader().read(examplePath).panel
    let naive = try evaluation(of: NaiveForecaster(), on: panel)
    expectClose(
      [naive.mae, naive.rmse, naive.wape, naive.smape, naive.bias, naive.mase, naive.rmsse],
      [
        49.364285714285714, 117.69296718075181, 1.0261575391620679, 0.5391776114273727,
        2.994047619047619, 1.1587393284169367, 0.8118204879275851,
      ])
    let seasonal = try evaluation(of: SeasonalNaiveForecaster(), on: panel)
    expectClose(
      [
        seasonal.mae, seasonal.rmse, seasonal.wape, seasonal.smape, seasonal.bias, seasonal.mase,
        seasonal.rmsse,
      ],
      [
        49.93452380952381, 149.87198505645378, 1.0380113341087382, 0.4116085778522169,
        6.536904761904762, 1.0517339494041997, 0.8687648823176499,
      ])
  }

  @Test func whatIsUndefinedIsNilAndCounted() throws {
    let start = CalendarDate(dayNumber: 0)
    let history = Panel(
      calendar: RegularCalendar(start: start, count: 5),
      series: [
        Series(id: "constant", values: [3, 3, 3, 3, 3]),
        Series(id: "short", start: 4, values: [1]),
        Series(id: "gaps", values: [1, nil, 2, nil, 3]),
        Series(id: "unobserved", values: [1, 2, 1, 2, 3]),
        Series(id: "whole", values: [1, 2, 1, 2, 3]),
      ])
    let steps = RegularCalendar(start: history.calendar.end, count: 2)
    let actual = Panel(
      calendar: steps,
      series: [
        Series(id: "constant", values: [0, 0]), Series(id: "short", values: [1, 1]),
        Series(id: "gaps", values: [1, 1]), Series(id: "unobserved", values: [nil, nil]),
        Series(id: "whole", values: [1, 4]),
      ])
    let forecast = try Forecast(
      ids: history.ids, calendar: steps, values: [0, 0, 2, 2, 2, 2, 2, 2, 2, 2])
    let evaluation = Evaluation(
      of: forecast, against: actual, scaledBy: history, seasonLength: 1)

    #expect(evaluation.unscaledSeriesCount == 3)
    #expect(evaluation.unobservedSeriesCount == 1)
    let constant = evaluation.series[0].scores
    #expect(constant.mae == 0)
    #expect(constant.mase == nil)
    #expect(constant.wape == nil)
    #expect(constant.smape == 0)
    let unobserved = evaluation.series[3].scores
    #expect(unobserved.count == 0)
    #expect(unobserved.mae == nil && unobserved.smape == nil && unobserved.rmsse == nil)
    // The mean is that of the one series that has a scale.
    #expect(evaluation.overall.mase == evaluation.series[4].scores.mase)
    expectClose([evaluation.overall.mase], [1.5])
    #expect(evaluation.overall.count == 8)
  }

  /// The history has changes of 1, 2, 3, and 4 from month to month, and none over a year.
  @Test func errorsAreRelativeToStepsWithoutASeason() throws {
    let calendar = RegularCalendar(
      start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 7, frequency: .month)
    let panel = Panel(
      calendar: calendar,
      series: [
        Series(id: "a", values: [1, 2, 4, 7, 11, 12, 8]),
        Series(id: "b", start: 3, values: [1, 4, 2, 2]),
      ])
    let holdOut = try HoldOut(panel, horizon: 2)
    let forecast = try Forecast(
      ids: panel.ids, calendar: holdOut.actual.calendar, values: [9, 14, 2, 2])
    let evaluation = holdOut.evaluate(forecast)
    expectClose([evaluation.series[0].scores.mase], [4.5 / 2.5])
    expectClose([evaluation.series[0].scores.rmsse], [(22.5 / 7.5).squareRoot()])
    expectClose([evaluation.series[1].scores.mase], [0])
    #expect(evaluation.unscaledSeriesCount == 0)
    #expect(
      evaluation.notes == [
        "In the history, no series is longer than a season of 12 months: MASE and RMSSE are relative "
          + "to the change from month to month."
      ])
    #expect(try HoldOut(panel, horizon: 2, seasonLength: 4).evaluate(forecast).notes.count == 1)
  }

  @Test func theScoreboardIsAligned() throws {
    let steps = RegularCalendar(start: CalendarDate(dayNumber: 5), count: 1)
    let history = Panel(
      calendar: RegularCalendar(start: CalendarDate(dayNumber: 0), count: 5),
      series: [Series(id: "a", values: [1, 3, 1, 3, 1])])
    let actual = Panel(calendar: steps, series: [Series(id: "a", values: [8])])
    var board = Scoreboard()
    for (name, value) in [("LSTM", 7.5), ("Seasonal naive", -1000)] as [(String, Double)] {
      let forecast = try Forecast(ids: ["a"], calendar: steps, values: [value])
      board.add(
        name, Evaluation(of: forecast, against: actual, scaledBy: history, seasonLength: 1))
    }
    let constant = Panel(
      calendar: history.calendar, series: [Series(id: "a", values: [4, 4, 4, 4, 4])])
    let unscaled = Evaluation(
      of: try Forecast(ids: ["a"], calendar: steps, values: [8]), against: actual,
      scaledBy: constant, seasonLength: 1)
    board.add("Perfect", unscaled)
    #expect(
      board.description == """
        Model                MAE      RMSE        WAPE      MASE     RMSSE     sMAPE       Bias
        LSTM               0.500     0.500      6.25 %    0.2500    0.2500    3.23 %     -0.500
        Seasonal naive  1008.000  1008.000  12600.00 %  504.0000  504.0000  100.00 %  -1008.000
        Perfect            0.000     0.000      0.00 %         –         –    0.00 %      0.000
        """)
  }

  @Test(arguments: [
    (0.0, 3, "0.000"), (2.5, 0, "3"), (-0.0004, 3, "0.000"), (-0.0006, 3, "-0.001"),
    (1234.5678, 2, "1234.57"), (0.05, 1, "0.1"), (1e20, 2, "100000000000000000000.00"),
    (.nan, 2, "nan"),
    (-.infinity, 2, "-inf"),
  ])
  func decimalsAreFixed(value: Double, decimals: Int, text: String) {
    #expect(value.fixed(decimals) == text)
  }

  @Test func stopsAtAnActualPanelOfOtherDays() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      let panel = Panel(
        calendar: RegularCalendar(start: CalendarDate(dayNumber: 0), count: 3),
        series: [Series(id: "a", values: [1, 2, 3])])
      let forecast = try NaiveForecaster().forecast(from: panel, horizon: 2)
      _ = Evaluation(of: forecast, against: panel, scaledBy: panel, seasonLength: 1)
    }
    expectStopped(
      result,
      "Evaluation: expected actual values of the 2 steps from 1970-01-04, got 3 from 1970-01-01")
  }

  private func evaluation(of model: some FittedForecaster, on panel: Panel) throws -> Scores {
    let history = panel.dropping(last: 28)
    return Evaluation(
      of: try model.forecast(from: history, horizon: 28), against: panel.suffix(28),
      scaledBy: history, seasonLength: 7
    ).overall
  }

  private func expectClose(
    _ found: [Double?], _ expected: [Double], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.count == expected.count, sourceLocation: sourceLocation)
    for (found, expected) in zip(found, expected) {
      let error = abs((found ?? .infinity) - expected)
      #expect(
        error <= 1e-12 * max(1, abs(expected)), "\(String(describing: found)) for \(expected)",
        sourceLocation: sourceLocation)
    }
  }
}
