/// The in-sample errors of naive forecasts, which scaled errors are divided by.
struct ErrorScale: Equatable, Sendable {
  /// The mean changes between pairs of observed steps, or nil if they are 0 or there is no pair.
  struct Changes: Equatable, Sendable {
    /// The mean of |y(t) − y(t − m)|.
    let absolute: Double?
    /// The mean of (y(t) − y(t − m))².
    let squared: Double?
  }

  /// The changes from season to season, or from step to step in a history shorter than a season: the
  /// scale of MASE, RMSSE, and MSIS.
  let seasonal: Changes
  /// The changes from step to step since the first sale: the scale of the M5 competition.
  let stepwise: Changes

  /// Creates the scale of a history with seasonal changes over `lag` steps.
  init(of history: Series, lag: Int) {
    seasonal = Changes(of: history, from: history.values.startIndex, lag: lag)
    let firstSale = history.values.indices.first {
      history.observed[$0] && history.values[$0] != 0
    }
    stepwise = Changes(of: history, from: firstSale ?? history.values.endIndex, lag: 1)
  }
}

extension ErrorScale.Changes {
  /// Creates the means over all pairs of observed steps that are a lag of m steps apart.
  init(of history: Series, from first: Int, lag: Int) {
    var pairs = 0
    var absoluteSum = 0.0
    var squaredSum = 0.0
    for later in history.values.indices[first...].dropFirst(lag)
    where history.observed[later] && history.observed[later - lag] {
      let change = history.values[later] - history.values[later - lag]
      pairs += 1
      absoluteSum += abs(change)
      squaredSum += change * change
    }
    absolute = absoluteSum > 0 ? absoluteSum / Double(pairs) : nil
    squared = squaredSum > 0 ? squaredSum / Double(pairs) : nil
  }
}
