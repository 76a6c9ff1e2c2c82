import Forecasting
import Foundation
import NeuralNetwork
import SalesTestSupport
import Testing
import TestSupport

/// Sample paths of an autoregressive network.
@Suite struct SamplePathTests {
  private static let (dayCount, horizon) = (180, 14)
  private static let levels = [0.1, 0.5, 0.9]

  /// Counts with a weekly season, of sizes from 0.4 to 20.
  private static func counts(_ series: Int = 6, seed: UInt64 = 4) -> Panel {
    var generator = Xoshiro256(seed: seed)
    let week = [0.5, 1, 0.7, 1.5, 1, 2, 1]
    return panel(series, of: dayCount) { index in
      let size = 0.4 * Double(1 + index * index)
      return (0..<dayCount).map { day in
        NegativeBinomialDistribution(mean: size * week[day % 7], dispersion: 0.3)
          .sample(using: &generator)
      }
    }
  }

  private static func panel(
    _ count: Int, of length: Int, _ values: (_ series: Int) -> [Double]
  ) -> Panel {
    Panel(
      calendar: RegularCalendar(start: date(2024, 1, 1), count: length),
      series: (0..<count).map { Series(id: "s\($0)", values: values($0)) })
  }

  private static func forecaster(
    _ head: (any ForecastHead)?, horizon: Int = horizon, epochs: Int = 1, steps: Int = 8,
    ensemble: Int = 1
  ) -> NetworkForecaster<DeepARArchitecture> {
    var forecaster = NetworkForecaster(
      windows: .init(
        horizon: horizon, inputLength: 28, features: .automatic(for: .day, seasonLength: 7)),
      architecture: DeepARArchitecture(hiddenSize: 10, projectedSize: 6), head: head,
      training: .init(
        epochs: epochs, stepsPerEpoch: steps, batchSize: 24, learningRate: 0.01,
        ensembleSize: ensemble, seed: 3))
    forecaster.quantileLevels = levels
    return forecaster
  }

  @Test func pathsDependOnTheSeedAloneAndNotOnThreads() throws {
    let before = Parallelism.threadCount
    defer { Parallelism.threadCount = before }
    let panel = Self.counts()
    let model = try Self.forecaster(NegativeBinomialHead(), ensemble: 2).fit(panel)
    func paths(threads: Int, seed: UInt64 = 5) throws -> ForecastPaths {
      Parallelism.threadCount = threads
      return try model.paths(from: panel, horizon: 9, count: 41, seed: seed)
    }
    let first = try paths(threads: 1)
    #expect(first.ids == panel.ids && first.count == 41 && first.horizon == 9)
    #expect(first.values.count == 6 * 41 * 9)
    #expect(try paths(threads: 2).values == first.values)
    #expect(try paths(threads: 3).values == first.values)
    #expect(try paths(threads: 2, seed: 6).values != first.values)
    // Each path has random numbers of its own.
    #expect(Set((0..<41).map { Array(first.values(of: 5, path: $0)) }).count == 41)
  }

  /// A path does not depend on the other series of the panel.
  @Test func pathsOfASeriesAlone() throws {
    let panel = Self.counts()
    let model = try Self.forecaster(PoissonHead()).fit(panel)
    let all = try model.paths(from: panel, horizon: 5, count: 30)
    let alone = try model.paths(from: panel.selecting([4]), horizon: 5, count: 30)
    let agreeing = (0..<30).count { alone.values(of: 0, path: $0) == all.values(of: 4, path: $0) }
    // The last bits of a product may depend on its number of rows.
    #expect(agreeing >= 28)
  }

  @Test func countsAreWholeAndNeverNegative() throws {
    let panel = Self.counts()
    for head: any DistributionHead in [
      NegativeBinomialHead(levels: Self.levels), PoissonHead(levels: Self.levels),
    ] {
      let model = try Self.forecaster(head).fit(panel)
      let paths = try model.paths(from: panel, horizon: Self.horizon)
      #expect(paths.count == 100)
      #expect(paths.values.allSatisfy { $0 >= 0 && $0 == $0.rounded() })
      let forecast = try model.forecast(from: panel, horizon: Self.horizon)
      let quantiles = try #require(forecast.quantiles)
      #expect(quantiles.values.allSatisfy { $0 >= 0 && $0 == $0.rounded() })
      #expect(quantiles == paths.quantiles(levels: Self.levels))
      // Means of conditional means, with less noise than the means of the paths.
      for (mean, ofPaths) in zip(forecast.values, paths.means) {
        #expect(abs(mean - ofPaths) < 0.6 * max(1, mean), "\(mean) \(ofPaths)")
      }
      let week = paths.quantiles(ofSumOver: 0..<7, levels: Self.levels)
      #expect(week.values.allSatisfy { $0 == $0.rounded() } && week.ascend)
    }
  }

