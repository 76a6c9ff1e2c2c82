import Forecasting
import Foundation
import Testing

/// Figures from flaircast 0.6.1, with the series of `BaselineSeries`, and with stratified draws in place of
/// random ones:
///
///     import numpy as np
///     from flaircast import _forecast as flair
///
///     M = 2**64 - 1
///
///     class Draws:  # xoshiro256**, seeded by SplitMix64
///         def __init__(self, seed=None):
///             self.s = []
///             x = 0
///             for _ in range(4):
///                 x = z = (x + 0x9E3779B97F4A7C15) & M
///                 z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & M
///                 z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & M
///                 self.s.append(z ^ (z >> 31))
///             self.first = self.order(200)
///
///         def next(self):
///             s, turn = self.s, lambda v, k: ((v << k) | (v >> (64 - k))) & M
///             result, t = (turn((s[1] * 5) & M, 7) * 9) & M, (s[1] << 17) & M
///             s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t
///             s[3] = turn(s[3], 45)
///             return result
///
///         def order(self, n):
///             order = list(range(n))
///             for i in range(n - 1, 0, -1):
///                 j = ((self.next() >> 32) * (i + 1)) >> 32
///                 order[i], order[j] = order[j], order[i]
///             return 2 * np.array(order) + 1
///
///         def choice(self, a, size, replace):
///             a, steps = np.sort(a), range(size // 200)
///             return np.stack([a[self.order(200) * len(a) // 400] for _ in steps], 1).ravel()
///
///         def randint(self, low, high, size):
///             return self.first * high // 400
///
///     np.random.RandomState = Draws
///
///     def show(y, horizon, freq):
///         paths = flair.forecast(y, horizon, freq)
///         print(paths.mean(0), np.quantile(paths, [0.1, 0.9], axis=0))
///
///     def waves(n, *periods):
///         t = np.arange(n)
///         r = 200 + t / 4
///         for p in periods:
///             r = r * (1 + 0.3 * np.sin(2 * np.pi * t / p))
///         return r + 3 * (t * t % 11)
@Suite struct RidgeTests {
  static let ridge = RidgeForecaster(quantileLevels: [0.1, 0.9])

  static func waves(_ count: Int, _ periods: Int...) -> [Double] {
    (0..<count).map { t in
      let level = periods.reduce(200 + Double(t) / 4) {
        $0 * (1 + 0.3 * sin(2 * Double.pi * Double(t) / Double($1)))
      }
      return level + Double(3 * (t * t % 11))
    }
  }

  static func panel(_ values: [Double], _ frequency: Frequency) -> Panel {
    let calendar = RegularCalendar(
      start: CalendarDate(year: 2001, month: 1, day: 1)!, count: values.count,
      frequency: frequency)
    return Panel(calendar: calendar, series: [Series(id: "a", values: values)])
  }

  /// Folded by weeks: show(y, 9, "D"), show(w, 9, "D")
  @Test func weeksOfDays() throws {
    try BaselineSeries.expect(
      Self.ridge, of: BaselineSeries.trending,
      mean: [
        87.8762163, 100.11303, 102.7745336, 91.90906768, 97.58431246, 105.7303858, 92.45852091,
        88.31363426, 99.90769202,
      ],
      low: [74.76399698, 91.86223085, 91.99121256, 83.85602102],
      high: [97.74878399, 108.8039164, 117.1603291, 99.18936383])
    try BaselineSeries.expect(
      Self.ridge, of: BaselineSeries.seasonal,
      mean: [
        77.18515628, 71.90924642, 79.49781063, 92.81818469, 121.8947034, 138.3306183, 105.5109712,
        77.11770267, 71.42773084,
      ],
      low: [66.21898988, 65.46541254, 70.61251331, 83.96910826],
      high: [85.62003754, 77.99465505, 91.62113634, 101.7092937])
  }

  /// Not folded, since no season describes it, and counts: show(z, 9, "D")
  @Test func countsWithoutASeason() throws {
    try BaselineSeries.expect(
      Self.ridge, of: BaselineSeries.intermittent,
      mean: [1.365, 0.615, 0.61, 1.44, 1.385, 0.965, 2.11, 0.69, 1.15],
      low: [0, 0, 0, 0], high: [3, 2, 2, 4])
  }

