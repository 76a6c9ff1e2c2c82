/// A central interval: the bounds of two quantiles whose levels are equally far from 0 and from 1.
public struct CentralInterval: Sendable, Hashable {
  /// The place of the lower bound among the levels.
  public let lower: Int
  /// The place of the upper bound among the levels.
  public let upper: Int
  /// The probability of a value within the interval, such as 0.8.
  public let probability: Double

  /// The name, such as `80 %`.
  public var name: String { probability.percentText + " %" }
}

extension Quantiles {
  /// The central intervals that the levels bound, the widest first.
  public var centralIntervals: [CentralInterval] {
    levels.indices.compactMap { lower in
      guard levels[lower] < 0.5,
        let upper = levels.firstIndex(where: { abs($0 - (1 - levels[lower])) < 1e-9 })
      else { return nil }
      return CentralInterval(lower: lower, upper: upper, probability: 1 - 2 * levels[lower])
    }
  }

  /// Returns the share of values within an interval, bounds included, or nil without values.
  ///
  /// - Parameter actual: The values, [N, H], or NaN where nothing was observed.
  func coverage(of interval: CentralInterval, _ actual: [Double]) -> Double? {
    var (count, inside) = (0, 0)
    for (cell, value) in actual.enumerated() where !value.isNaN {
      let first = cell * levels.count
      count += 1
      inside +=
        values[first + interval.lower] <= value && value <= values[first + interval.upper] ? 1 : 0
    }
    return count > 0 ? Double(inside) / Double(count) : nil
  }
}

extension Forecast {
  /// Returns the share of observed values within an interval of the forecast, bounds included, or nil
  /// if nothing was observed or there are no quantiles.
  ///
  /// - Parameters:
  ///   - interval: An interval of the forecast's ``quantiles``.
  ///   - actual: The actual values of the same series and steps.
  public func coverage(of interval: CentralInterval, _ actual: Panel) -> Double? {
    quantiles?.coverage(of: interval, actual.observedValues())
  }
}

extension SumForecast {
  /// Returns the share of observed sums within an interval, bounds included, or nil if no sum was
  /// observed on all of its steps.
  ///
  /// - Parameters:
  ///   - interval: An interval of ``quantiles``.
  ///   - actual: The actual values of the same series, up to the same last step.
  public func coverage(of interval: CentralInterval, _ actual: Panel) -> Double? {
    let start = actual.calendar.count - calendar.count
    return quantiles.coverage(of: interval, actual.sums(over: length, from: start))
  }
}
