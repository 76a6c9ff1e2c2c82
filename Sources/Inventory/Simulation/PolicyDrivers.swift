/// The forecasters that drive a policy in a simulation, and what they learned at the last refit.
struct PolicyDrivers {
  /// The names in the order of the results, as far as they are known.
  private(set) var names: [String] = []
  /// The number of forecasters, with the combination.
  var count: Int { members.count + others.count + (combines ? 1 : 0) }

  private var members: [Driver]
  private var others: [Driver]
  private var combination: ConformalCombination?
  private let combines: Bool
  private let policy: ReplenishmentPolicy

  /// Creates drivers: those of the combination, the combination if it is asked for, and then the others.
  init(
    _ forecasters: [any Forecaster], others: [any Forecaster], combines: Bool,
    policy: ReplenishmentPolicy
  ) {
    members = forecasters.map { Driver($0, policy) }
    self.others = others.map { Driver($0, policy) }
    self.combines = combines && forecasters.count > 1
    self.policy = policy
  }

  /// Returns the order-up-to levels of each forecaster and series.
  ///
  /// - Parameters:
  ///   - history: The data known at the review.
  ///   - refits: A Boolean value that indicates whether forecasters are fitted and calibrated again.
  ///   - finished: A function that is called with the place and the name of each forecaster.
  mutating func orderUpToLevels(
    from history: Panel, refits: Bool, _ finished: (Int, String) -> Void
  ) throws -> [[Double]] {
    names = []
    var levels: [[Double]] = []
    func add(_ sums: [SumForecast], _ name: String) throws {
      finished(names.count, name)
      names.append(name)
      levels.append(
        try LeadTimeDemand.demands(of: sums, policy: policy).map(policy.orderUpToLevel))
    }
    var forecasts: [Forecast] = []
    for place in members.indices {
      let (forecast, sums) = try members[place].forecast(from: history, refits: refits)
      forecasts.append(forecast)
      try add(sums, members[place].name)
    }
    if combines {
      if refits || combination == nil {
        combination = try ConformalCombination(
          of: members.map(\.windows), sumLengths: policy.sumLengths)
      }
      let sums = try combination!.sums(of: forecasts, from: history, levels: LeadTimeDemand.levels)
      try add(sums, ConformalCombination.name)
    }
    for place in others.indices {
      try add(others[place].forecast(from: history, refits: refits).sums, others[place].name)
    }
    return levels
  }
}

/// A forecaster with the model and the windows of its last fit.
private struct Driver {
  private let forecaster: ConformalForecaster
  private var fitted: FittedConformalForecaster?
  /// The windows on which the model is calibrated.
  private(set) var windows: [CalibrationWindow] = []

  init(_ forecaster: any Forecaster, _ policy: ReplenishmentPolicy) {
    self.forecaster = ConformalForecaster(
      forecaster, horizon: policy.coveredSteps,
      quantileLevels: Quantiles.standardLevels(including: [policy.target.level]),
      sumLengths: policy.sumLengths)
  }

  /// The name of the model, which is known after the first forecast.
  var name: String { fitted?.name ?? "" }

  /// Returns the forecast before its calibration, and the calibrated sums.
  mutating func forecast(
    from history: Panel, refits: Bool
  ) throws -> (forecast: Forecast, sums: [SumForecast]) {
    if refits || fitted == nil { (fitted, windows) = try forecaster.fitKeepingWindows(history) }
    // Training that is canceled ends early, without an error.
    try Task.checkCancellation()
    let forecast = try fitted!.uncalibratedForecast(from: history, horizon: forecaster.horizon)
    let sums = try fitted!.calibration.sums(
      of: forecast, from: history, levels: LeadTimeDemand.levels)
    return (forecast, sums)
  }
}
