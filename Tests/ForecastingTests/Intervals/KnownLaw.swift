import Forecasting
import Foundation
import Tensor

/// Panels of days whose law is known, and models that know it.
enum KnownLaw {
  /// Returns a number of the standard normal distribution.
  static func normal(_ generator: inout Xoshiro256) -> Double {
    let radius = (-2 * log(Double.random(in: 1e-12..<1, using: &generator))).squareRoot()
    return radius * cos(2 * .pi * Double.random(in: 0..<1, using: &generator))
  }

  /// Returns a number of the exponential distribution with mean 1.
  static func exponential(_ generator: inout Xoshiro256) -> Double {
    -log(Double.random(in: 1e-12..<1, using: &generator))
  }

  /// The deviation of a series: all differ, the largest a thousand times as large as the smallest.
  static func deviation(of series: Int) -> Double {
    [0.03, 0.5, 1, 4, 30][series % 5] * (1 + Double(series) / 50)
  }

  /// The level of a series: 1000 times its deviation.
  static func level(of series: Int) -> Double { 1000 * deviation(of: series) }

  /// Returns a panel of levels with errors.
  ///
  /// - Parameter errors: The errors of a series, in units of its deviation.
  static func panel(
    series: Int, steps: Int, errors: (_ steps: Int) -> [Double]
  ) -> Panel {
    Panel(
      calendar: RegularCalendar(
        start: CalendarDate(year: 2023, month: 1, day: 2)!, count: steps),
      series: (0..<series).map { index in
        Series(
          id: "s\(index)",
          values: errors(steps).map { level(of: index) + deviation(of: index) * $0 })
      })
  }

  /// Forecasts the level of each series, with normal quantiles of a given deviation.
  struct LevelForecaster: FittedForecaster, Forecaster {
    let name = "Level"
    var levels = Quantiles.standardLevels
    /// The quantiles of the errors, in units of a series' deviation.
    var quantiles: @Sendable (_ level: Double, _ step: Int) -> Double

    func fit(_ panel: Panel) -> Self { self }

    func demand(from history: Panel, horizon: Int) throws -> Forecast {
      func numbers(_ error: (Int) -> [Double]) -> [Double] {
        history.ids.flatMap { id in
          let series = Int(id.dropFirst())!
          return (0..<horizon).flatMap { step in
            error(step).map { level(of: series) + deviation(of: series) * $0 }
          }
        }
      }
      return try Forecast(
        ids: history.ids, calendar: history.calendar(ofNext: horizon),
        values: numbers { _ in [0] },
        quantiles: levels.isEmpty
          ? nil
          : Quantiles(
            levels: levels,
            values: numbers { step in levels.map { quantiles($0, step) } }))
    }
  }

  /// The quantiles of the standard normal distribution at some levels: scipy.stats.norm.ppf.
  static let normalQuantiles: [Double: Double] = [
    0.025: -1.959963984540054, 0.05: -1.6448536269514729, 0.1: -1.2815515655446004,
    0.25: -0.6744897501960817, 0.5: 0, 0.75: 0.6744897501960817, 0.9: 1.2815515655446004,
    0.95: 1.6448536269514722, 0.975: 1.959963984540054,
  ]
}

extension Quantiles {
  /// Returns the quantile of a cell.
  func value(of cell: Int, _ level: Int) -> Double { values[cell * levels.count + level] }

  /// A Boolean value that indicates whether the quantiles of each cell ascend, and all are finite.
  var ascend: Bool {
    values.allSatisfy(\.isFinite)
      && values.indices.dropFirst().allSatisfy {
        $0 % levels.count == 0 || values[$0 - 1] <= values[$0]
      }
  }
}
