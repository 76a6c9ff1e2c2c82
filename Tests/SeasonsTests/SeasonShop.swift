import Forecasting
import Foundation
import Seasons

/// A shop of gifts with weekly sales over three years, whose Christmas items sell in November and December.
enum SeasonShop {
  static let weekCount = 156
  static let itemsOfCategory = ["Christmas": 3, "Bags": 4, "Other": 2]

  static let items: [(id: String, category: String)] = ["Christmas", "Bags", "Other"]
    .flatMap { category in
      (0..<itemsOfCategory[category]!).map { ("\(category)-\($0)", category) }
    }

  /// What is sold in a week: the level of the item, 10 % more each year, and at the end of the year four
  /// times as much of Christmas items, with a noise that has no period.
  static func sales(_ item: Int, _ week: Int) -> Double {
    let level = Double(20 + 7 * item) * pow(1.1, Double(week / 52))
    let isSeason = week % 52 >= 44
    let lift = isSeason ? (items[item].category == "Christmas" ? 4.0 : 1.3) : 1
    let noise = Double((week * 37 + item * 11) % 13 - 6) / 60
    return (level * lift * (1 + noise)).rounded()
  }

  /// The panel of all weeks, with the categories as a level.
  static let panel: Panel = {
    let calendar = RegularCalendar(
      start: CalendarDate(year: 2022, month: 1, day: 3)!, count: weekCount,
      frequency: .week())
    let panel = Panel(
      calendar: calendar,
      series: items.enumerated().map { place, item in
        Series(id: item.id, values: (0..<weekCount).map { sales(place, $0) })
      })
    let vocabulary = Vocabulary(of: items.map(\.category))
    return panel.adding(
      level: "category",
      CategoryColumn(items.map { vocabulary.code(of: $0.category) }, vocabulary: vocabulary))
  }()

  /// The season of the last eight weeks.
  static let season = try! Season(
    from: panel.calendar.date(at: 148), to: panel.calendar.date(at: 155))

  static let models: [any Forecaster] = [
    SeasonalNaiveForecaster(quantileLevels: [0.1, 0.5, 0.9]),
    LastYearForecaster(quantileLevels: [0.1, 0.5, 0.9]),
  ]

  static func results(lead: Int = 0, columns: [String] = ["category"]) throws -> SeasonResults {
    var run = SeasonRun(season)
    run.columns = columns
    return try run(models, on: panel.dropping(last: 8 + lead))
  }
}
