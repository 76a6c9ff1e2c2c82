import Foundation
import Scenarios
import Tensor

/// Sales of a known law: a Poisson law whose mean depends on the price, the weekday, and promotions.
struct PriceShop {
  static let dayCount = 300
  static let horizon = 6
  static let prices = [4.0, 3.0, 5.0, 3.6]

  /// The elasticities of the series.
  let elasticities: [Double]
  private var generator: Xoshiro256

  init(elasticities: [Double], seed: UInt64 = 5) {
    self.elasticities = elasticities
    generator = Xoshiro256(seed: seed)
  }

  /// The price of a series on a day, which changes every 17 to 24 days.
  static func price(_ series: Int, _ day: Int) -> Double {
    prices[(day / (17 + series % 8) + series) % 4] * Double(1 + series % 3)
  }

  static func promotion(_ series: Int, _ day: Int) -> Double {
    (day * 5 + series * 3) % 13 < 2 ? 1 : 0
  }

  /// The panel, with prices and promotions that are known ahead.
  mutating func panel() -> Panel {
    let series = elasticities.indices.map { index in
      let values = (0..<Self.dayCount).map { day -> Double? in
        let season = day % 7 == 3 ? 1.5 : 1
        let mean =
          30 * season * pow(Self.price(index, day), elasticities[index])
          * (1 + 0.8 * Self.promotion(index, day)) * pow(4, -elasticities[index])
        return Double(poisson(mean))
      }
      return Series(id: "s\(index)", values: values)
    }
    func column(_ value: (Int, Int) -> Double) -> CovariateValues {
      .numbers(
        elasticities.indices.flatMap { index in
          (0..<Self.dayCount + Self.horizon).map { value(index, $0) }
        })
    }
    let start = CalendarDate(year: 2023, month: 5, day: 2)!
    return Panel(
      calendar: RegularCalendar(start: start, count: Self.dayCount), series: series
    )
    .adding(known: "price", column(Self.price), futureSteps: Self.horizon)
    .adding(known: "promotion", column(Self.promotion), futureSteps: Self.horizon)
  }

  /// Returns a number of a Poisson law, by the product of uniform numbers (Knuth).
  private mutating func poisson(_ mean: Double) -> Int {
    var (count, product) = (-1, 1.0)
    let limit = exp(-mean)
    repeat {
      count += 1
      product *= Double.random(in: 0..<1, using: &generator)
    } while product > limit
    return count
  }
}

/// A model whose forecasts follow from the price and the promotion by a formula.
struct FormulaForecaster: FittedForecaster {
  let name = "Formula"
  var elasticity = -1.3

  func demand(from history: Panel, horizon: Int) throws -> Forecast {
    let steps = history.calendar.count..<history.calendar.count + horizon
    let (price, promotion) = (
      try history.knownCovariate("price"), try history.knownCovariate("promotion")
    )
    let values = try history.ids.indices.flatMap { index in
      zip(
        try price.numbers(of: index, over: steps), try promotion.numbers(of: index, over: steps)
      ).map { Double(10 + index) * pow($0, elasticity) * (1 + $1) }
    }
    return try Forecast(
      ids: history.ids, calendar: history.calendar(ofNext: horizon), values: values)
  }
}
