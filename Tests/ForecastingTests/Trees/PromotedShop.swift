import Forecasting
import NeuralNetwork
import SalesTestSupport

/// Daily sales of a known law: a level for each product, a weekly season, promotions that multiply sales by a
/// factor of the product's category, and noise of 5 %.
struct PromotedShop {
  static let (productCount, dayCount, horizon) = (23, 301, 14)

  /// The noiseless sales, and those with noise, of each product.
  private(set) var means: [[Double]] = []
  private(set) var sales: [[Double]] = []
  private(set) var promotions: [[Double]] = []
  /// The category of each product.
  var categories = (0..<productCount).map { ["tea", "cups", "gifts"][$0 % 3] }

  init(seed: UInt64) {
    var generator = Xoshiro256(seed: seed)
    let week = [0.8, 0.7, 0.9, 1, 1.2, 1.6, 0.8]
    for index in 0..<Self.productCount {
      let level = Double.random(in: 10..<1_000, using: &generator)
      let factor = [1, 2, 3][index % 3]
      let promoted = (0..<Self.dayCount).map { _ in Int.random(in: 0..<4, using: &generator) == 0 }
      let mean = (0..<Self.dayCount).map {
        level * week[$0 % 7] * Double(promoted[$0] ? factor : 1)
      }
      means.append(mean)
      sales.append(mean.map { $0 * Double.random(in: 0.95..<1.05, using: &generator) })
      promotions.append(promoted.map { $0 ? 1 : 0 })
    }
  }

  /// The sales before the last days, times a factor and plus a constant, with the promotions of all days.
  ///
  /// - Parameter lastDays: The number of days since the launch of all products, or nil for all days.
  func panel(times factor: Double = 1, plus constant: Double = 0, lastDays: Int? = nil) -> Panel {
    let end = Self.dayCount - Self.horizon
    let start = end - (lastDays ?? end)
    let series = sales.enumerated().map { index, values in
      Series(
        id: "p\(index)", start: start, values: values[start..<end].map { $0 * factor + constant })
    }
    return Panel(
      calendar: RegularCalendar(start: date(2023, 1, 2), count: end), series: series
    )
    .adding(static: "category", .categories(categories))
    .adding(
      known: "promotion", .numbers(promotions.flatMap { $0[start...] }), futureSteps: Self.horizon)
  }

  /// Returns the absolute error of a forecast of the last days, relative to their means.
  func error(of forecast: Forecast, plus constant: Double = 0) -> Double {
    let actual = means.flatMap { $0.suffix(Self.horizon) }
    let errors = zip(forecast.values, actual).map { abs($0 - constant - $1) }
    return errors.reduce(0, +) / actual.reduce(0, +)
  }

  /// Trees that are fitted in a second.
  static func forecaster(treeCount: Int = 100, seed: UInt64 = 0) -> BoostedTreesForecaster {
    var boosting = BoostedTreesForecaster.defaultBoosting
    boosting.treeCount = treeCount
    boosting.learningRate = 0.1
    boosting.maximumLeafCount = 15
    boosting.minimumLeafSize = 20
    boosting.seed = seed
    return BoostedTreesForecaster(
      windows: WindowSpecification(horizon: horizon), boosting: boosting, maximumRowCount: 15_000)
  }
}
