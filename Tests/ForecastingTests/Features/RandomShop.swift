import Forecasting
import NeuralNetwork
import SalesTestSupport

/// A shop with columns of every role and kind, at random: its products are launched and discontinued
/// at different times, with gaps and stock-outs.
struct RandomShop {
  static let start = date(2023, 11, 20)
  static let stepCount = 65
  static let futureSteps = 17
  static let categories: [String?] = ["tea", "cup", "tea", nil, "cup", "tea"]

  private var generator: Xoshiro256
  private(set) var ranges: [Range<Int>] = []
  private var sales: [[Double]] = []
  private var states: [[CellState]] = []
  private var visits: [[Double?]] = []
  private var stock: [[Double]] = []
  private var weather: [[String?]] = []
  private var prices: [[Double?]] = []
  private var promotions: [[Double]] = []
  private var campaigns: [String?] = []

  init(seed: UInt64) {
    generator = Xoshiro256(seed: seed)
    for _ in Self.categories {
      let start = Int.random(in: 0..<30, using: &generator)
      ranges.append(start..<Self.stepCount)
    }
    for range in ranges {
      let ahead = range.lowerBound..<Self.stepCount + Self.futureSteps
      prices.append(ahead.map { _ in chance(0.1) ? nil : .random(in: 1..<9, using: &generator) })
      promotions.append(ahead.map { _ in chance(0.2) ? 1 : 0 })
      sales.append([])
      states.append([])
      visits.append([])
      stock.append([])
      weather.append([])
    }
    campaigns = (0..<Self.stepCount + Self.futureSteps).map { _ in
      chance(0.7) ? nil : chance(0.5) ? "mail" : "web"
    }
    redrawPast(from: 0)
  }

  /// Draws the target and every past-only column anew from a step on, and until when the products
  /// that are sold then are sold.
  mutating func redrawPast(from step: Int) {
    for index in ranges.indices {
      if ranges[index].upperBound > step {
        let end = Int.random(in: max(45, step)...Self.stepCount, using: &generator)
        ranges[index] = ranges[index].lowerBound..<end
      }
      let range = ranges[index]
      let kept = max(0, min(step, range.upperBound) - range.lowerBound)
      let fresh = range.count - kept
      sales[index] =
        sales[index].prefix(kept)
        + (0..<fresh).map { _ in chance(0.3) ? 0 : .random(in: -2..<50, using: &generator) }
      states[index] =
        states[index].prefix(kept)
        + (0..<fresh).map { _ in chance(0.8) ? .observed : chance(0.5) ? .gap : .stockOut }
      visits[index] =
        visits[index].prefix(kept)
        + (0..<fresh).map { _ in chance(0.1) ? nil : .random(in: 0..<99, using: &generator) }
      stock[index] =
        stock[index].prefix(kept)
        + (0..<fresh).map { _ in chance(0.3) ? 0 : .random(in: 0..<9, using: &generator) }
      weather[index] =
        weather[index].prefix(kept)
        + (0..<fresh).map { _ in chance(0.2) ? nil : randomWeather() }
    }
  }

  /// How the items were bought up to a step; all their sales are handed over, those after it, too.
  func purchases(upTo step: Int) -> PurchaseSummary {
    var (ids, days, amounts): ([String], [CalendarDate], [Double]) = ([], [], [])
    for (index, range) in ranges.enumerated() {
      for (place, day) in range.enumerated() where sales[index][place] > 0 {
        ids.append("item \(index)")
        days.append(Self.start.advanced(by: day))
        amounts.append(Double(sales[index][place]))
      }
    }
    return PurchaseSummary(
      ids: ids, dates: days, amounts: amounts, before: Self.start.advanced(by: step + 1))
  }

  var panel: Panel {
    Panel(
      calendar: RegularCalendar(start: Self.start, count: Self.stepCount),
      series: ranges.indices.map {
        Series(
          id: "item \($0)", start: ranges[$0].lowerBound, values: sales[$0], states: states[$0])
      }
    )
    .adding(level: "category", Self.categories)
    .adding(static: "weight", .numbers([1, nil, 3, 4, 5, 6]))
    .adding(past: "visits", .numbers(visits.flatMap(\.self)))
    .adding(past: "stock", .numbers(stock.flatMap(\.self)))
    // The vocabulary is that of all days, so that the categories' numbers know the last one.
    .adding(past: "weather", .categories(weather.flatMap(\.self)))
    .adding(known: "price", .numbers(prices.flatMap(\.self)), futureSteps: Self.futureSteps)
    .adding(known: "promotion", .numbers(promotions.flatMap(\.self)), futureSteps: Self.futureSteps)
    .adding(
      shared: "list price", .numbers(campaigns.map { $0 == nil ? 8 : 9.5 }),
      futureSteps: Self.futureSteps
    )
    .adding(
      shared: "campaign", .categories(campaigns, vocabulary: Vocabulary(["mail", "web"])),
      futureSteps: Self.futureSteps)
  }

  /// Two kinds of weather are usual, others so rare that some are only seen late.
  private mutating func randomWeather() -> String {
    if chance(0.4) { return "rain" }
    return chance(0.5) ? "sun" : "wind \(Int.random(in: 0..<17, using: &generator))"
  }

  private mutating func chance(_ probability: Double) -> Bool {
    Double.random(in: 0..<1, using: &generator) < probability
  }
}
