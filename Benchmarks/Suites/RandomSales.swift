import Forecasting
import Foundation
import NeuralNetwork

/// Synthetic sales that resemble a shop's: counts, many of them 0, with weekly and yearly seasons,
/// a trend, and levels that differ between products by orders of magnitude.
enum RandomSales {
  /// Returns a panel of daily sales, the same in every run.
  static func panel(seriesCount: Int, dayCount: Int) -> Panel {
    var generator = Xoshiro256(seed: 730)
    let series = (0..<seriesCount).map { index in
      Series(id: "product \(index)", values: sales(dayCount, &generator).map { Double($0) })
    }
    let start = CalendarDate(year: 2023, month: 1, day: 2)!
    return Panel(calendar: RegularCalendar(start: start, count: dayCount), series: series)
  }

  /// Returns Poisson counts whose mean changes with the season.
  private static func sales(_ dayCount: Int, _ generator: inout Xoshiro256) -> [Float] {
    // Half of the products sell up to 4 a day, and a sixth sell more than 18.
    let level = 4 * exp(1.5 * normal(&generator))
    let trend = 0.5 * normal(&generator)
    let yearPhase = Double.random(in: 0..<1, using: &generator)
    let weekdays = (0..<7).map { _ in exp(0.4 * normal(&generator)) }
    return (0..<dayCount).map { day in
      let time = Double(day) / 365.25
      let year = 1 + 0.3 * sin(2 * .pi * (time + yearPhase))
      let mean = level * (1 + trend * time / 4).magnitude * year * weekdays[day % 7]
      return Float(poisson(mean: mean, &generator))
    }
  }

  /// Returns a Poisson count, by Knuth's method for means below 30, where it is fast, and otherwise
  /// by rounding a normal number.
  private static func poisson(mean: Double, _ generator: inout Xoshiro256) -> Double {
    guard mean < 30 else {
      return max(0, (mean + mean.squareRoot() * normal(&generator)).rounded())
    }
    let limit = exp(-mean)
    var count = -1.0
    var product = 1.0
    repeat {
      product *= Double.random(in: 0..<1, using: &generator)
      count += 1
    } while product > limit
    return count
  }

  private static func normal(_ generator: inout Xoshiro256) -> Double {
    Tensor<Double>.normal([], using: &generator).scalar
  }
}
