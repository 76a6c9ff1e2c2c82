import Explanation
import Testing

@Suite(.timeLimit(.minutes(30))) struct PartialDependenceTests {
  private static let panel = SyntheticShop.panel

  /// Returns the mean forecasts of a step, with the series in the order of the curves.
  private func dependence(
    _ column: String, _ settings: [PartialDependence.Setting]? = nil
  ) throws -> PartialDependence {
    try PartialDependence(
      of: SyntheticShop.model.get(), on: column, from: Self.panel, horizon: SyntheticShop.horizon,
      settings: settings)
  }

  @Test func promotionsRaiseForecastsAndPricesLowerThem() throws {
    let promotion = try dependence("promotion")
    #expect(promotion.settings == [.number(0), .number(1)])
    #expect(promotion.ids.count == 15)
    #expect(promotion.means[1] > 1.6 * promotion.means[0])
    for index in 0..<15 { #expect(promotion.curves[2 * index + 1] > promotion.curves[2 * index]) }
    let price = try dependence("price", [.number(1), .number(1.4)])
    #expect(price.means[1] < 0.9 * price.means[0])
  }

  /// Factors of 1 leave the panel as it is.
  @Test func curvesAreForecasts() throws {
    let found = try dependence("price", [.factor(1), .factor(1.2)])
    let forecast = try SyntheticShop.model.get().demand(from: Self.panel, horizon: 5)
    for (place, id) in found.ids.enumerated() {
      let values = forecast.values(at: try #require(Self.panel.index(of: id)))
      let mean = values.reduce(0, +) / 5
      // The place of a series in a batch changes how its single-precision sums are rounded.
      #expect(abs(found.curves[2 * place] - mean) < 1e-5 * mean)
    }
    #expect(found.means[1] < found.means[0])
    #expect([found].csv().hasPrefix("column,setting,unique_id,mean_forecast\nprice,1 times,,"))
  }

  @Test func settingsSuitTheColumn() throws {
    #expect(
      try PartialDependence.settings(for: "price", in: Self.panel) == [.number(1), .number(1.4)])
    #expect(try PartialDependence.settings(for: "event", in: Self.panel) == [.category("fair")])
    let noise = try PartialDependence.settings(for: "noise", in: Self.panel)
    #expect(noise.count == 7)
    let prices = Self.panel.removing(["price"]).adding(
      known: "price", .numbers((0..<15 * 225).map { 1 + Double($0 % 97) }), futureSteps: 5)
    #expect(
      try PartialDependence.settings(for: "price", in: prices).map(\.description) == [
        "0.7 times", "0.8 times", "0.9 times", "1 times", "1.1 times", "1.2 times", "1.3 times",
      ])
    #expect(throws: CovariateError.self) { try dependence("size") }
  }

  @Test func onlyTheFutureChanges() throws {
    let changed = try Self.panel.mappingFuture(of: "promotion") { _ in 7 }
    let (old, new) = (
      try Self.panel.knownCovariate("promotion"), try changed.knownCovariate("promotion")
    )
    for index in [0, 14] {
      #expect(try new.numbers(of: index, over: 0..<220) == old.numbers(of: index, over: 0..<220))
      #expect(try new.numbers(of: index, over: 220..<225).allSatisfy { $0 == 7 })
    }
    let fair = try Self.panel.settingFuture(of: "event", to: "fair").knownCovariate("event")
    #expect(try fair.codes(of: 3, over: 219..<225) == [0, 1, 1, 1, 1, 1])
    #expect(throws: CovariateError.self) {
      try Self.panel.settingFuture(of: "event", to: "storm")
    }
    // Slices keep their own end.
    let slice = try SyntheticShop.history.mappingFuture(of: "noise") { _ in nil }
    let noise = try slice.knownCovariate("noise").numberWindow(of: 2, over: 148..<152)
    #expect(noise.missing == [false, false, true, true])
  }
}
