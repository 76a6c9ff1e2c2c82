import Explanation

/// Sales with known drivers: promotions raise them strongly, prices lower them less, the day of the
/// week matters a little, and a column of noise doesn't.
enum SyntheticShop {
  static let horizon = 5
  static let trainingLength = 150

  /// Fifteen series over 220 days, with the columns `promotion`, `price`, `noise`, `event`, and
  /// `size`, which are known for a horizon after the end.
  static let panel: Panel = {
    var generator = Xoshiro256(seed: 7)
    let (count, days) = (15, 220)
    let length = days + horizon
    var series: [Series] = []
    var (promotions, prices, noise): ([Double], [Double], [Double]) = ([], [], [])
    var events: [String?] = []
    for index in 0..<count {
      let level = 20 * Double(1 + index % 5)
      var values: [Double] = []
      for day in 0..<length {
        let promotion = Double.random(in: 0..<1, using: &generator) < 0.25 ? 1.0 : 0
        let price = Double.random(in: 0..<1, using: &generator) < 0.5 ? 1.0 : 1.4
        promotions.append(promotion)
        prices.append(price)
        noise.append(Double.random(in: -1..<1, using: &generator))
        events.append(day % 20 == 3 ? "fair" : nil)
        let weekday = day % 7 == 5 ? 1.15 : 1
        let expected = level * (1 + 1.2 * promotion) * (1.6 - 0.6 * price) * weekday
        if day < days {
          values.append(expected * Double.random(in: 0.95..<1.05, using: &generator))
        }
      }
      series.append(Series(id: "item \(index)", values: values))
    }
    return Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 1, day: 1)!, count: days),
      series: series
    )
    .adding(static: "size", .numbers((0..<count).map { Double($0 % 4) }))
    .adding(
      level: "department", (0..<count).map { $0 % 2 == 0 ? "food" : "kitchen" }
    )
    .adding(known: "promotion", .numbers(promotions), futureSteps: horizon)
    .adding(known: "price", .numbers(prices), futureSteps: horizon)
    .adding(known: "noise", .numbers(noise), futureSteps: horizon)
    .adding(known: "event", .categories(events), futureSteps: horizon)
  }()

  /// The first days, which networks are trained on.
  static let history = panel.slice(0..<trainingLength)

  static let features = FeatureSet(
    static: [StaticColumn("size"), StaticColumn("department")],
    known: [
      Column(.known("promotion")), Column(.known("price")), Column(.known("noise")),
      Column(.known("event")), CalendarFeature(.dayOfWeek, as: .oneHot),
    ], window: [.seasonBefore(seasonLength: 7), .seasonalProfile(seasonLength: 7), .horizonPlace])

  /// Returns a configuration of a network.
  static func forecaster<Architecture: ForecastArchitecture>(
    _ architecture: Architecture, head: (any ForecastHead)? = nil, base: WindowBase? = nil,
    epochs: Int = 1, networks: Int = 1, interactions: Int = 0
  ) -> NetworkForecaster<Architecture> {
    var windows = WindowSpecification(
      horizon: horizon, inputLength: 14, seasonLength: 7, features: features, base: base)
    windows.interactionSize = interactions
    return NetworkForecaster(
      windows: windows, architecture: architecture, head: head,
      training: .init(
        epochs: epochs, stepsPerEpoch: 60, batchSize: 32, learningRate: 0.01,
        ensembleSize: networks))
  }

  /// A network that learned the drivers.
  static let model = Result {
    try forecaster(MLPArchitecture(hiddenSize: 24), epochs: 8).fit(history)
  }
}
