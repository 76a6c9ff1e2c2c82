/// A back-test of a replenishment policy: reviews of the past, each with the forecast that was possible at
/// the time, and the sales that followed.
///
/// ```swift
/// let policy = try ReplenishmentPolicy(leadTime: 3, reviewPeriod: 7, target: .fillRate(0.95))
/// let simulation = try PolicySimulation(
///   policy: policy, costs: StockCosts(margin: 4, asImpliedBy: policy), reviewCount: 8)
/// let results = try simulation([ThetaForecaster(), SeasonalNaiveForecaster()], on: panel)
/// print(results)
/// ```
///
/// The same policy is driven by several forecasters, and by their combination if ``combines`` is true.
/// Quantiles of sums are calibrated on windows of the history. The reviews are R steps apart, and the last R steps of the panel follow the last
/// one. Each series starts with its order-up-to level on hand. Demand that is not met is lost.
///
/// The sales are taken for the demand. If past sales were themselves cut by stock-outs, shortages are
/// underestimated. Negative and missing sales count as 0.
///
/// Canceling the surrounding task ends the simulation with a `CancellationError`.
public struct PolicySimulation: Sendable {
  /// The policy.
  public var policy: ReplenishmentPolicy
  /// The costs.
  public var costs: StockCosts
  /// The number of reviews.
  public var reviewCount: Int
  /// The number of reviews after which forecasters are fitted and calibrated again. In between, they
  /// forecast from the longer history with what they learned earlier.
  public var refitInterval = 1
  /// A Boolean value that indicates whether the combination of the forecasters drives the policy, too, if
  /// there are several. Its weights are chosen on the windows that calibrate its members.
  public var combines = false
  /// The source from which the simulation obtains the days on which the shop is closed.
  public var closings = ClosingSource.panel
  /// A function that is called when a forecaster has forecast a review.
  public var progress: (@Sendable (PolicySimulationProgress) -> Void)?

  /// Creates a simulation.
  ///
  /// - Throws: `StockError.outOfRange` if there are fewer than 1 reviews.
  public init(
    policy: ReplenishmentPolicy, costs: StockCosts, reviewCount: Int
  ) throws(StockError) {
    try ReplenishmentPolicy.check(
      Double(reviewCount), "number of reviews", reviewCount >= 1, "at least 1")
    self.policy = policy
    self.costs = costs
    self.reviewCount = reviewCount
  }

  /// Simulates the policy with each of several forecasters.
  ///
  /// - Parameters:
  ///   - forecasters: The forecasters, in the order of the results. Stops the program if there are none.
  ///   - others: Forecasters to compare with, which are no part of the combination. They come last.
  ///   - panel: The panel with all known data.
  /// - Throws: `StockError.historyTooShort` if the reviews leave no history of three times L + R steps,
  ///   `CancellationError` if the surrounding task is canceled, and errors of the forecasters.
  public func callAsFunction(
    _ forecasters: [any Forecaster], comparedWith others: [any Forecaster] = [], on panel: Panel
  ) throws -> PolicyResults {
    guard !forecasters.isEmpty, refitInterval >= 1 else {
      fatalError(
        "PolicySimulation: expected forecasters and a refitInterval of at least 1, got "
          + "\(forecasters.count) and \(refitInterval)")
    }
    let steps = panel.calendar.count
    let length = reviewCount * policy.reviewPeriod
    let needed = length + 3 * policy.coveredSteps
    guard steps >= needed else { throw StockError.historyTooShort(steps: steps, needed: needed) }
    let demand = panel.eachSeries.map { series in
      (steps - length..<steps).map { max(0, series.value(at: $0) ?? 0) }
    }
    let calendar = panel.calendar.slice(steps - length..<steps)
    var drivers = PolicyDrivers(forecasters, others: others, combines: combines, policy: policy)
    let modelCount = drivers.count
    var levels: [[[Double]]] = []
    for review in 0..<reviewCount {
      let known = panel.dropping(last: (reviewCount - review) * policy.reviewPeriod)
      levels.append(
        try drivers.orderUpToLevels(
          from: closings.closed(known), refits: review % refitInterval == 0
        ) { place, name in
          progress?(
            PolicySimulationProgress(
              review: review, reviewCount: reviewCount, model: place, modelCount: modelCount,
              name: name))
        })
    }
    return PolicyResults(
      policy: policy, costs: costs, calendar: calendar,
      models: drivers.names.enumerated().map { place, name in
        let courses = demand.indices.map { series in
          StockCourse(
            policy: policy, levels: levels.map { $0[place][series] }, demand: demand[series])
        }
        return PolicyResults.Model(name: name, ids: panel.ids, courses.map { $0.periods() })
      })
  }
}

/// The progress of a ``PolicySimulation``: a forecaster has forecast a review.
public struct PolicySimulationProgress: Sendable {
  /// The index of the review, in chronological order.
  public let review: Int
  /// The number of reviews.
  public let reviewCount: Int
  /// The index of the forecaster, in the order of the simulation.
  public let model: Int
  /// The number of forecasters.
  public let modelCount: Int
  /// The name of the forecaster.
  public let name: String
}
