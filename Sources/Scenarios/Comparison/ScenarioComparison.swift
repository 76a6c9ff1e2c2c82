/// The forecasts of a model under a plan and under a scenario with other prices, promotions, or other
/// columns that are known ahead.
///
/// ```swift
/// let cheaper = try panel.applying([PlanChange("price*0.9")], horizon: 28)
/// let comparison = try ScenarioComparison(
///   of: model, plan: panel, scenario: cheaper, horizon: 28, priceColumn: "price")
/// print(comparison.units.change, comparison.revenue!.change)
/// ```
///
/// Everything else stays as it is. The comparison shows what the model forecasts, which is what
/// followed such values in the past: it is an effect only if nothing else caused both.
public struct ScenarioComparison: Sendable {
  /// A sum over the horizon under the plan and under the scenario.
  public struct Sums: Sendable, Hashable {
    /// The sum under the plan.
    public let plan: Double
    /// The sum under the scenario.
    public let scenario: Double

    /// The difference of the scenario from the plan.
    public var change: Double { scenario - plan }
    /// The difference as a share of the plan, or nil if the plan is 0.
    public var relativeChange: Double? { plan == 0 ? nil : change / plan }
  }

  /// The forecast under the plan, [N, H].
  public let plan: Forecast
  /// The forecast under the scenario, [N, H].
  public let scenario: Forecast
  /// The values that differ.
  public let differences: PlanDifferences
  /// The prices of each step under the plan and under the scenario, row-major [N, H], or nil without
  /// a column of prices. A missing price is NaN.
  let prices: (plan: [Double], scenario: [Double])?

  /// Forecasts under both. Stops the program unless both panels have the same series and calendar.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - plan: The sales with the plan.
  ///   - scenario: The same sales with other values after their end.
  ///   - horizon: The number of steps to forecast.
  ///   - priceColumn: The known-future column with the price of a unit, for the revenue.
  /// - Throws: ``ScenarioError/noChange`` if no value differs, `CovariateError` if there is no such
  ///   column, and errors of the model.
  public init(
    of model: any FittedForecaster, plan: Panel, scenario: Panel, horizon: Int,
    priceColumn: String? = nil
  ) throws {
    guard plan.ids == scenario.ids, plan.calendar == scenario.calendar else {
      fatalError("ScenarioComparison: expected the same series and calendar in both panels")
    }
    differences = PlanDifferences(from: plan, to: scenario, horizon: horizon)
    guard !differences.columns.isEmpty else { throw ScenarioError.noChange }
    let forecaster = FallbackForecaster(model: model)
    self.plan = try forecaster.forecast(from: plan, horizon: horizon)
    self.scenario = try forecaster.forecast(from: scenario, horizon: horizon)
    prices = try priceColumn.map {
      (try plan.futureNumbers(of: $0, horizon), try scenario.futureNumbers(of: $0, horizon))
    }
  }

  /// The units of all series.
  public var units: Sums {
    Sums(plan: plan.values.reduce(0, +), scenario: scenario.values.reduce(0, +))
  }

  /// The units of the series at an index.
  public func units(at index: Int) -> Sums {
    Sums(
      plan: plan.values(at: index).reduce(0, +), scenario: scenario.values(at: index).reduce(0, +))
  }

  /// The units times their prices of all series that have prices, or nil without a column of prices.
  ///
  /// Steps without a price under either are left out of both sums.
  public var revenue: Sums? { revenue(over: 0..<plan.values.count) }

  /// The revenue of the series at an index, or nil without a column of prices.
  public func revenue(at index: Int) -> Sums? {
    revenue(over: index * plan.horizon..<(index + 1) * plan.horizon)
  }

  private func revenue(over cells: Range<Int>) -> Sums? {
    prices.map { prices in
      var (before, after) = (0.0, 0.0)
      for cell in cells where !(prices.plan[cell].isNaN || prices.scenario[cell].isNaN) {
        before += plan.values[cell] * prices.plan[cell]
        after += scenario.values[cell] * prices.scenario[cell]
      }
      return Sums(plan: before, scenario: after)
    }
  }

  /// The indices of all series, those first whose units change most.
  public var order: [Int] {
    let changes = plan.ids.indices.map { abs(units(at: $0).change) }
    return plan.ids.indices.sorted { (changes[$1], $0) < (changes[$0], $1) }
  }
}

extension Panel {
  /// Returns the numbers of a known-future column after the panel's end, row-major [N, H], NaN where
  /// missing.
  func futureNumbers(of name: String, _ horizon: Int) throws -> [Double] {
    let column = try knownCovariate(name)
    let steps = calendar.count..<calendar.count + horizon
    return try ids.indices.flatMap { index in
      let (values, missing) = try column.numberWindow(of: index, over: steps)
      return zip(values, missing).map { $1 ? .nan : $0 }
    }
  }
}
