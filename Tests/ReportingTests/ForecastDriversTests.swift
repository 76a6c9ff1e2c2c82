import Explanation
import Forecasting
import Foundation
import Inventory
import Reporting
import Testing

@Suite(.timeLimit(.minutes(30))) struct ForecastDriversTests {
  private static let horizon = 7

  /// Five series of 57 days, whose sales double with a promotion that is known for a week after the end.
  private static let panel: Panel = {
    let promotions = (0..<5).map { index in (0..<64).map { ($0 * 5 + index * 3) % 11 < 3 } }
    let series = promotions.enumerated().map { index, promoted in
      Series(
        id: "<i>\(index)</i>",
        values: (0..<57).map { Double((10 + 3 * index + $0 % 4) * (promoted[$0] ? 2 : 1)) })
    }
    return Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 1)!, count: 57),
      series: series
    )
    .adding(
      known: "<b>promotion</b>", .numbers(promotions.flatMap { $0.map { $0 ? 1 : 0 } }),
      futureSteps: horizon)
  }()

  private static let model = Result {
    try NetworkForecaster(
      windows: .init(
        horizon: horizon, inputLength: 14, seasonLength: 7,
        features: FeatureSet(
          known: [Column(.known("<b>promotion</b>")), CalendarFeature(.dayOfWeek, as: .oneHot)],
          window: [.seasonBefore(seasonLength: 7), .seasonalProfile(seasonLength: 7)])),
      architecture: MLPArchitecture(hiddenSize: 8),
      training: .init(epochs: 3, stepsPerEpoch: 60, batchSize: 16, learningRate: 0.01)
    ).fit(panel)
  }

  private static let drivers = Result {
    try ForecastDrivers(of: model.get(), on: panel, windows: 60, seed: 3)
  }

  @Test func numbersAreThoseOfTheExplanation() throws {
    let (model, panel) = (try Self.model.get(), Self.panel)
    let drivers = try Self.drivers.get()
    let windows = try ExplainedWindows(of: model, on: panel, limit: 60, seed: 3)
    let importance = try PermutationImportance(of: WindowExamples(windows), seed: 3)
    #expect(drivers.error == importance.error && drivers.basis.windows == windows.count)
    #expect(drivers.inputs.map(\.name) == importance.inputs.map(\.input.name))
    for (one, other) in zip(drivers.inputs, importance.inputs) {
      #expect(one.increase == (other.isJudged ? other.increase : nil))
    }
    let dependence = try PartialDependence(
      of: model, on: "<b>promotion</b>", from: panel, horizon: Self.horizon)
    #expect(drivers.effects.map(\.means) == [dependence.means])
    #expect(drivers.effects[0].settings.map(\.number) == [0, 1])
    let surrogates = try ForecastSurrogates(of: windows, seed: 3)
    let tree = try #require(drivers.tree)
    #expect(tree.nodes.map(\.mean) == surrogates.tree.nodes.map(\.mean))
    #expect(tree.nodes.map(\.split?.upper) == surrogates.tree.nodes.map(\.split?.upper))
    #expect(tree.fidelity.r2 == surrogates.treeFidelity.r2)
    // The change for a flag is the coefficient of the column in its own units.
    let linear = try #require(drivers.linear)
    for one in linear.features where one.isFlag {
      let place = try #require(surrogates.columns.firstIndex(of: one.feature))
      let coefficient = surrogates.linear.coefficients[place]
      #expect(abs(one.change * surrogates.linear.deviations[place] - coefficient) < 1e-12)
    }
  }

  @Test func theFileIsReadBack() throws {
    let drivers = try Self.drivers.get()
    let decoded = try JSONDecoder().decode(ForecastDrivers.self, from: Data(drivers.json.utf8))
    #expect(decoded == drivers)
    // A question whose answer is itself would never end.
    let cycle =
      #"{"fidelity":{"count":1},"nodes":[{"count":1,"mean":1,"split":"#
      + #"{"feature":"a","isFlag":true,"lower":0,"threshold":0.5,"upper":1}},{"count":1,"mean":1}]}"#
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(ForecastDrivers.Tree.self, from: Data(cycle.utf8))
    }
  }

  @Test func staticPageShowsDriversAndStock() throws {
    let next = try NaiveForecaster().forecast(from: Self.panel, horizon: 3)
    var page = ReportPage(
      title: "Sales", panel: Self.panel, windows: [],
      next: ModelForecast(name: "Naive", forecast: next))
    page.drivers = try Self.drivers.get()
    let policy = try ReplenishmentPolicy(leadTime: 1, reviewPeriod: 2, target: .cycle(0.9))
    let demand = LeadTimeDemand(
      lead: DemandDistribution([4]), covered: DemandDistribution([12]))
    page.stock = Self.panel.ids.map { id in
      StockAdvice(
        id: id, demand: demand, policy: policy,
        position: try? StockPosition(onHand: 3, onOrder: 0, of: id))
    }
    page.policy = policy
    let html = try page.html(drawnBy: nil)
    for text in ["What drove the forecast", "Stock advice", "may run out before an order arrives"] {
      #expect(html.contains(text), "\(text)")
    }
    #expect(!html.contains("<b>promotion") && !html.contains("<i>0"))
    guard let d3 = D3Library.installed() else { return }
    let drawn = try page.html(drawnBy: d3)
    #expect(drawn.contains(#""policy":{"isFillRate":false,"leadTime":1,"level":0.9"#))
    #expect(!drawn.contains("<b>promotion") && !drawn.contains("<i>0"))
  }

  @Test func labelsOfAnAxisHaveSpace() {
    let chart = LineChart(title: "Sales", ["a": [0.0, 1_250_000, 700_000]])
    // `1,500,000` has 9 characters of up to 7.5 units, and ends 8 units before the axis.
    #expect(chart.svg().markup.contains("x1=\"79.5\""))
  }
}
