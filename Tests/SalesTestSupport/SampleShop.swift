public import SalesData

/// Five products of a shop over 41 days, launched and discontinued at different times, with gaps
/// and columns of every role and kind.
public enum SampleShop {
  public static let start = CalendarDate(year: 2024, month: 1, day: 25)!
  public static let ranges = [0..<41, 3..<41, 0..<19, 15..<32, 30..<41]
  public static let categories = ["food", "home", "food", nil, "home"]
  public static let stores = ["n", "s", "s", "n", "s"]

  /// What product `index` sold on a day, nil at a gap.
  public static func sales(_ index: Int, _ day: Int) -> Double? {
    (day + 2 * index) % 7 == 3
      ? nil : Double((7 * day * day + 3 * day * (index + 1) + 5 * index) % 13) - 1.5
  }

  /// Its price, known 14 days ahead; not for its first day.
  public static func price(_ index: Int, _ day: Int) -> Double? {
    day == ranges[index].lowerBound ? nil : Double(index + 1) + Double(day % 9) / 4
  }

  /// The products alone.
  public static let plain = Panel(
    calendar: RegularCalendar(start: start, count: 41),
    series: ranges.enumerated().map { index, days in
      Series(
        id: "p\(index)", start: days.lowerBound, values: days.map { sales(index, $0) })
    })

  /// The products with all columns.
  public static let panel =
    plain
    .adding(level: "category", categories)
    .adding(level: "store", stores, vocabulary: Vocabulary(["x", "s", "n"]))
    .adding(static: "weight", .numbers([0.5, nil, 3, 1.25, 7]))
    .adding(
      past: "visits",
      .numbers(ranges.enumerated().flatMap { index, days in days.map { Double($0 * (index + 1)) } })
    )
    .adding(
      past: "weather",
      .categories(ranges.flatMap { days in days.map { $0 % 3 == 0 ? nil : "w\($0 % 3)" } })
    )
    .adding(
      known: "price",
      .numbers(
        ranges.enumerated().flatMap { index, days in
          (days.lowerBound..<55).map { price(index, $0) }
        }), futureSteps: 14
    )
    .adding(
      shared: "event", .categories((0..<48).map { $0 % 20 == 7 ? "sale" : nil }), futureSteps: 7
    )
    .adding(
      shared: "payday", .numbers((0..<44).map { Double($0 % 6 == 0 ? 1 : 0) }), futureSteps: 3)
}

extension SampleShop {
  /// A panel made anew from what another shows, by way of its public interface alone.
  public static func rebuilt(_ panel: Panel) -> Panel {
    let plain = Panel(
      calendar: panel.calendar,
      series: panel.allSeries.map { series in
        Series(
          id: series.id, start: series.steps.lowerBound, values: Array(series.values),
          states: Array(series.states))
      })
    var rebuilt = panel.staticCovariates.reduce(plain) { rebuilt, column in
      guard column.isLevel, case .categories(let categories) = column.values else {
        return rebuilt.adding(static: column.name, column.values)
      }
      return rebuilt.adding(level: column.name, categories)
    }
    for column in panel.pastCovariates {
      rebuilt = rebuilt.adding(past: column.name, values(of: column, panel.ids.indices))
    }
    for column in panel.knownCovariates {
      let rows = column.isShared ? 0..<1 : panel.ids.indices
      let (values, futureSteps) = (values(of: column, rows), column.futureSteps)
      rebuilt =
        column.isShared
        ? rebuilt.adding(shared: column.name, values, futureSteps: futureSteps)
        : rebuilt.adding(known: column.name, values, futureSteps: futureSteps)
    }
    return rebuilt
  }

  private static func values<Role>(
    of column: TimedCovariate<Role>, _ rows: Range<Int>
  ) -> CovariateValues {
    if let vocabulary = column.vocabulary {
      let codes = rows.flatMap { try! column.codes(of: $0, over: column.steps(of: $0)) }
      return .categories(CategoryColumn(codes, vocabulary: vocabulary))
    }
    let windows = rows.map { try! column.numberWindow(of: $0, over: column.steps(of: $0)) }
    return .numbers(
      NumberColumn(windows.flatMap(\.values), missing: windows.flatMap(\.missing)))
  }
}
