import NeuralNetwork

extension FittedNetworkForecaster where Architecture.Network: AutoregressiveNetwork {
  /// Draws sample paths of each series of a panel.
  ///
  /// Each path draws a value from the head's distribution at each step, and feeds it into the next one.
  /// Paths of counts are counts. A path depends on the seed, the id of its series, and its number, and
  /// not on the number of threads. Values are 0 at steps when the shop or a series is closed, and for series
  /// that are no longer on sale.
  ///
  /// - Parameters:
  ///   - history: The data known at the time.
  ///   - horizon: The number of steps to forecast.
  ///   - count: The number of paths of each series, S. Stops the program if it is less than 1.
  ///   - seed: The seed of the random numbers.
  /// - Throws: The errors of ``demand(from:horizon:)``, and `ForecastError.notFinite` if the network has
  ///   diverged. `ForecastError.notSampled` if the head is not a ``SamplingHead``.
  public func paths(
    from history: Panel, horizon: Int, count: Int = 100, seed: UInt64 = 0
  ) throws -> ForecastPaths {
    let width = count * horizon
    var values = [Double](repeating: 0, count: history.seriesCount * width)
    var places = history.onSale[...]
    try forEachPaths(from: history, horizon: horizon, count: count, seed: seed) { paths in
      for row in paths.ids.indices {
        let place = places.removeFirst()
        values.replaceSubrange(
          place * width..<(place + 1) * width, with: paths.values[row * width..<(row + 1) * width])
      }
    }
    let calendar = history.calendar(ofNext: horizon)
    return ForecastPaths(ids: history.ids, calendar: calendar, count: count, values: values)
  }

  /// Draws sample paths of a few series at a time, so that not all of them have to be in memory.
  ///
  /// See ``paths(from:horizon:count:seed:)``. Series that are no longer on sale are left out.
  ///
  /// - Parameter body: A function that uses the paths of some series.
  public func forEachPaths(
    from history: Panel, horizon: Int, count: Int = 100, seed: UInt64 = 0,
    _ body: (ForecastPaths) throws -> Void
  ) throws {
    guard count >= 1 else {
      fatalError("FittedNetworkForecaster.paths: expected a count of at least 1, got \(count)")
    }
    let calendar = history.calendar(ofNext: horizon)
    let onSale = history.onSale
    guard !onSale.isEmpty else { return }
    let sold = (onSale.count == history.seriesCount ? history : history.selecting(onSale))
      .leavingOutClosedZeros()
    let closed = ClosedSteps(of: sold, over: sold.calendar.count..<sold.calendar.count + horizon)
    let indices = Dictionary(uniqueKeysWithValues: zip(sold.ids, sold.ids.indices))
    try trainingPanel.check(sold, horizon: horizon)
    let sampling = PathSampling(
      count: count, seed: seed, stepCount: horizon, range: feedbackRange(after: sold, calendar))
    try forEachBatch(of: latestWindows(of: sold)) { ids, batch in
      guard let sampled = sampled(batch, ids, calendar, sampling) else {
        throw ForecastError.notSampled(head: "\(type(of: specification.head))")
      }
      if let place = sampled.paths.values.firstIndex(where: { !$0.isFinite }) {
        throw ForecastError.notFinite(
          id: ids[place / (count * horizon)], date: calendar.labelDate(at: place % horizon))
      }
      try body(sampled.paths.zeroed { closed.marks(of: indices[$0]!) })
    }
  }
}

extension FittedNetworkForecaster {
  /// Returns sample paths of windows and the means of their steps, [B, K], or nil if the networks aren't
  /// autoregressive or the head can't be sampled.
  func sampled(
    _ batch: NetworkBatch, _ ids: [String], _ calendar: RegularCalendar, _ sampling: PathSampling
  ) -> (paths: ForecastPaths, means: [Double])? {
    network.sampled(batch, specification.head, ids: ids, sampling).map { sampled in
      (
        ForecastPaths(
          ids: ids, calendar: calendar, count: sampling.count,
          values: sampled.values.scalars.map(Double.init)),
        sampled.means.scalars.map(\.shortestDecimal)
      )
    }
  }

  /// Returns the range of the values that follow a panel.
  func feedbackRange(after history: Panel, _ calendar: RegularCalendar) -> FeedbackRange {
    FeedbackRange(
      isNonnegative: specification.isNonnegative,
      isClosed: (0..<calendar.count).map { history.closing.isClosed($0, of: calendar) })
  }
}
