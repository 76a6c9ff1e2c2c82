import Forecasting
import Foundation
import NeuralNetwork
import SalesTestSupport
import Testing

/// A network learns a process whose law is known.
@Suite struct KnownLawTests {
  private static let (dayCount, horizon) = (420, 14)
  private static let dispersion = 0.05
  /// The days on which the first series was sold out.
  private static let soldOut = 200..<209

  /// Negative binomial counts with a weekly season, promotions that treble sales, and one stock-out.
  private struct Process {
    /// The mean of each day of each series.
    private(set) var means: [[Double]] = []
    private(set) var counts: [[Double]] = []
    private(set) var promotions: [[Double]] = []

    init(seed: UInt64) {
      var generator = Xoshiro256(seed: seed)
      let week = [0.8, 0.75, 0.85, 0.95, 1.2, 1.5, 0.95]
      for index in 0..<24 {
        let level = exp(Double.random(in: 1.5...3.5, using: &generator))
        var promotion = [Double](repeating: 0, count: dayCount)
        var day = Int.random(in: 2..<16, using: &generator)
        while day < dayCount {
          let end = min(day + Int.random(in: 2..<7, using: &generator), dayCount)
          for promoted in day..<end { promotion[promoted] = 1 }
          day = end + Int.random(in: 5..<21, using: &generator)
        }
        let mean = (0..<dayCount).map { level * week[$0 % 7] * (1 + 2 * promotion[$0]) }
        var count = mean.map {
          NegativeBinomialDistribution(mean: $0, dispersion: dispersion).sample(using: &generator)
        }
        if index == 0 { for day in soldOut { count[day] = 0 } }
        means.append(mean)
        counts.append(count)
        promotions.append(promotion)
      }
    }

    /// The sales before the last days, with the promotions of all days or without them.
    func panel(withPromotions: Bool) -> Panel {
      let end = dayCount - horizon
      let series = counts.enumerated().map { index, count in
        Series(
          id: "s\(index)", values: Array(count[..<end]),
          states: (0..<end).map { index == 0 && soldOut.contains($0) ? .stockOut : .observed })
      }
      let panel = Panel(
        calendar: RegularCalendar(start: date(2023, 1, 2), count: end), series: series)
      guard withPromotions else { return panel }
      return panel.adding(
        known: "promotion", .numbers(promotions.flatMap { $0 }), futureSteps: horizon)
    }

    /// Returns the mean negative log-likelihood of the last days, if their means are given, [N, H].
    func loss(_ means: [Double]) -> Double {
      let actual = counts.flatMap { $0.suffix(horizon) }
      return zip(actual, means).reduce(0) { sum, pair in
        let (count, mean, size) = (pair.0, max(pair.1, 1e-3), 1 / dispersion)
        let coefficient = lgamma(count + size) - lgamma(size) - lgamma(count + 1)
        return sum - coefficient - size * log(size / (size + mean))
          - count * log(mean / (size + mean))
      } / Double(actual.count)
    }
  }

  @Test func isNearTheLossOfTheLaw() throws {
    let process = Process(seed: 2)
    func loss(withPromotions: Bool) throws -> Double {
      let panel = process.panel(withPromotions: withPromotions)
      let forecaster = LSTMForecaster(
        windows: .init(horizon: Self.horizon), architecture: .init(hiddenSize: 32),
        head: NegativeBinomialHead(levels: [0.5]),
        training: .init(epochs: 10, stepsPerEpoch: 50, batchSize: 64, learningRate: 0.005))
      let forecast = try forecaster.fit(panel).forecast(from: panel, horizon: Self.horizon)
      return process.loss(forecast.values)
    }
    let least = process.loss(process.means.flatMap { $0.suffix(Self.horizon) })
    let informed = try loss(withPromotions: true)
    #expect(informed < 1.03 * least, "\(informed) against \(least)")
    let uninformed = try loss(withPromotions: false)
    #expect(uninformed > 1.1 * informed, "\(uninformed) against \(informed)")
  }
}
