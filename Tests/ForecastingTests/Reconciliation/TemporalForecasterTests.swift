import Forecasting
import Foundation
import Testing

/// Forecasts of steps, of sums of two, and of sums of six steps, reconciled by hierarchicalforecast 1.5.3
/// and by NumPy:
///
/// ```python
/// import numpy as np
/// from hierarchicalforecast.methods import MinTrace
/// m, lengths, T = 6, (2, 6), 31
/// y = np.array([20 + 5 * np.sin(1.1 * (t + 1)) + 0.3 * t + t % 3 for t in range(T)])
/// def sums(values, length):
///     return values[len(values) % length:].reshape(-1, length).sum(1)
/// def base(values):  # means of two sums of 2, the last sum of 6, and steps of five steps before
///     return np.concatenate([np.repeat(sums(values, 2)[-2:].mean(), 3), sums(values, 6)[-1:],
///                            values[-5:], values[-5:-4]])
/// S = np.vstack([np.kron(np.eye(3), np.ones(2)), np.ones(6), np.eye(6)])
/// b = base(y)[:, None]
/// print(np.round(MinTrace("wls_struct").fit_predict(S=S, y_hat=b)["mean"][-6:, 0], 10).tolist())
/// errors = np.array([S @ y[T - 6 * k:T - 6 * k + 6 or None][:6] - base(y[:T - 6 * k]) for k in (1, 2, 3)])
/// v2, v6, v1 = (errors[:, :3] ** 2).mean(), (errors[:, 3:4] ** 2).mean(), (errors[:, 4:] ** 2).mean()
/// W = np.diag([v2] * 3 + [v6] + [v1] * 6)
/// G = np.linalg.inv(S.T @ np.linalg.inv(W) @ S) @ S.T @ np.linalg.inv(W)
/// print(np.round((G @ b)[:, 0], 10).tolist())
/// ```
@Suite struct TemporalForecasterTests {
  private static let values = (0..<31).map { (step: Int) -> Double in
    let place = Double(step)
    return 20 + 5 * sin(1.1 * (place + 1)) + 0.3 * place + Double(step % 3)
  }

  private static func panel(ids: [String] = ["a"]) -> Panel {
    Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 3)!, count: 31),
      series: ids.map { Series(id: $0, values: values) })
  }

  private static func forecaster(_ scaling: TemporalForecaster.Scaling) -> TemporalForecaster {
    TemporalForecaster(lengths: [6, 2], scaling: scaling) { length in
      switch length {
      case 1: SeasonalNaiveForecaster(seasonLength: 5)
      case 2: MovingAverageForecaster(windowLength: 2)
      default: NaiveForecaster()
      }
    }
  }

  private static let cases: [(TemporalForecaster.Scaling, [Double])] = [
    (
      .structural,
      [27.5917556421, 27.9506158361, 30.1255053599, 34.0981222787, 32.4485115278, 26.0924570782]
    ),
    (
      .variances(windowCount: 3),
      [27.3111033293, 27.6699635233, 30.2630176711, 34.2356345899, 32.3122976715, 25.9562432219]
    ),
  ]

  @Test(arguments: cases.indices) func equalsOtherImplementations(_ place: Int) throws {
    let (scaling, expected) = Self.cases[place]
    let panel = Self.panel()
    let model = try Self.forecaster(scaling).fit(panel)
    #expect(model.name == "Seasonal naive temporal")
    let found = try model.forecast(from: panel, horizon: 6).values
    for (found, expected) in zip(found, expected) { #expect(abs(found - expected) < 1e-8) }
    // A shorter horizon is the start of it, and a longer one continues it.
    #expect(try model.forecast(from: panel, horizon: 4).values == Array(found[..<4]))
    let longer = try model.forecast(from: panel, horizon: 8)
    #expect(longer.values.count == 8 && longer.values.allSatisfy { $0.isFinite && $0 > 0 })
  }

  /// A series that is always 0 has no errors, and a panel without room for a window structural variances.
  @Test func unusualPanels() throws {
    let panel = Self.panel(ids: ["a", "b"])
    let zeros = Panel(
      calendar: panel.calendar,
      series: [
        panel.series(at: 0), Series(id: "z", values: Array(repeating: 0, count: 31)),
      ])
    let found = try Self.forecaster(.variances(windowCount: 3)).fit(zeros)
      .forecast(from: zeros, horizon: 6)
    #expect(found.values[6...].allSatisfy { $0 == 0 })
    let short = panel.slice(20..<31)
    let structural = try Self.forecaster(.structural).fit(short).forecast(from: short, horizon: 6)
    let without = try Self.forecaster(.variances(windowCount: 3)).fit(short)
      .forecast(from: short, horizon: 6)
    #expect(structural.values == without.values)
    #expect(throws: ForecastError.noWindow(longest: 5, needed: 6)) {
      try Self.forecaster(.structural).fit(panel.slice(26..<31))
        .forecast(from: panel.slice(26..<31), horizon: 6)
    }
  }
}
