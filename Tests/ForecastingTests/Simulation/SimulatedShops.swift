import Forecasting
import Foundation
import NeuralNetwork

/// Sales of 30 products in 5 stores, by a known law around known forecasts.
///
/// In each window of 14 days, all sales are multiplied by one factor, those of a store by another one and
/// by one of each day, those of a product in all stores by one, and those of a series by one.
struct SimulatedShops {
  static let stores = 5
  static let products = 30
  static let horizon = 14
  /// The standard deviations of the logarithms of the factors.
  static let ofAll = 0.08
  static let ofStores = 0.08
  static let ofDays = 0.06
  static let ofProducts = 0.2
  static let ofSeries = 0.15
  /// Sales at a day have a variance of μ + κ μ².
  static let dispersion = 0.1

  /// The past windows, and the window after them, of which only the forecast is known to a model.
  let panel: Panel
  let past: [Forecast]
  let next: Forecast
  /// The sales of the window after the past ones, [N, H].
  let future: [Double]

  static var groups: [[Int]] {
    (0..<stores).map { store in (0..<products).map { store * products + $0 } }
  }
  static var productMembers: [[Int]] {
    (0..<products).map { product in (0..<stores).map { $0 * products + product } }
  }

  /// The series of all sums: of all sales, of each store, of each product, and each series.
  static var members: [[[Int]]] {
    [[Array(groups.joined())], groups, productMembers, groups.joined().map { [$0] }]
  }

  /// The panel with the store and the product of each series.
  var panelWithLevels: Panel {
    panel.adding(level: "store", panel.ids.indices.map { "s\($0 / Self.products)" })
      .adding(level: "product", panel.ids.indices.map { "p\($0 % Self.products)" })
  }

  init(windows: Int, seed: UInt64, isWhole: Bool = true) throws {
    var generator = Xoshiro256(seed: seed)
    let ids = (0..<Self.stores * Self.products).map { "series \($0)" }
    let calendar = RegularCalendar(
      start: CalendarDate(year: 2024, month: 1, day: 1)!, count: (windows + 1) * Self.horizon)
    let means = ids.indices.flatMap { series -> [Double] in
      let size = Double(1 + series % 11)
      return (0..<Self.horizon).map { step in size * (1 + Double(step % 7) / 14) }
    }
    var drawn: [[Double]] = []
    for _ in 0...windows {
      drawn.append(Self.sales(around: means, isWhole: isWhole, using: &generator))
    }
    func forecast(_ window: Int) throws -> Forecast {
      let first = window * Self.horizon
      return try Forecast(
        ids: ids, calendar: calendar.slice(first..<first + Self.horizon), values: means)
    }
    past = try (0..<windows).map(forecast)
    next = try forecast(windows)
    future = drawn[windows]
    panel = Panel(
      calendar: calendar.slice(0..<windows * Self.horizon),
      series: ids.enumerated().map { index, id in
        let cells = index * Self.horizon..<(index + 1) * Self.horizon
        return Series(id: id, values: drawn[..<windows].flatMap { $0[cells] })
      })
  }

  private static func sales(
    around means: [Double], isWhole: Bool, using generator: inout Xoshiro256
  ) -> [Double] {
    func factor(_ deviation: Double) -> Double {
      let normal = NormalDistribution(mean: 0, standardDeviation: deviation)
      return exp(normal.sample(using: &generator) - deviation * deviation / 2)
    }
    let all = factor(ofAll)
    let stores = (0..<Self.stores).map { _ in all * factor(ofStores) }
    let days = (0..<Self.stores * horizon).map { stores[$0 / horizon] * factor(ofDays) }
    let products = (0..<Self.products).map { _ in factor(ofProducts) }
    let series = (0..<Self.stores * Self.products).map {
      products[$0 % Self.products] * factor(ofSeries)
    }
    return means.enumerated().map { cell, mean in
      let index = cell / horizon
      let day = days[index / Self.products * horizon + cell % horizon]
      let expected = mean * series[index] * day
      if isWhole {
        return NegativeBinomialDistribution(mean: expected, dispersion: dispersion)
          .sample(using: &generator)
      }
      let variance = expected * (1 + dispersion * expected)
      return GammaDistribution(
        shape: expected * expected / variance, scale: variance / expected
      ).sample(using: &generator)
    }
  }
}
