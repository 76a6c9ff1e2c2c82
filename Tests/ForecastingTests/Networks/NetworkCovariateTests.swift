import Forecasting
import Foundation
import NeuralNetwork
import Testing

@Suite struct NetworkCovariateTests {
  private static let features = FeatureSet(
    static: [StaticColumn("weight")],
    past: [Column(.past("visits")), Rolling(.mean, of: .target, window: 7)],
    known: [
      Column(.known("price")), Lag(of: .target, by: 7), CalendarFeature(.dayOfWeek, as: .oneHot),
    ],
    window: [.seasonalProfile(seasonLength: 7), .horizonPlace, .logScale])

  private static func forecaster(features: FeatureSet = features) -> LSTMForecaster {
    LSTMForecaster(
      windows: .init(horizon: 4, inputLength: 14, features: features),
      architecture: .init(hiddenSize: 5),
      training: .init(epochs: 3, stepsPerEpoch: 5, batchSize: 6, learningRate: 0.02))
  }

  /// Three series over 50 days, with prices for as many days after.
  private static func panel(priceAfterTheEnd price: Double = 3, futureSteps: Int = 4) -> Panel {
    let days = 50
    let prices = (0..<days).map { Double(2 + $0 % 3) }
    let series = (0..<3).map { index in
      Series(
        id: "s\(index)",
        values: (0..<days).map { Double(20 * (index + 1)) / prices[$0] + Double($0 % 7) })
    }
    let future = Array(repeating: price, count: futureSteps)
    return Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 3)!, count: days),
      series: series
    )
    .adding(static: "weight", .numbers([150, 900, nil]))
    .adding(past: "visits", .numbers((0..<3 * days).map { $0 % 11 == 4 ? nil : Double($0 % 60) }))
    .adding(shared: "price", .numbers(prices + future), futureSteps: futureSteps)
  }

  @Test func channelsAreThoseOfTheColumns() throws {
    let encoding = try Self.forecaster().examples(of: Self.panel()).0.encoding
    // The target and its mask, visits and their mask, the rolling mean, the price, the lag, and seven
    // weekdays; the mean and the lag have masks, as the first days have neither.
    #expect(encoding.historyNumberCount == 2 + 2 + 2 + 1 + 2 + 7)
    #expect(encoding.futureNumberCount == 3 + 1 + 2 + 7)
    #expect(encoding.staticNumberCount == 2)
    let scalings = Dictionary(
      uniqueKeysWithValues: encoding.history.numbers.map { ($0.column, $0.scaling) })
    #expect(scalings["target mean of 7"] == .window)
    #expect(scalings["target 7 before"] == .window)
    #expect(scalings["day of week 3"] == ColumnScaling.none)
    guard case .standard(let mean, let deviation) = scalings["price"] else {
      Issue.record("expected a standardized price, got \(String(describing: scalings["price"]))")
      return
    }
    // Prices 2, 3, 4, …, 2, 3: 17 of 2 and 3 each, and 16 of 4. Those after the end do not count.
    #expect(abs(mean - 149 / 50) < 1e-6)
    #expect(abs(deviation - (Float(477) / 50 - mean * mean).squareRoot()) < 1e-5)
  }

  @Test func theForecastDependsOnThePlannedPrice() throws {
    let model = try Self.forecaster().fit(Self.panel())
    let low = try model.forecast(from: Self.panel(priceAfterTheEnd: 2), horizon: 4)
    let high = try model.forecast(from: Self.panel(priceAfterTheEnd: 4), horizon: 4)
    #expect(low.values != high.values)
  }

  /// Fifty deviations from the mean are the most that a network sees.
  @Test func aMistypedPriceIsBounded() throws {
    let model = try Self.forecaster().fit(Self.panel())
    let forecast = try model.forecast(from: Self.panel(priceAfterTheEnd: 1e6), horizon: 4)
    let other = try model.forecast(from: Self.panel(priceAfterTheEnd: 1e30), horizon: 4)
    #expect(other.values == forecast.values && forecast.values.allSatisfy(\.isFinite))
  }

  /// A column that is empty in the training part can have categories later.
  @Test func anEmptyColumnOfCategories() throws {
    func panel(_ brands: [String?]) -> Panel {
      Self.panel().adding(static: "brand", .categories(brands))
    }
    let forecaster = LSTMForecaster(
      windows: .init(
        horizon: 4, inputLength: 14, features: FeatureSet(static: [StaticColumn("brand")])),
      architecture: .init(hiddenSize: 5), training: .init(epochs: 1, stepsPerEpoch: 2, batchSize: 6)
    )
    let model = try forecaster.fit(panel([nil, nil, nil]))
    let forecast = try model.forecast(from: panel([nil, "x", nil]), horizon: 4)
    #expect(forecast.values.allSatisfy { $0.isFinite })
  }

  @Test func aMissingFuturePriceIsAnErrorThatNamesIt() throws {
    let model = try Self.forecaster().fit(Self.panel())
    let date = CalendarDate(year: 2024, month: 2, day: 24)!
    #expect(
      throws: CovariateError.beyondReach(column: "price", id: "s0", date: date, futureSteps: 2)
    ) { try model.forecast(from: Self.panel(futureSteps: 2), horizon: 4) }
  }

  @Test(arguments: [PointHead(.squared), QuantileHead(levels: [0.1, 0.9])] as [any ForecastHead])
  func aFileNeedsNothingPassedByHand(head: any ForecastHead) throws {
    let path = FileManager.default.temporaryDirectory.path + "/\(UUID().uuidString).safetensors"
    defer { try? FileManager.default.removeItem(atPath: path) }
    let forecaster = LSTMForecaster(
      windows: .init(horizon: 4, inputLength: 14, features: Self.features),
      architecture: .init(hiddenSize: 5), head: head,
      training: .init(epochs: 1, stepsPerEpoch: 2, batchSize: 6))
    let model = try forecaster.fit(Self.panel())
    try model.write(to: path)
    let read = try FittedLSTMForecaster(contentsOf: path)
    // Another panel than that of the training: scales and categories are those of the file.
    let other = Self.panel(priceAfterTheEnd: 7).mapSeries { series in
      Series(id: series.id, values: series.values.map { $0 * 5 + 1 })
    }
    #expect(try read.forecast(from: other, horizon: 4) == model.forecast(from: other, horizon: 4))
    #expect("\(read.head)" == "\(head)")
  }
}
