// The snippets are laid out as the comments that show them:
// swift-format-ignore-file

import Forecasting
import NeuralNetwork
import Testing

@Suite struct ForecastingSnippets {
  @Test func describingSales() throws {
    // begin
    let calendar = RegularCalendar(start: CalendarDate(year: 2024, month: 2, day: 5)!, count: 5)
    let tea = Series(id: "tea", values: [3, 0, nil, 4, 2])
    let cups = Series(id: "cups", start: 2, values: [5, 8, 1])
    let panel = Panel(calendar: calendar, series: [tea, cups])
      .adding(level: "category", ["food", "kitchen"])
      .adding(past: "visits", .numbers([31, 28, 40, 35, 30, 12, 18, 9]))
      .adding(shared: "holiday", .numbers([0, 0, 1, 0, 0, 0, 0]), futureSteps: 2)
    // end
    #expect(try panel.pastCovariate("visits").numbers(of: 1, over: 2..<5) == [12, 18, 9])
    #expect(try panel.aggregated(by: ["category"]).panel.ids == ["food", "kitchen"])
  }

  @Test func anomalies() throws {
    var values = (0..<112).map { Double($0 * 5 % 13 + $0 % 7) }
    values[100] = 400
    let history = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 112),
      series: [Series(id: "tea", values: values)])
    // begin
    let detector = AnomalyDetector(
      ThetaForecaster(quantileLevels: AnomalyDetector.quantileLevels()), horizon: 7)
    let report = try detector.anomalies(in: history)
    for anomaly in report.anomalies {
      print(anomaly.id, anomaly.step, anomaly.value, anomaly.expected, anomaly.score)
    }
    // end
    #expect(report.anomalies.first?.value == 400)
  }

  @Test func intervals() throws {
    let history = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 112),
      series: [Series(id: "tea", values: (0..<112).map { Double($0 * 5 % 13 + $0 % 7) })])
    // begin
    let forecaster = ConformalForecaster(
      ThetaForecaster(), horizon: 28, quantileLevels: [0.1, 0.5, 0.9])
    let model = try forecaster.fit(history)
    let forecast = try model.forecast(from: history, horizon: 28)
    let week = try model.paths(from: history, horizon: 28)
      .quantiles(ofSumOver: 0..<7, levels: [0.1, 0.9])
    // end
    #expect(forecast.quantiles?.levels == [0.1, 0.5, 0.9])
    #expect(week.values.count == 2 && week.values[0] < week.values[1])
  }

  @Test func samplePaths() throws {
    let history = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 77),
      series: [Series(id: "tea", values: (0..<77).map { Double($0 * 5 % 13 + $0 % 7) })])
    // begin
    let forecaster = NetworkForecaster<DeepARArchitecture>(horizon: 28)
    let model = try forecaster.fit(history)
    let paths = try model.paths(from: history, horizon: 28, count: 200)
    let week = paths.quantiles(ofSumOver: 0..<7, levels: [0.1, 0.5, 0.9])
    // end
    #expect(paths.values.allSatisfy { $0 >= 0 && $0 == $0.rounded() })
    #expect(week.values[0] < week.values[2])
  }

  @Test func interactions() throws {
    let history = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 77),
      series: (0..<4).map { index in
        Series(id: "tea \(index)", values: (0..<77).map { Double($0 * 5 % 13 + $0 % 7) })
      }
    ).adding(level: "store", ["north", "north", "south", "south"])
    // begin
    var windows = WindowSpecification(horizon: 28)
    windows.interactionSize = 8
    let model = try NetworkForecaster<TiDEArchitecture>(windows: windows).fit(history)
    // end
    #expect(model.encoding.interactionSize == 8)
  }

  @Test func scaling() {
    let training = Tensor<Float>([[1, 50], [2, 150], [6, 100]])
    let test = Tensor<Float>([[3, 75]])
    // begin
    let scaler = StandardScaler(fittedTo: training)        // [N, F]
    let scaled = scaler.transformed(test)                  // [M, F]
    let restored = scaler.restored(scaled)                 // test again
    // end
    #expect(abs((restored - test).norm().scalar) < 1e-5)
  }

  @Test func scalingPanels() throws {
    let panel = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 42),
      series: [Series(id: "tea", values: (0..<42).map { Double($0 % 7) })])
    // begin
    let scaler = PanelScaler(.signedLog, .standard, scope: .series)
    let fitted = try scaler.fit(panel, over: 0..<28)       // the training part
    let scaled = try fitted.transformed(panel)
    let restored = try fitted.restored(scaled)             // the panel again
    // end
    for (one, other) in zip(restored.series(at: 0).values, panel.series(at: 0).values) {
      #expect(abs(one - other) < 1e-5)
    }
  }

  @Test func cleaning() throws {
    let panel = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 14),
      series: [Series(id: "tea", values: [0, 2, nil, 4, -1, 3, 0, 5, 4, 5, 4, 5, 4, 0])])
    // begin
    let pipeline = CleaningPipeline([
      LeadingZeroRule(), NegativeValueRule(.mask), ClosedDayRule(weekdays: [.sunday]),
      StockOutRule(), OutlierRule(.interquartile(), .cap), MissingValueRule(.linear()),
    ])
    let (clean, report) = try pipeline.clean(panel)
    print(report)
    // end
    #expect(clean.series(at: 0).steps == 1..<14)
    #expect(report.total.cellsIn == 14)
  }

  @Test func scoring() {
    // begin
    let predictions = Tensor<Float>([2.5, 0, 2, 8])
    let actual = Tensor<Float>([3, -0.5, 2, 7])
    print(RegressionScores(of: predictions, against: actual))
    // MSE 0.375, RMSE 0.612, MAE 0.500, R² 0.9486
    // end
    #expect(
      "\(RegressionScores(of: predictions, against: actual))"
        == "MSE 0.375, RMSE 0.612, MAE 0.500, R² 0.9486")
  }

  @Test func holdingOut() throws {
    let panel = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 42),
      series: [Series(id: "tea", values: (0..<42).map { Double($0 % 7) })])
    let evaluation = try judge(SeasonalNaiveForecaster(seasonLength: 7), on: panel)
    #expect(evaluation.overall.mae == 0)
  }

  private func judge(_ forecaster: some Forecaster, on panel: Panel) throws -> Evaluation {
    // begin
    let holdOut = try HoldOut(panel, horizon: 28)
    let model = try forecaster.fit(holdOut.history)
    let forecast = try model.forecast(from: holdOut.history, horizon: 28)
    print(holdOut.evaluate(forecast).overall)
    // end
    return holdOut.evaluate(forecast)
  }

  /// Compiled and not run: training takes its time.
  private func fittingTrees(history: Panel) throws -> Forecast {
    // begin
    let forecaster = BoostedTreesForecaster(horizon: 28)
    let model = try forecaster.fit(history)
    let forecast = try model.forecast(from: history, horizon: 28)
    // end
    return forecast
  }

  /// Compiled and not run: training takes its time.
  private func training(history: Panel) throws -> Forecast {
    // begin
    let forecaster = LSTMForecaster(horizon: 28)
    let model = try forecaster.fit(history)
    let forecast = try model.forecast(from: history, horizon: 28)
    // end
    return forecast
  }

  /// Compiled and not run: it reads a file in the working directory.
  private func readingPanel() throws -> Panel {
    // begin
    let table = try LongTableReader().read("sales.csv")
    print(table.report)
    let history = table.panel.dropping(last: 28)
    // end
    return history
  }

  /// Compiled and not run: it reads a file in the working directory.
  private func readingNumbers() throws -> Tensor<Float> {
    // begin
    let table = try NumericTableReader(columns: ["price", "sales"]).read("sales.csv")
    print(table.report)
    let price = table["price"]                             // [N, 1]
    // end
    return price
  }

  /// Compiled and not run: training takes its time.
  private func running(panel: Panel) throws {
    // begin
    let run = ForecastRun(horizon: 28)
    let results = try run(
      [.untrained(LSTMForecaster(horizon: 28)), .untrained(NaiveForecaster())], on: panel)
    print(results.scoreboard)
    // end
  }

  /// Compiled and not run: the panel has no prices.
  private func scoringHierarchy(panel: Panel) throws {
    // begin
    let holdOut = try HoldOut(panel, horizon: 28)
    let hierarchy = try Hierarchy(
      of: holdOut, groupings: [[], ["state"], ["state", "department"]],
      weights: .revenue(price: "price"))
    let forecast = try ThetaForecaster().forecast(from: holdOut.history, horizon: 28)
    let evaluation = holdOut.evaluate(forecast, over: hierarchy)
    print(evaluation.overall.wrmsse ?? .nan, evaluation.levels.map(\.name))
    // end
  }

  /// Compiled and not run: the panel is too short for five windows.
  private func backtesting(panel: Panel) throws {
    // begin
    let run = BacktestRun(horizon: 28, windowCount: 5)
    let results = try run(
      [.untrained(ThetaForecaster()), .untrained(SeasonalNaiveForecaster())], on: panel)
    print(results.leaderboard)
    // end
  }

  /// Compiled and not run.
  private func reconciling(
    panel: Panel, sums: Panel, forecast: Forecast, forecastOfSums: Forecast
  ) throws {
    // begin
    let groups = try SumGroups(of: panel, in: sums)
    let reconciled = try groups.reconciled(forecast, with: forecastOfSums, weight: 0.5)
    // end
    print(reconciled.horizon)
  }

  /// Compiled and not run.
  private func addingUp(
    panel: Panel, history: Panel, forecast: Forecast, forecastOfSums: Forecast
  ) throws {
    do {
      // begin
      let sums = try SeriesSums(of: panel, groupings: [[], ["state"], ["state", "department"]])
      let coherent = sums.sums(of: forecast.values, width: forecast.horizon)
      // end
      print(coherent.count)
    }
    // begin
    let sums = try SeriesSums(of: history, groupings: [[], ["state"]])
    let reconciliation = Reconciliation(sums, .minimumTrace(.structural(sums)))
    let coherent = try reconciliation(forecast, sums: forecastOfSums)
    // end
    print(coherent.sums.ids)
  }

  /// Compiled and not run.
  private func reconcilingLevels(panel: Panel) throws {
    // begin
    var run = ReconciliationRun(horizon: 28, methods: [.mintShrinkage, .bottomUp])
    run.groupings = [[], ["state"], ["department"], ["state", "department"]]
    let results = try run([ETSForecaster(), ThetaForecaster()], on: panel)
    print(results.scoreboard)
    // end
    // begin
    for forecasts in results.reconciled {
      for (level, change) in results.changes(of: forecasts) {
        print(forecasts.name, level, change ?? .nan)
      }
    }
    // end
    // begin
    let forecaster = TemporalForecaster(lengths: [7, 28]) { length in
      length == 1 ? ETSForecaster(seasonLength: 7) : ETSForecaster(seasonLength: 364 / length)
    }
    let forecast = try forecaster.fit(panel).forecast(from: panel, horizon: 28)
    // end
    print(forecast.horizon)
  }

  /// Compiled and not run.
  private func drawingCoherentPaths(
    panel: Panel, forecast: Forecast, forecastOfSums: Forecast, errors: [Double]
  ) throws {
    // begin
    let sums = try SeriesSums(of: panel, groupings: [[], ["state"], ["department"]])
    let covariance = ErrorCovariance.shrinkage(errors, count: 112)
    let paths = CoherentPaths(
      Reconciliation(sums, .minimumTrace(covariance)), series: forecast.values,
      sums: forecastOfSums.values, horizon: 28, errors: errors)
    let quantiles = paths.quantiles([0.1, 0.9])
    // end
    print(quantiles.values.count)
  }

  /// Compiled and not run.
  private func simulatingSales(panel: Panel, next: Forecast, heldOut: Forecast) throws {
    // begin
    let simulation = try DemandSimulation(
      of: next, past: [heldOut], on: panel,
      groups: panel.aggregated(by: ["store", "department"]).members,
      products: panel.aggregated(by: ["item"]).members)
    let paths = simulation.paths(count: 200)
    let states = try paths.forecast(
      of: panel.aggregated(by: ["state"]), quantileLevels: [0.1, 0.5, 0.9])
    // end
    print(states.quantiles?.values.count ?? 0)
  }
}
