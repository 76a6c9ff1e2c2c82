import Scenarios

/// The results of `foresight what-if` as JSON.
struct WhatIfSummary: Encodable {
  let steps: StepExtent
  let units: Sums
  let revenue: Sums?
  let series: [Series]
  let elasticity: Elasticity?
  let cautions: [String]

  struct Sums: Encodable {
    let plan, scenario, change: Double
    let relativeChange: Double?

    init(_ sums: ScenarioComparison.Sums) {
      (plan, scenario, change) = (sums.plan, sums.scenario, sums.change)
      relativeChange = sums.relativeChange
    }
  }

  struct Series: Encodable {
    let id: String
    let units: Sums
    let revenue: Sums?
  }

  struct Elasticity: Encodable {
    /// The mean in past sales, or nil if fewer than three series have an estimate.
    let mean: EffectEstimate?
    let deviation: Double?
    /// The number of series with an estimate of their own.
    let estimates: Int
    /// The elasticity of the model's forecasts of all series together.
    let model: Double?
  }

  init(_ results: WhatIfResults, names: [String: String]) {
    let comparison = results.comparison
    steps = StepExtent(comparison.plan.calendar)
    units = Sums(comparison.units)
    revenue = comparison.revenue.map(Sums.init)
    series = comparison.order.map { index in
      Series(
        id: comparison.plan.ids[index], units: Sums(comparison.units(at: index)),
        revenue: comparison.revenue(at: index).map(Sums.init))
    }
    elasticity = results.elasticity.map { ofSales, ofModel in
      Elasticity(
        mean: ofSales.mean, deviation: ofSales.deviation,
        estimates: ofSales.series.count { (try? $0.own.get()) != nil }, model: ofModel.ofTotal)
    }
    cautions = WhatIfReport(results, names: names).cautions
  }
}
