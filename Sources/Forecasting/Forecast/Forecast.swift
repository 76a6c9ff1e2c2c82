/// Forecasts of N series over the H steps that follow their history: a point for each step and, where the model
/// has them, quantiles.
public struct Forecast: Sendable, Equatable {
  /// The series, in the order of the history's panel.
  public let ids: [String]
  /// The H steps that are forecast; its start is the first day after the history.
  public let calendar: RegularCalendar
  /// The values, row-major `[N, H]`, in the units of the target. All are finite.
  public let values: [Double]
  /// The quantiles of each step; nil where the model has none.
  public let quantiles: Quantiles?
  /// The names of the models that were used for series that the model itself could not forecast, by id.
  public let fallbacks: [String: String]

  /// The number of steps forecast, H.
  public var horizon: Int { calendar.count }

  /// Creates a forecast of the steps of `calendar` for each id. A number of values other than N · H, or a
  /// fallback for an id that is not there, stops the program.
  ///
  /// - Throws: `ForecastError.notFinite` where a value is an infinity or no number.
  public init(
    ids: [String], calendar: RegularCalendar, values: [Double], quantiles: Quantiles? = nil,
    fallbacks: [String: String] = [:]
  ) throws(ForecastError) {
    guard values.count == ids.count * calendar.count else {
      fatalError(
        "Forecast: expected \(ids.count) × \(calendar.count) values, got \(values.count)")
    }
    let levelCount = quantiles?.levels.count ?? 1
    guard quantiles.map({ $0.values.count == values.count * levelCount }) ?? true else {
      fatalError(
        "Forecast: expected \(levelCount) quantiles of each of \(values.count) values, got "
          + "\(quantiles?.values.count ?? 0)")
    }
    if let unknown = Set(fallbacks.keys).subtracting(ids).min() {
      fatalError("Forecast: expected fallbacks of its series, got \(unknown.debugDescription)")
    }
    let place =
      values.firstIndex { !$0.isFinite }
      ?? quantiles?.values.firstIndex { !$0.isFinite }.map { $0 / levelCount }
    if let place {
      throw .notFinite(
        id: ids[place / calendar.count], date: calendar.labelDate(at: place % calendar.count))
    }
    self.init(
      unchecked: ids, calendar: calendar, values: values, quantiles: quantiles,
      fallbacks: fallbacks)
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
    let selected = Set(indices.map { ids[$0] })
    return Forecast(
      unchecked: indices.map { ids[$0] }, calendar: calendar,
      values: indices.flatMap { values(at: $0) },
      quantiles: quantiles.map { quantiles in
        let width = horizon * quantiles.levels.count
        return Quantiles(
          levels: quantiles.levels,
          values: indices.flatMap { quantiles.values[$0 * width..<($0 + 1) * width] })
      }, fallbacks: fallbacks.filter { selected.contains($0.key) })
  }

  /// A forecast of one series: the sum over all series at each step. It has no quantiles: those of a sum are
  /// not the sums of quantiles.
  public func total(id: String = "Total") -> Forecast {
    var sums = [Double](repeating: 0, count: horizon)
    for (place, value) in values.enumerated() { sums[place % horizon] += value }
    return Forecast(
      unchecked: [id], calendar: calendar, values: sums, quantiles: nil, fallbacks: [:])
  }

  private init(
    unchecked ids: [String], calendar: RegularCalendar, values: [Double], quantiles: Quantiles?,
    fallbacks: [String: String]
  ) {
    self.ids = ids
    self.calendar = calendar
    self.values = values
    self.quantiles = quantiles
    self.fallbacks = fallbacks
  }

  /// Returns the forecast with 0 at some steps of some series.
  func zeroed(where isZero: (_ series: Int, _ step: Int) -> Bool) -> Forecast {
    let kept = values.indices.map { !isZero($0 / horizon, $0 % horizon) }
    guard kept.contains(false) else { return self }
    return Forecast(
      unchecked: ids, calendar: calendar, values: values.indices.map { kept[$0] ? values[$0] : 0 },
      quantiles: quantiles.map { quantiles in
        Quantiles(
          levels: quantiles.levels,
          values: quantiles.values.enumerated().map { place, value in
            kept[place / quantiles.levels.count] ? value : 0
          })
      }, fallbacks: fallbacks)
  }

  /// Returns a forecast of more series: 0 for those that are not among its own.
  ///
  /// - Parameters:
  ///   - ids: All series.
  ///   - places: The place of each of the forecast's series among them.
  func spread(over ids: [String], at places: [Int]) -> Forecast {
    func spread(_ values: [Double], width: Int) -> [Double] {
      var result = [Double](repeating: 0, count: ids.count * width)
      for (row, place) in places.enumerated() {
        result.replaceSubrange(
          place * width..<(place + 1) * width, with: values[row * width..<(row + 1) * width])
      }
      return result
    }
    return Forecast(
      unchecked: ids, calendar: calendar, values: spread(values, width: horizon),
      quantiles: quantiles.map { quantiles in
        Quantiles(
          levels: quantiles.levels,
          values: spread(quantiles.values, width: horizon * quantiles.levels.count))
      }, fallbacks: fallbacks)
  }
}

extension Panel {
  /// The `horizon` steps that follow the panel's calendar. A horizon below 1 stops the program.
  public func calendar(ofNext horizon: Int) -> RegularCalendar {
    guard horizon >= 1 else {
      fatalError("forecast: expected a horizon of at least 1, got \(horizon)")
    }
    return calendar.slice(calendar.count..<calendar.count + horizon)
  }
}
