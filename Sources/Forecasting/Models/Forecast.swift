/// Point forecasts of N series over the H steps that follow their history.
public struct Forecast: Sendable, Equatable {
  /// The series, in the order of the history's panel.
  public let ids: [String]
  /// The H steps that are forecast; its start is the first day after the history.
  public let calendar: RegularCalendar
  /// The values, row-major `[N, H]`, in the units of the target. All are finite.
  public let values: [Double]

  /// The number of steps forecast, H.
  public var horizon: Int { calendar.count }

  /// A forecast of the steps of `calendar` for each id. A number of values other than N · H stops
  /// the program.
  ///
  /// - Throws: `ForecastError.notFinite` where a value is an infinity or no number.
  public init(ids: [String], calendar: RegularCalendar, values: [Double]) throws(ForecastError) {
    guard values.count == ids.count * calendar.count else {
      fatalError(
        "Forecast: expected \(ids.count) × \(calendar.count) values, got \(values.count)")
    }
    if let place = values.firstIndex(where: { !$0.isFinite }) {
      throw .notFinite(
        id: ids[place / calendar.count], date: calendar.labelDate(at: place % calendar.count))
    }
    self.ids = ids
    self.calendar = calendar
    self.values = values
  }

  /// The H values of the series at a place, 0 to N − 1. Any other place stops the program.
  public func values(at index: Int) -> ArraySlice<Double> {
    guard ids.indices.contains(index) else {
      fatalError("Forecast.values: expected an index in 0..<\(ids.count), got \(index)")
    }
    return values[index * horizon..<(index + 1) * horizon]
  }

  /// The forecast of some of the series, in the order of `indices`.
  public func selecting(_ indices: [Int]) -> Forecast {
    Forecast(
      unchecked: indices.map { ids[$0] }, calendar: calendar,
      values: indices.flatMap { values(at: $0) })
  }

  /// A forecast of one series: the sum over all series at each step.
  public func total(id: String = "Total") -> Forecast {
    var sums = [Double](repeating: 0, count: horizon)
    for (place, value) in values.enumerated() { sums[place % horizon] += value }
    return Forecast(unchecked: [id], calendar: calendar, values: sums)
  }

  init(unchecked ids: [String], calendar: RegularCalendar, values: [Double]) {
    self.ids = ids
    self.calendar = calendar
    self.values = values
  }
}

extension Panel {
  /// The `horizon` steps that follow the panel's calendar. A horizon below 1 stops the program.
  public func calendar(ofNext horizon: Int) -> RegularCalendar {
    guard horizon >= 1 else {
      fatalError("forecast: expected a horizon of at least 1, got \(horizon)")
    }
    return RegularCalendar(
      start: calendar.end, count: horizon, frequency: calendar.frequency, labels: calendar.labels)
  }
}
