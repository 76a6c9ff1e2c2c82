import Forecasting
import Foundation
import NeuralNetwork
import SalesTestSupport

/// Customers who buy with a probability that depends on the days since their last purchase and on
/// a known promotion, so that the probability of no purchase within H days is a product.
struct CustomerProcess {
  static let (dayCount, horizon, trainedDays) = (230, 5, 180)

  /// The units of each day of each customer.
  private(set) var units: [[Double]] = []
  private(set) var promotions: [[Double]] = []
  /// The days since the last purchase before each day.
  private var recency: [[Int]] = []

  init(customers: Int = 120, seed: UInt64 = 5) {
    var generator = Xoshiro256(seed: seed)
    for _ in 0..<customers {
      let promotion = (0..<Self.dayCount).map { _ -> Double in
        Double.random(in: 0..<1, using: &generator) < 0.2 ? 1 : 0
      }
      var (sold, since): ([Double], [Int]) = ([], [])
      var days = 1
      for day in 0..<Self.dayCount {
        since.append(days)
        let buys =
          Double.random(in: 0..<1, using: &generator) < Self.hazard(days, promotion[day])
        sold.append(buys ? Double(Int.random(in: 1...3, using: &generator)) : 0)
        days = buys ? 1 : days + 1
      }
      units.append(sold)
      promotions.append(promotion)
      recency.append(since)
    }
  }

  /// Returns the probability of a purchase.
  private static func hazard(_ days: Int, _ promotion: Double) -> Double {
    min((0.04 + 0.4 * exp(-Double(days) / 5)) * (1 + 2 * promotion), 0.95)
  }

  /// Returns the true probability of no purchase in the H days from an origin on.
  func probability(_ customer: Int, from origin: Int) -> Double {
    (0..<Self.horizon).reduce(1) { product, step in
      let hazard = Self.hazard(
        recency[customer][origin] + step, promotions[customer][origin + step])
      return product * (1 - hazard)
    }
  }

  /// Returns a Boolean value that indicates whether there is no purchase in these days.
  func isInactive(_ customer: Int, from origin: Int) -> Bool {
    units[customer][origin..<origin + Self.horizon].allSatisfy { $0 == 0 }
  }

  /// All days, with the promotions.
  var panel: Panel {
    Panel(
      calendar: RegularCalendar(start: date(2024, 1, 3), count: Self.dayCount),
      series: units.enumerated().map { Series(id: "c\($0.offset)", values: $0.element) }
    ).adding(known: "promotion", .numbers(promotions.flatMap { $0 }), futureSteps: 0)
  }

  /// The days that classifiers are trained on.
  var history: Panel { panel.slice(0..<Self.trainedDays) }

  /// A classifier of customers who don't buy.
  func classifier<Architecture: ForecastArchitecture>(
    _ architecture: Architecture, stepsPerEpoch: Int = 200, learningRate: Double = 0.01
  ) -> SequenceClassifier<Architecture> {
    SequenceClassifier(
      of: .noSales,
      windows: WindowSpecification(
        horizon: Self.horizon, inputLength: 21,
        features: FeatureSet(known: [Column(.known("promotion"))], window: [.horizonPlace])),
      architecture: architecture,
      training: NetworkTraining(
        epochs: 4, stepsPerEpoch: stepsPerEpoch, batchSize: 64, learningRate: learningRate))
  }

  /// Returns the probability of no purchase by a logistic regression on the units of the last day,
  /// fitted by Newton's method to the days of training.
  func regressionOnLastValue() -> (_ units: Double) -> Double {
    var (a, b) = (0.0, 0.0)
    let examples = units.indices.flatMap { customer in
      (21...Self.trainedDays - Self.horizon).map { origin in
        (units[customer][origin - 1], isInactive(customer, from: origin) ? 1.0 : 0)
      }
    }
    for _ in 0..<25 {
      var (ga, gb, haa, hab, hbb) = (0.0, 0.0, 0.0, 0.0, 0.0)
      for (x, y) in examples {
        let p = 1 / (1 + exp(-a - b * x))
        let w = p * (1 - p)
        ga += y - p
        gb += (y - p) * x
        haa += w
        hab += w * x
        hbb += w * x * x
      }
      let determinant = haa * hbb - hab * hab
      a += (hbb * ga - hab * gb) / determinant
      b += (haa * gb - hab * ga) / determinant
    }
    return { [a, b] in 1 / (1 + exp(-a - b * $0)) }
  }
}