  /// Too short to be folded: show(y[:6], 3, "D")
  @Test func fewValues() throws {
    try BaselineSeries.expect(
      Self.ridge, of: Array(BaselineSeries.trending.prefix(6)),
      mean: [69.98835588, 69.60334371, 69.64583776],
      low: [61.90035524, 62.05621112, 62.03408508],
      high: [83.44648443, 82.43532435, 83.40176333])
  }

  /// show(200 - y, 4, "D"), show(y - 90, 4, "D")
  @Test func fallingAndNegativeValues() throws {
    try BaselineSeries.expect(
      Self.ridge, of: BaselineSeries.trending.map { 200 - $0 },
      mean: [111.1909749, 99.55162309, 98.71274441, 107.3025089],
      low: [102.9654083, 90.78743554, 89.95419751, 99.06542827],
      high: [118.8585959, 108.386397, 107.5277934, 114.6045236])
    try BaselineSeries.expect(
      Self.ridge, of: BaselineSeries.trending.map { $0 - 90 },
      mean: [-2.805316127, 9.512210023, 14.22328588, 1.061750173],
      low: [-21.85973088, -0.1302895451, 1.392294438, -7.982381262],
      high: [8.705092965, 20.2831881, 35.74641009, 10.60511304])
  }

  /// The calendar's seasons, which include the weeks of a year of days, and the days of a week of
  /// hours: show(waves(90, 12), 3, "M"), show(waves(400, 52), 3, "W"), show(waves(1200, 7, 365), 9, "D"),
  /// show(waves(900, 24, 168), 3, "H"), show(waves(900, 24), 3, "H")
  @Test func seasonsOfTheCalendar() throws {
    let cases: [([Double], Frequency, [Double])] = [
      (Self.waves(90, 12), .month, [226.2044475, 195.6513622, 179.484586]),
      (Self.waves(400, 52), .week(), [223.5907301, 224.4323536, 216.7796346]),
      (
        Self.waves(1200, 7, 365), .day,
        [
          732.5412642, 566.6984736, 464.4491726, 503.0978667, 651.8599466, 800.7568249, 835.749535,
          728.2968807, 563.4035579,
        ]
      ),
      (Self.waves(900, 24, 168), .hour, [545.5046806, 501.5223833, 460.8423235]),
      (Self.waves(900, 24), .hour, [435.5651161, 404.6149936, 374.2418224]),
    ]
    for (values, frequency, expected) in cases {
      let forecast = try RidgeForecaster().forecast(
        from: Self.panel(values, frequency), horizon: expected.count)
      for (found, expected) in zip(forecast.values, expected) {
        #expect(abs(found - expected) <= 1e-6 * expected, "\(frequency)")
      }
    }
  }

  /// Forecasts of series below 1 or above 1e9 scale with the series.
  @Test func smallAndLargeValuesAreScaled() throws {
    for sizes in [[1e-3, 1e-12], [1e8, 1e30]] {
      let forecasts = try sizes.map { size in
        try Self.ridge.forecast(
          from: BaselineSeries.panel([BaselineSeries.seasonal.map { $0 * size }]), horizon: 9)
      }
      let ratio = sizes[1] / sizes[0]
      for (small, large) in zip(forecasts[0].values, forecasts[1].values) {
        #expect(abs(large / ratio / small - 1) < 1e-7)
      }
    }
  }

  @Test func aSeriesThatIsTooShortIsForecastByItsLastValue() throws {
    let forecast = try Self.ridge.forecast(
      from: BaselineSeries.panel([[3, 5, 4, 9], [3, 5, 4, 9, 2]]), horizon: 2)
    #expect(forecast.fallbacks == ["s0": "Naive"])
    #expect(Array(forecast.values(at: 0)) == [9, 9])
  }

  @Test func forecastsStayAboveTheSmallestValue() throws {
    let values = (0..<80).map { day -> Double in
      let wave = 3 * (day * day % 7)
      return Double(900 - 10 * day + wave)
    }
    let forecast = try Self.ridge.forecast(from: BaselineSeries.panel([values]), horizon: 40)
    #expect(forecast.values.allSatisfy { $0 >= values.min()! })
  }
}
