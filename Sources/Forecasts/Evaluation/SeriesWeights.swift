/// The weights of series in weighted scores such as WRMSSE.
public enum SeriesWeights: Sendable, Equatable {
  /// All series have the same weight.
  case equal
  /// The given weights of at least 0, in the panel's order.
  case given([Double])
  /// The weight of a series is its sales in the last steps of history, as many as are forecast.
  case sales
  /// The weight of a series is its revenue in those steps, as in the M5 competition.
  ///
  /// - Parameter price: The name of a numeric column of the panel, known or past-only.
  case revenue(price: String)

  /// Returns the weights of all series, each at least 0, with a sum of 1, or all 0 if nothing was
  /// sold. Stops the program if the number of given weights is wrong, or if one is negative.
  ///
  /// - Parameters:
  ///   - history: The history of the series.
  ///   - horizon: The number of its last steps whose sales count.
  /// - Throws: `CovariateError` if the column of prices doesn't exist, or lacks the price of a step
  ///   with sales.
  public func values(of history: Panel, last horizon: Int) throws(CovariateError) -> [Double] {
    let recent = history.suffix(min(horizon, history.calendar.count))
    let weights: [Double]
    switch self {
    case .equal: weights = Array(repeating: 1, count: history.seriesCount)
    case .given(let values):
      guard values.count == history.seriesCount, values.allSatisfy({ $0 >= 0 && $0.isFinite })
      else {
        fatalError(
          "SeriesWeights: expected a weight of at least 0 for each of \(history.seriesCount) series, "
            + "got \(values.count) numbers from \(values.min() ?? 0)")
      }
      weights = values
    case .sales:
      weights = recent.eachSeries.map { max(0, $0.values.reduce(0, +)) }
    case .revenue(let price):
      weights = try recent.revenues(price: price)
    }
    let total = weights.reduce(0, +)
    return total > 0 ? weights.map { $0 / total } : weights
  }
}

extension Panel {
  /// Returns the revenue of each series over the panel's calendar, or 0 if it is negative.
  fileprivate func revenues(price: String) throws(CovariateError) -> [Double] {
    let prices: Prices =
      role(of: price) == .known
      ? .known(try knownCovariate(price)) : .past(try pastCovariate(price))
    var revenues: [Double] = []
    for index in ids.indices {
      let series = series(at: index)
      var revenue = 0.0
      for step in series.steps {
        let units = series.values[series.values.startIndex + step - series.steps.lowerBound]
        guard units != 0 else { continue }
        revenue += units * (try prices.number(of: index, at: step))
      }
      revenues.append(max(0, revenue))
    }
    return revenues
  }
}

/// A column of prices.
private enum Prices {
  case known(KnownCovariate)
  case past(PastCovariate)

  /// Returns the price of a series at a step.
  func number(of index: Int, at step: Int) throws(CovariateError) -> Double {
    switch self {
    case .known(let column): try column.numbers(of: index, over: step..<step + 1).first!
    case .past(let column): try column.numbers(of: index, over: step..<step + 1).first!
    }
  }
}
