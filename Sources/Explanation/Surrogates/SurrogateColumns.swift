import Forecasting

/// The columns of a ``SurrogateTable``.
struct SurrogateColumns {
  /// The names of the columns, [F].
  let names: [String]
  private let calendar: RegularCalendar
  private let ends: [Int]
  /// The numeric columns, [B, K, F′] and [B, S], and the codes of the categories.
  private let futureNumbers, staticNumbers: [Float]
  private let futureCodes, staticCodes: [Int32]
  private let horizon: Int
  /// The numeric columns at future steps that lack some numbers, with the mean of the others, which
  /// stands in for them.
  private let missing: [Int: Double]
  /// 1 where a number is known and 0 where it is missing, [B, K, F′].
  private let futureMask: [Float]
  /// The numeric columns at future steps that are shown, as indices of the windows' columns.
  private let future: [Int]
  private let futureWidth: Int
  private let futureCategories, staticCategories: [CategoryPlace]
  private let futureCategoryWidth, staticCategoryWidth: Int
  private let staticWidth: Int
  private let parts: [CalendarPart]

  /// A category that has a column of its own.
  private struct CategoryPlace {
    let column: Int
    let code: Int32
  }

  /// A part of the date with the values that have a column each.
  private struct CalendarPart {
    let values: [(value: Int, name: String)]
    let value: @Sendable (CalendarDate) -> Int
  }

  init(_ windows: ExplainedWindows) {
    let batch = windows.columns
    calendar = windows.calendar
    ends = batch.ends
    (futureNumbers, staticNumbers) = (batch.future.scalars, batch.statics.scalars)
    (futureCodes, staticCodes) = (batch.futureCodes, batch.staticCodes)
    horizon = windows.forecasts.shape[1]
    let table = windows.windows.windows.table
    let features = windows.windows.layout.features
    // The date is shown by its parts, and not by the waves and flags that a network sees.
    let hidden = Set(
      features.known.filter { $0 is CalendarFeature || $0 is FourierTerms }.map(\.name))
    let numbers = table.futureColumns.filter { $0.kind == .numeric }
    future = numbers.indices.filter { !hidden.contains(table.featureNames[numbers[$0].name]!) }
    futureWidth = numbers.count
    futureMask = batch.futureMask.scalars
    let missing = Self.meansOfIncomplete(future, futureNumbers, futureMask, width: futureWidth)
    self.missing = missing
    let categories = table.futureColumns.filter { $0.kind == .categorical }
    futureCategories = Self.frequentCategories(batch.futureCodes, categories.count)
    futureCategoryWidth = categories.count
    let statics = table.staticColumns.filter { $0.kind == .categorical }
    staticCategories = Self.frequentCategories(batch.staticCodes, statics.count)
    staticCategoryWidth = statics.count
    staticWidth = table.staticColumns.count - statics.count
    parts = Self.parts(windows.calendar.frequency)
    func names(_ places: [CategoryPlace], _ columns: [FeatureColumn]) -> [String] {
      places.map { place in
        let name = columns[place.column].vocabulary!.name(of: place.code) ?? "unknown"
        return "\(columns[place.column].name) is \(name)"
      }
    }
    let recent = ["last value", "last season", "same step last season", "same step on average"]
    let incomplete = future.filter { missing[$0] != nil }
    self.names =
      future.map { numbers[$0].name } + incomplete.map { "\(numbers[$0].name) is missing" }
      + names(futureCategories, categories)
      + parts.flatMap { $0.values.map(\.name) }
      + recent + ["share of zeros", "step"]
      + table.staticColumns.filter { $0.kind == .numeric }.map(\.name)
      + names(staticCategories, statics)
  }

  /// Returns the columns of a step of a window.
  func row(_ window: Int, _ step: Int, _ recent: RecentSales) -> [Double] {
    let place = window * horizon + step
    let date = calendar.date(at: ends[window] + step)
    func isMissing(_ column: Int) -> Bool { futureMask[place * futureWidth + column] == 0 }
    return
      future.map { column in
        isMissing(column) ? missing[column]! : Double(futureNumbers[place * futureWidth + column])
      }
      + future.filter { missing[$0] != nil }.map { isMissing($0) ? 1 : 0 }
      + futureCategories.map {
        futureCodes[place * futureCategoryWidth + $0.column] == $0.code ? 1 : 0
      }
      + parts.flatMap { part in
        let value = part.value(date)
        return part.values.map { $0.value == value ? 1.0 : 0 }
      }
      + [
        recent.last, recent.lastSeason, recent.seasonBefore[step], recent.profile[step],
        recent.zeroShare, Double(step + 1),
      ]
      + (0..<staticWidth).map { Double(staticNumbers[window * staticWidth + $0]) }
      + staticCategories.map {
        staticCodes[window * staticCategoryWidth + $0.column] == $0.code ? 1 : 0
      }
  }

  /// Returns the mean of the known numbers of each column that lacks some.
  private static func meansOfIncomplete(
    _ columns: [Int], _ numbers: [Float], _ mask: [Float], width: Int
  ) -> [Int: Double] {
    var means: [Int: Double] = [:]
    for column in columns {
      let places = stride(from: column, to: numbers.count, by: width)
      let known = places.filter { mask[$0] != 0 }
      guard known.count < numbers.count / width else { continue }
      means[column] = known.reduce(0) { $0 + Double(numbers[$1]) } / Double(max(known.count, 1))
    }
    return means
  }

  /// Returns the most frequent categories of each column, at most ``categoryLimit``.
  private static func frequentCategories(_ codes: [Int32], _ columnCount: Int) -> [CategoryPlace] {
    (0..<columnCount).flatMap { column in
      var counts: [Int32: Int] = [:]
      for place in stride(from: column, to: codes.count, by: columnCount) {
        if codes[place] != Vocabulary.unknown { counts[codes[place], default: 0] += 1 }
      }
      return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(categoryLimit)
        .map(\.key).sorted().map { CategoryPlace(column: column, code: $0) }
    }
  }

  private static let categoryLimit = 12

  /// Returns the parts of the date that steps of a frequency differ in.
  private static func parts(_ frequency: Frequency) -> [CalendarPart] {
    let weekdays = CalendarPart(
      values: zip(
        1..., ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
      )
      .map { ($0, $1) }, value: { $0.weekday })
    let months = CalendarPart(
      values: zip(
        1...,
        [
          "January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December",
        ]
      ).map { ($0, $1) }, value: { $0.month })
    switch frequency {
    case .hour, .day, .businessDay: return [weekdays, months]
    case .week, .month: return [months]
    case .quarter:
      return [
        CalendarPart(
          values: (1...4).map { ($0, "quarter \($0)") }, value: { ($0.month - 1) / 3 + 1 })
      ]
    case .year: return []
    }
  }
}