  /// Sums over paths are sums of the values of each path.
  @Test func sumsComeFromPaths() {
    let values: [Double] = [1, 2, 4, 3, 9, 1, 0, 0, 5, 2, 2, 2]
    let paths = ForecastPaths(
      ids: ["a"], calendar: RegularCalendar(start: date(2024, 1, 1), count: 3), count: 4,
      values: values)
    #expect(paths.means == [1.5, 3.25, 3])
    #expect(
      paths.quantiles(levels: [0.25, 0.5, 0.99]).values == [0, 1, 3, 0, 2, 9, 1, 2, 5])
    // The sums are 7, 13, 5, and 6.
    #expect(
      paths.quantiles(ofSumOver: 0..<3, levels: [0.25, 0.5, 0.75, 0.76]).values == [5, 6, 7, 13])
    let halves = ForecastPaths(
      ids: ["a"], calendar: paths.calendar, count: 4, values: values.map { $0 + 0.25 })
    #expect(halves.quantiles(ofSumOver: 1..<2, levels: [0.5]).values == [2.25])
  }

  /// Sums that are calibrated depend on the order of the paths at each step, not only on the quantiles.
  @Test func calibratedSumsFollowThePaths() throws {
    var generator = Xoshiro256(seed: 2)
    let (seriesCount, pathCount, steps) = (5, 150, 9)
    var values: [Double] = []
    for index in 0..<seriesCount * pathCount {
      let size = Double(1 + index / pathCount)
      var deviation = NormalDistribution().sample(using: &generator)
      for _ in 0..<steps {
        deviation =
          0.7 * deviation + 0.51.squareRoot() * NormalDistribution().sample(using: &generator)
        values.append(size * (100 + deviation))
      }
    }
    let history = Self.panel(seriesCount, of: 30) { Array(repeating: Double(100 + $0), count: 30) }
    let calendar = history.calendar(ofNext: steps)
    let paths = ForecastPaths(
      ids: history.ids, calendar: calendar, count: pathCount, values: values)
    let forecast = try Forecast(
      ids: history.ids, calendar: calendar, values: paths.means,
      quantiles: paths.quantiles(levels: Quantiles.standardLevels)
    ).with(paths.ranks)
    func width(_ forecast: Forecast, _ places: [Int], of series: Int) throws -> Double {
      let sums = try ForecastCalibration([], sumLengths: [7])
        .sums(of: forecast, from: history.selecting(places), levels: [0.1, 0.9])[0].quantiles
      return sums.value(of: series, 1) - sums.value(of: series, 0)
    }
    for series in 0..<seriesCount {
      let week = paths.quantiles(ofSumOver: 0..<7, levels: [0.1, 0.9]).values
      let expected = week[2 * series + 1] - week[2 * series]
      let all = Array(0..<seriesCount)
      #expect(abs(try width(forecast, all, of: series) / expected - 1) < 0.06)
      #expect(try width(forecast.with(nil), all, of: series) / expected < 0.75)
      // The ranks of a part of the forecast are those of its series and steps.
      #expect(
        try width(forecast.prefix(8).selecting([series]), [series], of: 0)
          == width(forecast, all, of: series))
    }
    // More paths can be drawn than there are.
    let drawn = try ForecastCalibration([]).paths(of: forecast, from: history, count: 300)
    #expect(drawn.ranks.count == 256 && drawn.values.count == seriesCount * 300 * steps)
  }

  @Test func closedDaysAreZero() throws {
    var panel = Self.counts()
    panel = panel.closed(on: ClosingCalendar(weekdays: [.sunday]))
    let model = try Self.forecaster(nil).fit(panel)
    #expect(model.head is NegativeBinomialHead)
    let paths = try model.paths(from: panel, horizon: 14, count: 20)
    for step in 0..<14 {
      let isSunday = panel.calendar.end.advanced(by: step).weekday == Weekday.sunday.rawValue
      let sum = (0..<6).reduce(0) { sum, series in
        sum + (0..<20).reduce(0) { $0 + Array(paths.values(of: series, path: $1))[step] }
      }
      #expect((sum == 0) == isSunday)
    }
  }

  /// A column closes one series at its own steps.
  @Test func stepsClosedByAColumnAreZero() throws {
    let (plain, steps) = (Self.counts(), 11)
    let end = plain.calendar.count
    func isOpen(_ series: Int, _ step: Int) -> Bool { series != 2 || step < end || step % 3 != 0 }
    let open = plain.ids.indices.flatMap { series in
      (plain.steps(at: series).lowerBound..<end + steps).map { isOpen(series, $0) ? 1.0 : 0 }
    }
    let panel = plain.adding(known: "open", .numbers(open), futureSteps: steps)
    let model = try Self.forecaster(nil).fit(plain)
    let closed = panel.closed(on: ClosingCalendar(), at: [ClosingValue("open", .number(0))])
    let paths = try model.paths(from: closed, horizon: steps, count: 20)
    let others = try model.paths(from: panel, horizon: steps, count: 20)
    for series in plain.ids.indices {
      for path in 0..<20 {
        let drawn = Array(others.values(of: series, path: path))
        let expected = drawn.indices.map { isOpen(series, end + $0) ? drawn[$0] : 0 }
        #expect(Array(paths.values(of: series, path: path)) == expected)
      }
    }
    #expect(paths.values != others.values)
  }

  /// A head that can't be sampled feeds its forecast back.
  @Test func pointsAreFedBack() throws {
    let panel = Self.counts()
    for head: any ForecastHead in [PointHead(.squared), QuantileHead(levels: Self.levels)] {
      let model = try Self.forecaster(head).fit(panel)
      let forecast = try model.forecast(from: panel, horizon: 6)
      #expect(forecast.values.allSatisfy { $0 >= 0 })
      #expect(forecast.quantiles?.levels == (head is QuantileHead ? Self.levels : nil))
      #expect(throws: ForecastError.notSampled(head: "\(type(of: head))")) {
        try model.paths(from: panel, horizon: 6)
      }
    }
  }

  /// Constant, zero, missing, and single values, of sizes from 1e-6 to 1e9.
  @Test func hostilePanels() throws {
    let length = 90
    let sizes: [Double] = [0, 1, 1e-6, 1e9]
    var series = sizes.enumerated().map {
      Series(id: "c\($0)", values: Array(repeating: $1, count: length))
    }
    var generator = Xoshiro256(seed: 1)
    for size in [1e-6, 1, 1e9] {
      series.append(
        Series(
          id: "r\(size)",
          values: (0..<length).map { _ in size * Double.random(in: 0..<2, using: &generator) }))
    }
    series.append(
      Series(
        id: "missing", values: Array(repeating: 0, count: length),
        states: Array(repeating: .gap, count: length)))
    series.append(
      Series(
        id: "one", values: [3] + Array(repeating: 0, count: length - 1),
        states: [.observed] + Array(repeating: .gap, count: length - 1)))
    let panel = Panel(
      calendar: RegularCalendar(start: date(2024, 1, 1), count: length), series: series)
    for head: any ForecastHead in [
      GaussianHead(levels: Self.levels), StudentTHead(levels: Self.levels),
      NegativeBinomialHead(levels: Self.levels), PoissonHead(levels: Self.levels),
      TweedieHead(levels: Self.levels), PointHead(.squared),
    ] {
      var run = ForecastRun(horizon: 7)
      run.quantileLevels = Self.levels
      run.sumLengths = [7]
      let results = try run([.untrained(Self.forecaster(head, horizon: 7))], on: panel)
      let next = results.models[0].next
      #expect(next.forecast.values.allSatisfy { $0.isFinite && $0 >= 0 }, "\(head)")
      let quantiles = try #require(next.forecast.quantiles)
      #expect(quantiles.ascend && quantiles.values.allSatisfy { $0 >= 0 })
      #expect(next.sums[0].quantiles.ascend)
      #expect(Set(next.forecast.fallbacks.keys) == ["missing", "one"])
    }
  }

  /// The intervals of sums over 7 steps of autoregressive values cover what they should.
  @Test func sumsOfAnAutoregression() throws {
    var generator = Xoshiro256(seed: 8)
    func normal() -> Double { NormalDistribution().sample(using: &generator) }
    let coverage = try Self.coverageOfWeeks(GaussianHead(levels: Self.levels)) {
      var deviation = normal()
      return (0..<$0).map { _ in
        deviation = 0.7 * deviation + 0.51.squareRoot() * normal()
        return 2 * deviation
      }
    }
    #expect((0.74...0.86).contains(coverage), "\(coverage)")
  }

  @Test func sumsOfASeasonalPoissonProcess() throws {
    var generator = Xoshiro256(seed: 9)
    let week = [4.0, 2, 3, 6, 8, 12, 5]
    let coverage = try Self.coverageOfWeeks(NegativeBinomialHead(levels: Self.levels)) { length in
      (0..<length).map {
        NegativeBinomialDistribution(mean: week[$0 % 7]).sample(using: &generator)
      }
    }
    #expect((0.74...0.88).contains(coverage), "\(coverage)")
  }

  /// Returns the share of sums over 7 steps within the 80 % intervals of a network that was trained on
  /// the steps before.
  private static func coverageOfWeeks(
    _ head: any ForecastHead, _ values: (_ length: Int) -> [Double]
  ) throws -> Double {
    let (count, length) = (300, 112)
    let all = (0..<count).map { _ in values(length) }
    let known = panel(count, of: length - 7) { Array(all[$0].dropLast(7)) }
    let model = try forecaster(head, horizon: 7, epochs: 4, steps: 120).fit(known)
    let sums = try model.paths(from: known, horizon: 7, count: 200)
      .quantiles(ofSumOver: 0..<7, levels: [0.1, 0.9])
    let covered = (0..<count).count { series in
      let sum = all[series].suffix(7).reduce(0, +)
      return sums.value(of: series, 0) <= sum && sum <= sums.value(of: series, 1)
    }
    return Double(covered) / Double(count)
  }
}
