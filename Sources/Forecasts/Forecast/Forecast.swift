/// Forecasts of N series over the H steps that follow their history: one value for each step and,
/// if the model supports them, quantiles.
public struct Forecast: Sendable, Equatable {
  /// The ids of the series, in the order of the history's panel.
  public let ids: [String]
  /// The H forecast steps. The calendar starts on the first day after the history.
  public let calendar: RegularCalendar
  /// The values, row-major `[N, H]`, in the units of the target. All are finite.
  public let values: [Double]
  /// The quantiles of each step, or nil if the model doesn't support them.
  public let quantiles: Quantiles?
  /// The names of the models that replaced the model for series that it couldn't forecast, by id.
  public let fallbacks: [String: String]
  /// The ranks of the sample paths that the forecast comes from, or nil if it has none.
  package private(set) var ranks: PathRanks?

  /// The number of forecast steps, H.
  public var horizon: Int { calendar.count }

  /// Creates a forecast of the steps of `calendar` for each id. Stops the program if the number of
  /// values isn't N · H, or if a fallback has an unknown id.
  ///
  /// - Throws: `ForecastError.notFinite` if a value is infinite or NaN.
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

  /// Returns the forecast with the ranks of its sample paths.
  package func with(_ ranks: PathRanks?) -> Forecast {
    var forecast = self
    forecast.ranks = ranks
    return forecast
  }

  /// Returns the H values of the series at an index. Stops the program if the index is outside 0 to
  /// N − 1.
  public func values(at index: Int) -> ArraySlice<Double> {
    guard ids.indices.contains(index) else {
      fatalError("Forecast.values: expected an index in 0..<\(ids.count), got \(index)")
    }
    return values[index * horizon..<(index + 1) * horizon]
  }

  /// Returns the forecast of the series at `indices`, in that order.
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
      }, fallbacks: fallbacks.filter { selected.contains($0.key) }
    ).with(ranks?.selecting(indices))
  }

  /// Returns the forecast of the first steps. Stops the program unless `count` is from 1 to H.
  public func prefix(_ count: Int) -> Forecast {
    guard (1...horizon).contains(count) else {
      fatalError("Forecast.prefix: expected a count in 1...\(horizon), got \(count)")
    }
    return slice(0..<count)
  }

  /// Returns the forecast of a range of steps, which must be within the horizon.
  package func slice(_ steps: Range<Int>) -> Forecast {
    func slice(_ values: [Double], width: Int) -> [Double] {
      ids.indices.flatMap { index in
        let first = index * horizon
        return values[(first + steps.lowerBound) * width..<(first + steps.upperBound) * width]
      }
    }
    return Forecast(
      unchecked: ids, calendar: calendar.slice(steps), values: slice(values, width: 1),
      quantiles: quantiles.map {
        Quantiles(levels: $0.levels, values: slice($0.values, width: $0.levels.count))
      }, fallbacks: fallbacks
    ).with(ranks?.slice(steps))
  }

  /// Returns a forecast of one series, the sum over all series at each step. It has no quantiles,
  /// because quantiles of a sum aren't sums of quantiles.
  public func total(id: String = "Total") -> Forecast {
    var sums = [Double](repeating: 0, count: horizon)
    for (place, value) in values.enumerated() { sums[place % horizon] += value }
    return Forecast(
      unchecked: [id], calendar: calendar, values: sums, quantiles: nil, fallbacks: [:])
  }

  /// Creates a forecast of sums of finite forecasts, `[N, H]`.
  init(sums values: [Double], of ids: [String], calendar: RegularCalendar) {
    self.init(
      unchecked: ids, calendar: calendar, values: values, quantiles: nil, fallbacks: [:])
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

  /// Returns the forecast with 0 at the steps that satisfy the predicate.
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
      }, fallbacks: fallbacks
    ).with(ranks)
  }

  /// Returns the forecast with the value and the quantiles of each step multiplied by a factor,
  /// row-major [N, H].
  package func multiplied(by factors: [Double]) throws(ForecastError) -> Forecast {
    try Forecast(
      ids: ids, calendar: calendar, values: zip(values, factors).map { $0 * $1 },
      quantiles: quantiles.map { quantiles in
        let width = quantiles.levels.count
        return Quantiles(
          levels: quantiles.levels,
          values: quantiles.values.indices.map { quantiles.values[$0] * factors[$0 / width] })
      }, fallbacks: fallbacks
    ).with(ranks)
  }

  /// Returns a forecast of more series, which is 0 for those that this forecast lacks.
  ///
  /// - Parameters:
  ///   - ids: The ids of all series.
  ///   - places: The index in `ids` of each series of this forecast.
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
      }, fallbacks: fallbacks
    ).with(ranks?.spread(over: ids.count, at: places))
  }
}

extension Panel {
  /// Returns the calendar of the `horizon` steps that follow the panel's calendar. Stops the
  /// program if the horizon is less than 1.
  public func calendar(ofNext horizon: Int) -> RegularCalendar {
    guard horizon >= 1 else {
      fatalError("forecast: expected a horizon of at least 1, got \(horizon)")
    }
    return calendar.slice(calendar.count..<calendar.count + horizon)
  }
}
