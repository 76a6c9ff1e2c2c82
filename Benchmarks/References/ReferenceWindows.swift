import Forecasting
import Foundation

/// Windows of sixteen features, computed by their definitions and copied number by number.
struct ReferenceWindows {
  /// The values of a feature at each step, with NaN for missing values.
  private typealias Column = [Float]

  private let inputLength: Int
  private let horizon: Int
  /// The sales of each series.
  private let sales: [Column]
  /// The columns of each series: its past-only features, followed by the known ones.
  private let columns: [[Column]]
  private let pastCount: Int

  /// Computes the features of `Suites.windows`, for series that cover the whole panel.
  init(_ panel: Panel, inputLength: Int, horizon: Int) {
    self.inputLength = inputLength
    self.horizon = horizon
    sales = (0..<panel.seriesCount).map { panel.series(at: $0).values.map { Float($0) } }
    let known = Self.weekdays(panel) + Self.yearSeason(panel)
    let past = sales.map(Self.history)
    pastCount = past[0].count
    columns = past.map { $0 + known }
  }

  /// Returns the history, its mask, the known future features, their mask, and the targets of
  /// windows, given the series and the end of the history of each.
  func batch(series: [Int], ends: [Int]) -> [[Float]] {
    var history: [Float] = []  // [B, T, F]
    var future: [Float] = []  // [B, K, F′]
    var targets: [Float] = []  // [B, K]
    for (index, end) in zip(series, ends) {
      for step in end - inputLength..<end {
        for column in columns[index] { history.append(column[step]) }
      }
      for step in end..<end + horizon {
        for column in columns[index][pastCount...] { future.append(column[step]) }
        targets.append(sales[index][step])
      }
    }
    return [filled(history), mask(history), filled(future), mask(future), targets]
  }

  private func filled(_ values: [Float]) -> [Float] { values.map { $0.isNaN ? 0 : $0 } }

  private func mask(_ values: [Float]) -> [Float] { values.map { $0.isNaN ? 0 : 1 } }

  private static func history(_ sales: Column) -> [Column] {
    let lags = [7, 14, 28].map { lag in
      sales.indices.map { $0 < lag ? .nan : sales[$0 - lag] }
    }
    let means = [7, 28].map { window in rolling(sales, window) { $0.reduce(0, +) } }
    let zeros = rolling(sales, 28) { Double($0.count { $0 == 0 }) }
    return [sales] + lags + means + [zeros]
  }

  /// Returns a sum over the steps before each step, divided by their number.
  private static func rolling(_ sales: Column, _ window: Int, _ sum: ([Double]) -> Double) -> Column
  {
    sales.indices.map { step in
      let before = sales[max(0, step - window)..<step].map(Double.init)
      return before.isEmpty ? .nan : Float(sum(before) / Double(before.count))
    }
  }

  private static func weekdays(_ panel: Panel) -> [Column] {
    (1...7).map { weekday in
      panel.calendar.dates.map { $0.weekday == weekday ? 1 : 0 }
    }
  }

  private static func yearSeason(_ panel: Panel) -> [Column] {
    let angles = panel.calendar.dates.map { 2 * Double.pi * Double($0.dayNumber) / 365.25 }
    return [angles.map { Float(sin($0)) }, angles.map { Float(cos($0)) }]
  }
}
