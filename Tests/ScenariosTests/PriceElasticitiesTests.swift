import Foundation
import Scenarios
import Testing

@Suite(.timeLimit(.minutes(30))) struct PriceElasticitiesTests {
  /// Estimates of a known law are unbiased, and their intervals hold the truth as often as they say.
  @Test func estimatesAKnownLaw() throws {
    let truth = (0..<60).map { -1.5 + 0.6 * sin(Double($0)) }
    var shop = PriceShop(elasticities: truth)
    let found = try PriceElasticities(of: "price", in: shop.panel())
    let own = try found.series.map { try $0.own.get() }
    #expect(found.series.allSatisfy { $0.priceChanges >= 11 })
    let held = zip(own, truth).count { $0.interval.contains($1) }
    #expect((52...60).contains(held), "\(held)")
    let bias = zip(own, truth).reduce(0) { $0 + $1.0.value - $1.1 } / 60
    #expect(abs(bias) < 0.04, "\(bias)")
    let mean = try #require(found.mean)
    #expect(mean.interval.contains(truth.reduce(0, +) / 60))
    // The deviation of 0.6 sin.
    #expect(abs(try #require(found.deviation) - 0.6 * 0.5.squareRoot()) < 0.1)
    // Pooled estimates are closer to the truth.
    func error(_ estimates: [EffectEstimate]) -> Double {
      zip(estimates, truth).reduce(0) { $0 + ($1.0.value - $1.1) * ($1.0.value - $1.1) }
    }
    #expect(try error(found.series.map { try #require($0.pooled) }) < error(own))
  }

  /// Without the promotions, which are independent of the price here, errors are larger.
  @Test func otherColumnsAreControls() throws {
    var shop = PriceShop(elasticities: [-1.2, -0.4, -2.1, -0.9])
    let panel = shop.panel()
    let with = try PriceElasticities(of: "price", in: panel)
    let without = try PriceElasticities(of: "price", in: panel.removing(["promotion"]))
    for (one, other) in zip(with.series, without.series) {
      let errors = try (one.own.get().standardError, other.own.get().standardError)
      #expect(errors.0 < errors.1)
    }
  }

  @Test func reasonsWithoutAnEstimate() throws {
    var shop = PriceShop(elasticities: Array(repeating: -1, count: 8))
    let panel = shop.panel()
    let length = PriceShop.dayCount + PriceShop.horizon
    let prices: [Double?] = (0..<8).flatMap { series in
      (0..<length).map { day -> Double? in
        switch series {
        case 0: nil
        case 1: 7
        // The price is that of promotions.
        case 2: PriceShop.promotion(2, day) == 1 ? 3 : 4
        case 3: day < length - 25 ? nil : day % 5 < 2 ? 4 : 5
        case 4: day < 150 ? 4 : 5
        default: PriceShop.price(series, day)
        }
      }
    }
    let changed = panel.removing(["price"])
      .adding(known: "price", .numbers(prices), futureSteps: PriceShop.horizon)
    let found = try PriceElasticities(of: "price", in: changed)
    let reasons = found.series.map { one -> PriceElasticities.Reason? in
      if case .failure(let reason) = one.own { reason } else { nil }
    }
    #expect(
      reasons == [
        .noPrice, .constantPrice, .notSeparable, .tooFewSales, .fewPriceChanges, nil, nil, nil,
      ])
    #expect(found.count(without: .constantPrice) == 1)
    // Series without an estimate have the mean, with an interval that is wider than that of the mean.
    let (mean, pooled) = (try #require(found.mean), try #require(found.series[1].pooled))
    #expect(pooled.value == mean.value && pooled.standardError >= mean.standardError)
    let csv = found.csv(idColumn: "item")
    let lines = csv.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(
      lines[0]
        == "item,price_changes,elasticity,standard_error,lower,upper,pooled,pooled_lower,"
        + "pooled_upper,model,remark")
    #expect(lines[1].hasPrefix(",,,,,,\(mean.value)"))
    #expect(lines[3].hasPrefix("s1,0,,,,,") && lines[3].hasSuffix(",the price never changed"))
    #expect(Set(lines.dropLast().map { $0.count { $0 == "," } }) == [10])
  }

  /// A promotion on which nothing was sold tells nothing about the price, and has no finite coefficient.
  @Test func columnsWithoutSalesAreLeftOut() throws {
    var shop = PriceShop(elasticities: [-1.4, -0.8, -1.1])
    let panel = shop.panel()
    let series = (0..<3).map { index in
      let values = panel.series(at: index).values
      return Series(
        id: "s\(index)",
        values: values.enumerated().map { PriceShop.promotion(index, $0) == 1 ? 0 : $1 })
    }
    let closed = Panel(calendar: panel.calendar, series: series).takingCovariates(of: panel)
    for one in try PriceElasticities(of: "price", in: closed).series {
      let own = try one.own.get()
      #expect(abs(own.value) < 3 && own.standardError < 0.5)
    }
  }

  @Test func isTheSameAtAnyNumberOfThreads() throws {
    var shop = PriceShop(elasticities: [-1.2, -0.4, -2.1, -0.9, -1.7])
    let panel = shop.panel()
    let usual = Parallelism.threadCount
    defer { Parallelism.threadCount = usual }
    let found = try [1, 2].map { count in
      Parallelism.threadCount = count
      return try PriceElasticities(of: "price", in: panel).csv()
    }
    #expect(found[0] == found[1])
  }

  @Test func aMissingColumnIsAnError() throws {
    var shop = PriceShop(elasticities: [-1])
    let panel = shop.panel()
    #expect(throws: CovariateError.self) { try PriceElasticities(of: "cost", in: panel) }
  }

  @Test func theResponseOfAModel() throws {
    var shop = PriceShop(elasticities: [-1, -1])
    let panel = shop.panel()
    let response = try PriceResponse(
      of: FormulaForecaster(), to: "price", from: panel, horizon: 4)
    #expect(response.ids == ["s0", "s1"])
    #expect(response.elasticities.allSatisfy { abs($0! + 1.3) < 1e-12 })
    #expect(abs(response.ofTotal! + 1.3) < 1e-12)
    let free = try panel.applying([PlanChange("price=0")], horizon: 4)
    #expect(throws: ScenarioError.priceNotPositive(column: "price", id: "s0")) {
      try PriceResponse(of: FormulaForecaster(), to: "price", from: free, horizon: 4)
    }
  }
}
