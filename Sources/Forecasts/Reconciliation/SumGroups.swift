internal import RealModule

/// The series of a panel that each series of a panel of sums consists of.
///
/// ```swift
/// let groups = try SumGroups(of: panel, in: sums)
/// let reconciled = try groups.reconciled(forecast, with: forecastOfSums, weight: 0.5)
/// ```
///
/// A panel of sums can be made by ``Panel/aggregated(by:rule:)``, or from a table of sums with a
/// longer history than that of the series. The two panels have static columns of categories in
/// common, such as a store and a department. A series belongs to the sum with the same categories in
/// all of them.
public struct SumGroups: Sendable {
  /// The indices of the series of each sum.
  public let members: [[Int]]
  /// The names of the columns that the two panels have in common.
  public let columns: [String]

  /// Creates groups of series.
  ///
  /// - Parameters:
  ///   - members: The indices of the series of each sum.
  ///   - columns: The names of the columns in which the series of a sum agree, or none.
  public init(members: [[Int]], columns: [String] = []) {
    self.members = members
    self.columns = columns
  }

  /// Finds the series of each sum.
  ///
  /// The panels must have the same frequency, and the sums must be those of the series: in the last
  /// steps before the end of the panel, as many as a season has but at least 28, the two totals may
  /// differ by a tenth at most.
  ///
  /// - Throws: `SumsError` if the panels don't fit together; `CovariateError` if a column can't be read.
  public init(of panel: Panel, in sums: Panel) throws {
    let names = Set(sums.staticCovariates.filter { $0.kind == .categorical }.map(\.name))
    columns = panel.staticCovariates
      .filter { $0.kind == .categorical && names.contains($0.name) }.map(\.name)
    guard !columns.isEmpty else { throw SumsError.noCommonColumn }
    let keys = try panel.categories(of: columns)
    let keysOfSums = try sums.categories(of: columns)
    var members = [[String]: [Int]](minimumCapacity: sums.seriesCount)
    for (index, key) in keys.enumerated() { members[key, default: []].append(index) }
    if let (first, second) = keysOfSums.firstDuplicate {
      throw SumsError.sameCategories(sums.ids[first], sums.ids[second], columns: columns)
    }
    self.members = keysOfSums.map { members[$0] ?? [] }
    try check(panel, sums)
  }

  /// Checks that the series add up to the sums.
  private func check(_ panel: Panel, _ sums: Panel) throws(SumsError) {
    guard sums.calendar.frequency == panel.calendar.frequency else {
      throw .otherFrequency(sums.calendar.frequency, of: panel.calendar.frequency)
    }
    guard let offset = panel.calendar.offset(in: sums.calendar),
      offset + panel.calendar.count == sums.calendar.count
    else {
      throw .otherEnd(sums.calendar.end, of: panel.calendar.end)
    }
    let end = panel.calendar.count
    let season = panel.calendar.frequency.seasonLength
    let steps = max(0, -offset, end - max(28, season))..<end
    var (found, expected) = (0.0, 0.0)
    for (sum, members) in members.enumerated() {
      found += members.reduce(0) { $0 + panel.series(at: $1).total(over: steps) }
      expected += sums.series(at: sum)
        .total(over: steps.lowerBound + offset..<steps.upperBound + offset)
    }
    guard abs(found - expected) <= 0.1 * max(abs(found), abs(expected)) else {
      throw .otherTotals(expected, ofSeries: found, steps: steps.count)
    }
  }

  /// Returns a forecast of the series whose sums are pulled towards forecasts of the sums.
  ///
  /// At each step, the series of a sum are multiplied by (S / Σ)^weight, with the forecast S of the sum
  /// and the sum Σ of the forecasts: a weight of 1 gives series that add up to S (top-down
  /// proportions, Gross & Sohl 1990), 0 changes nothing, and between them errors of the two forecasts
  /// partly cancel out. A step stays as it is if one of the two isn't greater than 0. Quantiles are
  /// multiplied alike.
  ///
  /// - Parameters:
  ///   - forecast: The forecast of the series, in the order of their panel.
  ///   - sums: The forecast of the sums for the same steps, in the order of theirs.
  ///   - weight: The weight of the forecasts of the sums, from 0 to 1.
  public func reconciled(
    _ forecast: Forecast, with sums: Forecast, weight: Double
  ) throws(ForecastError) -> Forecast {
    guard (0...1).contains(weight), sums.ids.count == members.count,
      forecast.calendar == sums.calendar
    else {
      fatalError(
        "SumGroups.reconciled: expected a weight of 0 to 1 and \(members.count) sums over "
          + "\(forecast.horizon) steps from \(forecast.calendar.start), got \(weight) and "
          + "\(sums.ids.count) sums over \(sums.horizon) steps from \(sums.calendar.start)")
    }
    let horizon = forecast.horizon
    var factors = [Double](repeating: 1, count: forecast.values.count)
    for (sum, members) in members.enumerated() {
      for step in 0..<horizon {
        let total = members.reduce(0) { $0 + forecast.values[$1 * horizon + step] }
        let wanted = sums.values[sum * horizon + step]
        guard total > 0, wanted > 0 else { continue }
        let factor = Double.pow(wanted / total, weight)
        for member in members { factors[member * horizon + step] = factor }
      }
    }
    return try forecast.multiplied(by: factors)
  }
}

extension Panel {
  /// Returns the categories of each series in some static columns; an unknown one is empty.
  fileprivate func categories(of columns: [String]) throws(CovariateError) -> [[String]] {
    var keys = [[String]](repeating: [], count: seriesCount)
    for column in columns {
      let (codes, vocabulary) = try staticCovariate(column).categories()
      for index in keys.indices { keys[index].append(vocabulary.name(of: codes[index]) ?? "") }
    }
    return keys
  }

  /// Returns the panel of sums up to the end of the panel of the series.
  ///
  /// - Throws: `SumsError.otherEnd` if the sums end earlier.
  func sums(until panel: Panel) throws(SumsError) -> Panel {
    guard calendar.frequency == panel.calendar.frequency else {
      throw .otherFrequency(calendar.frequency, of: panel.calendar.frequency)
    }
    guard let offset = panel.calendar.offset(in: calendar),
      (1...calendar.count).contains(offset + panel.calendar.count)
    else {
      throw .otherEnd(calendar.end, of: panel.calendar.end)
    }
    return slice(0..<offset + panel.calendar.count)
  }
}

extension RegularCalendar {
  /// Returns the step of another calendar at which this one starts, which is negative if the other one
  /// starts later; nil if they have no step in common.
  fileprivate func offset(in other: RegularCalendar) -> Int? {
    let hour = hour(at: 0) ?? 0
    if let step = other.step(of: start, hour: hour) { return step }
    return step(of: other.start, hour: other.hour(at: 0) ?? 0).map { -$0 }
  }
}

extension Series {
  /// Returns the sum of the observed values over some steps of the calendar.
  package func total(over range: Range<Int>) -> Double {
    let part = window(range)
    return zip(part.values, part.states).reduce(0) { $1.1 == .observed ? $0 + $1.0 : $0 }
  }
}

extension [[String]] {
  /// The indices of the first two equal elements, or nil.
  fileprivate var firstDuplicate: (Int, Int)? {
    var places: [[String]: Int] = [:]
    for (index, key) in enumerated() {
      if let first = places.updateValue(index, forKey: key) { return (first, index) }
    }
    return nil
  }
}
