import Forecasting
import Foundation
import Testing

// The series of the figures from statsforecast 2.1.1:
//
//     import numpy as np
//     from statsforecast.models import *
//
//     t = np.arange(60)
//     y = 50 + 3.0 * (t * 7 % 11) + np.array([0, 4, 9, 2, -3, 8, 15.0])[t % 7] + t / 2
//     w = y * (1 + 0.3 * np.sin(2 * np.pi * t / 7))
//     z = np.where((3 * t * t + t) % 5 == 0, t % 4 + 1.0, 0)
//
//     def show(model, y):
//         r = model.fit(y).predict(9, level=[80])
//         print(r["mean"], r["lo-80"], r["hi-80"])
enum BaselineSeries {
  /// A trend, and a season of 7 steps that is weak.
  static let trending: [Double] = (0..<60).map { t in
    let wave = 3 * Double(t * 7 % 11)
    let day: Double = [0, 4, 9, 2, -3, 8, 15][t % 7]
    return 50 + wave + day + Double(t) / 2
  }

  /// A season of 7 steps that grows with the trend.
  static let seasonal: [Double] = trending.enumerated().map { t, value in
    let angle = 2 * Double.pi * Double(t) / 7
    return value * (1 + 0.3 * sin(angle))
  }

  /// Many zeros.
  static let intermittent: [Double] = (0..<60).map { t in
    let isSold = (3 * t * t + t) % 5 == 0
    return isSold ? Double(t % 4 + 1) : 0
  }

  /// A panel of series that end at the same day.
  static func panel(_ series: [[Double?]]) -> Panel {
    let count = series.map(\.count).max()!
    let calendar = RegularCalendar(
      start: CalendarDate(year: 2024, month: 1, day: 1)!, count: count)
    return Panel(
      calendar: calendar,
      series: series.enumerated().map { place, values in
        Series(id: "s\(place)", start: count - values.count, values: values)
      })
  }

  /// Expects the forecast of a series, and its 10 % and 90 % quantiles.
  static func expect(
    _ forecaster: some LocalForecaster, of values: [Double], mean: [Double],
    low: [Double] = [], high: [Double] = [], tolerance: Double = 1e-6,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let forecast = try forecaster.forecast(from: panel([values]), horizon: mean.count)
    #expect(forecast.fallbacks.isEmpty, sourceLocation: sourceLocation)
    func compare(_ found: [Double], _ expected: [Double], _ what: String) {
      for (step, (found, expected)) in zip(found, expected).enumerated() {
        #expect(
          abs(found - expected) <= tolerance * abs(expected),
          "\(forecaster.name): \(what) of step \(step)", sourceLocation: sourceLocation)
      }
    }
    compare(forecast.values, mean, "mean")
    guard !low.isEmpty else { return }
    let quantiles = try #require(forecast.quantiles, sourceLocation: sourceLocation).values
    compare(stride(from: 0, to: quantiles.count, by: 2).map { quantiles[$0] }, low, "low")
    compare(stride(from: 1, to: quantiles.count, by: 2).map { quantiles[$0] }, high, "high")
  }
}
