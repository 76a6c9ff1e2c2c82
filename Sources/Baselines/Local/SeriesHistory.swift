/// The history of one series, in the form that local models use.
///
/// A step is known if it is observed. Gaps and stock-outs are missing, and so are zeros at closed steps, for
/// which a forecast leaves gaps in its history.
public struct SeriesHistory: Sendable {
  /// The id of the series.
  public let id: String
  /// The values from the first to the last known step, T of them and at least one. Missing values
  /// in between are interpolated linearly.
  public let values: [Double]
  /// The known values alone, in order of time.
  public let known: [Double]
  /// The number of steps between the last known step and the end of the panel's calendar.
  public let delay: Int
  /// The frequency of the panel's calendar.
  public let frequency: Frequency

  /// The season length of the panel's frequency, in steps.
  public var calendarSeasonLength: Int { frequency.seasonLength }

  /// The series with all observed values, and the number of steps of its calendar.
  let series: Series
  let calendarCount: Int

  /// Creates the history of a series of a panel.
  ///
  /// - Throws: `ForecastError.nothingObserved` if the series has no observed value.
  init(_ series: Series, of panel: Panel) throws(ForecastError) {
    let isKnown = series.observed.map { $0 }
    guard isKnown.contains(true) else { throw .nothingObserved(id: series.id) }
    let values = Array(series.values)
    let first = isKnown.firstIndex(of: true)!
    let last = isKnown.lastIndex(of: true)!
    id = series.id
    self.values = interpolate(values[first...last], isKnown[first...last])
    known = (first...last).filter { isKnown[$0] }.map { values[$0] }
    delay = panel.calendar.count - (series.steps.lowerBound + last + 1)
    frequency = panel.calendar.frequency
    self.series = series
    calendarCount = panel.calendar.count
  }

  private init(_ values: [Double], like other: SeriesHistory) {
    (id, self.values, known, delay) = (other.id, values, values, other.delay)
    (frequency, series, calendarCount) = (other.frequency, other.series, other.calendarCount)
  }

  /// Returns the history with other values at its T steps, all of them known, such as seasonally
  /// adjusted values.
  func replacingValues(_ values: [Double]) -> SeriesHistory {
    SeriesHistory(values, like: self)
  }

  /// A Boolean value that indicates whether all values are equal.
  var isConstant: Bool { values.allSatisfy { $0 == values[0] } }
}

/// Returns the values with missing ones interpolated linearly between their known neighbors. The
/// first and the last must be known.
private func interpolate(_ values: ArraySlice<Double>, _ isKnown: ArraySlice<Bool>) -> [Double] {
  var result = Array(values)
  var latest = 0
  for (place, isKnown) in isKnown.enumerated() where isKnown {
    let step = (result[place] - result[latest]) / Double(max(place - latest, 1))
    let start = result[latest]
    for missing in latest + 1..<max(place, latest + 1) {
      result[missing] = start + step * Double(missing - latest)
    }
    latest = place
  }
  return result
}
