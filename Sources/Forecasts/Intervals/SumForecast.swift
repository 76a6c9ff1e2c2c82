/// A forecast of sums over consecutive blocks of steps, such as weeks of days.
public struct SumForecast: Sendable, Equatable {
  /// The ids of the N series.
  public let ids: [String]
  /// The calendar of the steps, from the first step of the first sum to the end of the forecast.
  public let calendar: RegularCalendar
  /// The number of steps of a sum.
  public let length: Int
  /// The sums of the forecast, row-major `[N, B]`, in units of the target. Steps after the last whole
  /// block are dropped.
  public let values: [Double]
  /// The quantiles of the sums, `[N, B, Q]`.
  public let quantiles: Quantiles

  /// The number of sums of a series, B.
  public var blockCount: Int { calendar.count / length }

  /// Returns the sums of another forecast of the same series and steps, with quantiles that are
  /// multiplied by the ratio of the sums.
  func multiplied(toFit forecast: Forecast) -> SumForecast {
    let sums = forecast.sums(over: length, from: forecast.horizon - calendar.count)
    let width = quantiles.levels.count
    let multiplied = quantiles.values.enumerated().map { place, value in
      let cell = place / width
      return values[cell] > 0 && sums[cell] > 0 ? value * sums[cell] / values[cell] : value
    }
    return SumForecast(
      ids: ids, calendar: calendar, length: length, values: sums,
      quantiles: Quantiles(levels: quantiles.levels, values: multiplied))
  }
}

extension Forecast {
  /// Returns the sums of the values over consecutive blocks of steps from a step on, row-major `[N, B]`.
  package func sums(over length: Int, from start: Int) -> [Double] {
    let blocks = (horizon - start) / length
    return (0..<ids.count * blocks).map { place in
      let first = place / blocks * horizon + start + place % blocks * length
      return values[first..<first + length].reduce(0, +)
    }
  }
}

extension Panel {
  /// Returns the observed values, `[N, K]`, with NaN where nothing was observed.
  func observedValues() -> [Double] {
    eachSeries.flatMap { series in
      (0..<calendar.count).map { series.value(at: $0) ?? .nan }
    }
  }

  /// Returns the sums over consecutive blocks of steps from a step on, `[N, B]`, with NaN where a step was
  /// not observed although the shop was open.
  func sums(over length: Int, from start: Int) -> [Double] {
    let closed = ClosedSteps(of: self, over: 0..<calendar.count)
    return eachSeries.enumerated().flatMap { index, series in
      let isClosed = closed.marks(of: index)
      return (0..<(calendar.count - start) / length).map { block in
        let first = start + block * length
        return (first..<first + length).reduce(0) { sum, step in
          sum + (series.value(at: step) ?? (isClosed[step] ? 0 : .nan))
        }
      }
    }
  }
}
