import Forecasting
import NeuralNetwork
import SalesTestSupport
import Testing

@Suite struct WindowWeightingTests {
  /// Two series with means of 2 and 50 over 12 days.
  private static let panel = Panel(
    calendar: RegularCalendar(start: date(2024, 1, 3), count: 12),
    series: [
      Series(id: "small", values: (0..<12).map { Double(1 + $0 % 3) }),
      Series(id: "large", values: (0..<12).map { Double(25 * (1 + $0 % 3)) }),
    ])

  private static func weights(_ weighting: WindowWeighting) throws -> [Float] {
    let forecaster = LSTMForecaster(
      windows: .init(horizon: 3, inputLength: 6, seasonLength: 3),
      training: .init(weighting: weighting))
    let windows = try forecaster.examples(of: panel).0
    let last = [windows.count / 2 - 1, windows.count - 1]
    return windows.batch(last[...]).targets.weights.scalars
  }

  @Test func equalWeightsAreTheMask() throws {
    #expect(try Self.weights(.equal) == [1, 1, 1, 1, 1, 1])
  }

  /// Weights 2^0.5 and 50^0.5, divided by their mean.
  @Test func weightsGrowWithTheScale() throws {
    let found = try Self.weights(.scale(exponent: 0.5))
    let expected: [Float] = [1 / 3, 1 / 3, 1 / 3, 5 / 3, 5 / 3, 5 / 3]
    for (one, other) in zip(found, expected) { #expect(abs(one - other) < 1e-5) }
  }
}
