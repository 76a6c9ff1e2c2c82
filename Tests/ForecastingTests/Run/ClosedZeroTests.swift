import Forecasting
import SalesTestSupport
import Synchronization
import Testing

/// A forecaster that counts the observed zeros of the panels that it is fitted to.
private struct ZeroCounter: Forecaster {
  let counts: Counts
  /// A Boolean value that indicates whether its time can be limited.
  let isLimitable: Bool

  func fit(_ panel: Panel) throws -> NaiveForecaster {
    let count = panel.eachSeries.reduce(0) { sum, series in
      sum + series.values.indices.count { series.observed[$0] && series.values[$0] == 0 }
    }
    counts.all.withLock { $0.append(count) }
    return NaiveForecaster().fit(panel)
  }

  func limited(to time: Duration) -> ZeroCounter? { isLimitable ? self : nil }
}

private final class Counts: Sendable {
  let all = Mutex<[Int]>([])
}

/// No model learns the zeros of days on which the shop was closed, whoever fits it.
@Suite struct ClosedZeroTests {
  /// Five products that sell on all days but weekends. One of them sold nothing on a Monday, when the shop
  /// was open.
  private static let shop: Panel = {
    let calendar = RegularCalendar(start: date(2024, 1, 1), count: 91)
    return Panel(
      calendar: calendar,
      series: (0..<5).map { index in
        Series(
          id: "p\(index)",
          values: calendar.dates.enumerated().map { day, date in
            date.weekday > 5 || (index == 2 && day == 7) ? 0 : Double(index + 2 + day % 4)
          })
      }
    ).closed(on: ClosingCalendar(weekdays: [.saturday, .sunday]))
  }()

  private func counts(
    isLimitable: Bool = false, _ fit: (ZeroCounter) throws -> Void
  ) rethrows -> [Int] {
    let counts = Counts()
    try fit(ZeroCounter(counts: counts, isLimitable: isLimitable))
    return counts.all.withLock { $0 }
  }

  @Test(arguments: [false, true])
  func runsLeaveThemOut(isLimitable: Bool) throws {
    for limit in [nil, Duration.seconds(60)] {
      let found = try counts(isLimitable: isLimitable) { forecaster in
        var run = ForecastRun(horizon: 6)
        run.timeLimit = limit
        run.quantileLevels = [0.1, 0.9]
        _ = try run([.untrained(forecaster)], on: Self.shop)
      }
      #expect(found == [1, 1, 1])
    }
  }

  @Test func calibrationsLeaveThemOut() throws {
    let found = try counts { forecaster in
      _ = try ConformalForecaster(forecaster, horizon: 6, quantileLevels: [0.1, 0.9])
        .fit(Self.shop)
    }
    #expect(found == [1, 1])
  }

  @Test func searchesForAnomaliesLeaveThemOut() throws {
    let found = try counts { forecaster in
      _ = try AnomalyDetector(forecaster, horizon: 6).anomalies(in: Self.shop)
    }
    #expect(found == [1])
  }

  @Test func networksLeaveThemOut() throws {
    let forecaster = NetworkForecaster<MLPArchitecture>(
      windows: WindowSpecification(horizon: 6, inputLength: 14),
      training: NetworkTraining(epochs: 1, stepsPerEpoch: 2, batchSize: 16))
    let (own, other) = (
      try forecaster.fit(Self.shop).forecast(from: Self.shop, horizon: 6),
      try forecaster.fit(Self.shop.leavingOutClosedZeros()).forecast(from: Self.shop, horizon: 6)
    )
    #expect(own.values == other.values)
    let closed = try forecaster.fit(Self.shop.closed(on: ClosingCalendar()))
      .forecast(from: Self.shop, horizon: 6)
    #expect(own.values != closed.values)
  }
}
