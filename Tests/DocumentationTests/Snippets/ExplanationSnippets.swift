// The snippets are laid out as the comments that show them:
// swift-format-ignore-file

import Explanation
import Forecasting
import Inventory
import Reporting
import Testing

/// The examples of the module Explanation.
@Suite struct ExplanationSnippets {
  private static let days = 90
  private static let panel = Panel(
    calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 1)!, count: days),
    series: (0..<6).map { index in
      Series(
        id: "item \(index)",
        values: (0..<days).map { day -> Double in
          let units: Int = day % 5 == 2 ? 16 + 2 * index : 8 + index
          return Double(units + day % 7)
        })
    }
  ).adding(
    known: "price", .numbers((0..<6 * (days + 7)).map { 2 + Double($0 % 5) / 10 }), futureSteps: 7)

  private static let model = Result {
    try NetworkForecaster(
      windows: .init(horizon: 7, inputLength: 14), architecture: MLPArchitecture(hiddenSize: 4),
      training: .init(epochs: 1, stepsPerEpoch: 5, batchSize: 8)
    ).fit(panel)
  }

  @Test func importance() throws {
    let (model, panel) = (try Self.model.get(), Self.panel)
    // begin
    let examples = try WindowExamples(of: model, on: panel)
    let importance = try PermutationImportance(of: examples, repeats: 5, seed: 1)
    print(importance.inputs[0].input.name, importance.inputs[0].increase)
    // end
    #expect(importance.inputs.count > 2)
  }

  @Test func fourViews() throws {
    let (model, panel) = (try Self.model.get(), Self.panel)
    // begin
    let windows = try ExplainedWindows(of: model, on: panel, seed: 1)
    let importance = try PermutationImportance(of: WindowExamples(windows), repeats: 5, seed: 1)
    for group in importance.groups where group.isClear {
      print(group.input.name, group.increase, "±", group.standardError)
    }
    let surrogates = try ForecastSurrogates(of: windows, seed: 1)
    if let r2 = surrogates.treeFidelity.r2 { print("R²", r2) }
    for line in surrogates.tree.rules(surrogates.columns, describe: { "\($0.mean)" }) { print(line) }
    let parts = try ForecastContributions(of: model, from: panel, id: panel.ids[0])
    for (input, mean) in zip(parts.inputs, parts.means()) { print(input.name, mean) }
    // end
    #expect(parts.residual < 1e-4)
  }

  @Test func pages() throws {
    let (model, network, panel) = (try Self.model.get(), try Self.model.get(), Self.panel)
    let windows: [PastForecasts] = []
    let next = ModelForecast(
      name: "Naive", forecast: try NaiveForecaster().forecast(from: panel, horizon: 7))
    let policy = try ReplenishmentPolicy(leadTime: 1, reviewPeriod: 2, target: .cycle(0.9))
    let demand = LeadTimeDemand(lead: DemandDistribution([4]), covered: DemandDistribution([12]))
    let advice = [StockAdvice(id: panel.ids[0], demand: demand, policy: policy)]
    // begin
    var page = ReportPage(title: "Sales", panel: panel, windows: windows, next: next)
    page.drivers = try ForecastDrivers(of: model, on: panel)
    // end
    let drivers = page.drivers
    // begin
    page.drivers = try ForecastDrivers(of: network, on: panel)
    page.stock = advice
    page.policy = policy
    // end
    #expect(page.drivers == drivers && drivers?.effects.map(\.column) == ["price"])
    #expect(try page.html(drawnBy: nil).contains("What drove the forecast"))
  }

  @Test func dependence() throws {
    let (model, panel) = (try Self.model.get(), Self.panel)
    // begin
    let dependence = try PartialDependence(of: model, on: "price", from: panel, horizon: 7)
    print(dependence.settings[0], dependence.means[0])
    // end
    #expect(dependence.settings.count == 5)
  }

  @Test func tree() {
    let columns = Tensor<Double>(shape: [40, 1], scalars: (0..<40).map { Double($0) })
    let targets = Tensor<Double>((0..<40).map { $0 < 20 ? 1.0 : 2 })
    // begin
    let tree = DecisionTree(columns, targets, maximumLeafCount: 8, minimumLeafSize: 20)
    let predictions = tree(columns)
    // end
    #expect(predictions == targets)
  }
}
