import Forecasting
import Inventory
import Testing

/// The course of stock, against a program of its own, and the comparison of forecasters.
@Suite struct PolicySimulationTests {
  /// The sums are those of this program:
  ///
  /// ```python
  /// def simulate(S, d, L, R, pack, least):
  ///   on_hand, orders, rows, short_at = S[0], [], [], []
  ///   for t, demand in enumerate(d):
  ///     if t % R == 0:
  ///       need = S[t // R] - on_hand - sum(q for when, q in orders if when >= t)
  ///       q = np.ceil(max(need, least) / pack) * pack if need > 0 else 0
  ///       orders.append((t + L, q))
  ///     on_hand += sum(q for when, q in orders if when == t)
  ///     short = max(0, demand - on_hand); on_hand = max(0, on_hand - demand)
  ///     short_at.append(short); rows.append((short, on_hand))
  ///   first = [0] + [k * R + L for k in range(1, len(S))]
  ///   cycles = [max(short_at[a:k * R + R + L]) == 0 for k, a in enumerate(first)
  ///             if k * R + R + L <= len(d)]
  ///   print(sum(r[0] for r in rows), sum(r[1] for r in rows), rows[-1][1],
  ///         sum(q for _, q in orders), sum(q > 0 for _, q in orders), len(cycles), sum(cycles))
  /// simulate([20, 26, 18, 30], [3,5,2,6, 9,1,8,4, 7,7,0,2, 5,9,3,6], 3, 4, 6, 12)
  /// simulate([9, 9, 4, 12, 8], [2,1, 4,0, 3,6, 1,1, 0,5], 0, 2, 5, 1)
  /// simulate([40, 44, 39, 45], [6,8,7, 9,5,8, 7,6,9, 4,8,7], 5, 3, 4, 8)
  /// ```
  @Test func courseOfStock() throws {
    let cases: [(levels: [Double], demand: [Double], policy: [Double], expected: [Double])] = [
      (
        [20, 26, 18, 30], [3, 5, 2, 6, 9, 1, 8, 4, 7, 7, 0, 2, 5, 9, 3, 6], [3, 4, 6, 12],
        [27, 116, 24, 54, 2, 3, 1]
      ),
      (
        [9, 9, 4, 12, 8], [2, 1, 4, 0, 3, 6, 1, 1, 0, 5], [0, 2, 5, 1],
        [2, 79, 8, 20, 2, 5, 4]
      ),
      (
        [40, 44, 39, 45], [6, 8, 7, 9, 5, 8, 7, 6, 9, 4, 8, 7], [5, 3, 4, 8],
        [16, 147, 12, 56, 3, 2, 1]
      ),
    ]
    for one in cases {
      let policy = try ReplenishmentPolicy(
        leadTime: Int(one.policy[0]), reviewPeriod: Int(one.policy[1]), target: .cycle(0.9),
        minimumOrder: one.policy[3], packSize: one.policy[2])
      let periods = StockCourse(policy: policy, levels: one.levels, demand: one.demand).periods()
      func sum(_ number: (StockTotals) -> Double) -> Double {
        periods.reduce(0) { $0 + number($1) }
      }
      let found = [
        sum(\.shortage), sum(\.held), sum(\.leftover), sum(\.ordered),
        sum { Double($0.orderCount) },
        sum { Double($0.cycleCount) }, sum { Double($0.servedCycleCount) },
      ]
      #expect(found == one.expected)
      #expect(sum(\.demand) == one.demand.reduce(0, +))
    }
  }

  /// For independent demand with known distributions, the fill rate is the target.
  @Test(arguments: [(3, 7, 0.95), (3, 7, 0.9), (0, 3, 0.9)])
  func fillRateOfGammaDemand(leadTime: Int, reviewPeriod: Int, rate: Double) throws {
    func sum(of steps: Int) -> DemandDistribution {
      DemandDistribution(GammaDistribution(shape: 4 * Double(steps), scale: 0.25), count: 4000)
    }
    let policy = try ReplenishmentPolicy(
      leadTime: leadTime, reviewPeriod: reviewPeriod, target: .fillRate(rate),
      usesWholeUnits: false)
    let demand = LeadTimeDemand(
      lead: leadTime > 0 ? sum(of: leadTime) : nil, covered: sum(of: policy.coveredSteps))
    let reviews = 10_000
    var generator = Xoshiro256(seed: 1)
    let step = GammaDistribution(shape: 4, scale: 0.25)
    let course = StockCourse(
      policy: policy,
      levels: Array(repeating: policy.orderUpToLevel(for: demand), count: reviews),
      demand: (0..<reviews * reviewPeriod).map { _ in step.sample(using: &generator) })
    let periods = course.periods()
    let shortage = periods.reduce(0) { $0 + $1.shortage }
    let total = periods.reduce(0) { $0 + $1.demand }
    #expect(abs(1 - shortage / total - rate) < 0.006)
  }

  @Test func impliedCostsMakeTheLevelTheBest() throws {
    let policy = try ReplenishmentPolicy(leadTime: 3, reviewPeriod: 5, target: .cycle(0.8))
    let costs = try StockCosts(margin: 8, asImpliedBy: policy)
    // A unit too many costs 2 in each period: 8 / (8 + 2) = 0.8.
    #expect(costs.shortage == 8 && abs(costs.holding * 5 - 2) < 1e-12)
    let problem = try NewsvendorProblem(margin: 8, loss: 2)
    #expect(abs(StockCosts(problem, policy: policy).holding - costs.holding) < 1e-12)
  }

  @Test func forecastersAreComparedInMoney() throws {
    let policy = try ReplenishmentPolicy(leadTime: 2, reviewPeriod: 7, target: .fillRate(0.9))
    let simulation = try PolicySimulation(
      policy: policy, costs: StockCosts(asImpliedBy: policy), reviewCount: 6)
    let results = try simulation(
      [MovingAverageForecaster(windowLength: 30), SeasonalNaiveForecaster()],
      on: StockAdviceTests.panel)
    #expect(results.models.map(\.name).count == 2)
    let actual = StockAdviceTests.panel.eachSeries.map { $0.values.suffix(42).reduce(0, +) }
    for model in results.models {
      #expect(zip(model.series, actual).allSatisfy { abs($0.demand - $1) < 1e-9 })
      #expect(model.periods.count == 6)
      let cost = model.periods.reduce(0) { $0 + $1.cost(results.costs) }
      #expect(abs(cost - model.total.cost(results.costs)) < 1e-6)
      #expect(model.total.fillRate ?? 0 > 0.8)
      // The cycles of all reviews but the last end with the course.
      #expect(model.total.cycleCount == 2 * 5)
    }
    let ranked = results.ranked
    let difference = results.difference(between: ranked[1], and: ranked[0])
    #expect(difference.mean >= 0 && difference.count == 6)
    #expect("\(results)".contains("Cost of a period above \(ranked[0].name)"))
    #expect(results.csv().split(separator: "\n").count == 1 + 2 * 2)
  }

  /// The combination is that of the members, whose results are the same without it.
  @Test func theCombinationDrivesThePolicy() throws {
    let policy = try ReplenishmentPolicy(leadTime: 2, reviewPeriod: 7, target: .fillRate(0.9))
    var simulation = try PolicySimulation(
      policy: policy, costs: StockCosts(asImpliedBy: policy), reviewCount: 4)
    simulation.refitInterval = 3
    let members: [any Forecaster] = [
      MovingAverageForecaster(windowLength: 30), ThetaForecaster(),
    ]
    let alone = try simulation(
      members, comparedWith: [SeasonalNaiveForecaster()], on: StockAdviceTests.panel)
    simulation.combines = true
    let combined = try simulation(
      members, comparedWith: [SeasonalNaiveForecaster()], on: StockAdviceTests.panel)
    #expect(alone.models.count == 3)
    #expect(
      combined.models.map(\.name) == alone.models.prefix(2).map(\.name) + [
        "Combination", "Seasonal naive",
      ])
    for (model, place) in zip(alone.models, [0, 1, 3]) {
      #expect(model.periods == combined.models[place].periods)
    }
    let combination = combined.models[2]
    #expect(combination.periods.count == 4 && combination.total.fillRate ?? 0 > 0.8)
    #expect(combination.periods != combined.models[0].periods)
    // A single forecaster has no combination.
    #expect(try simulation([ThetaForecaster()], on: StockAdviceTests.panel).models.count == 1)
  }

  /// The combination of one model with itself is that model.
  @Test func theCombinationOfEqualModelsIsTheModel() throws {
    let policy = try ReplenishmentPolicy(leadTime: 2, reviewPeriod: 7, target: .cycle(0.9))
    var simulation = try PolicySimulation(
      policy: policy, costs: StockCosts(asImpliedBy: policy), reviewCount: 3)
    simulation.combines = true
    let models = try simulation(
      [ThetaForecaster(), ThetaForecaster()], on: StockAdviceTests.panel
    ).models
    #expect(zip(models[0].periods, models[2].periods).allSatisfy { abs($0.held - $1.held) < 1e-6 })
  }

  /// The sales after a review don't change its level.
  @Test func levelsDoNotSeeTheFuture() throws {
    let policy = try ReplenishmentPolicy(leadTime: 2, reviewPeriod: 7, target: .cycle(0.9))
    let simulation = try PolicySimulation(
      policy: policy, costs: StockCosts(shortage: 1, holding: 1), reviewCount: 2)
    let panel = StockAdviceTests.panel
    let changed = Panel(
      calendar: panel.calendar,
      series: panel.eachSeries.map { series in
        Series(id: series.id, values: Array(series.values.dropLast(7)) + [0, 0, 0, 0, 0, 0, 0])
      })
    let (one, other) = (
      try simulation([SeasonalNaiveForecaster()], on: panel).models[0],
      try simulation([SeasonalNaiveForecaster()], on: changed).models[0]
    )
    #expect(one.periods[0] == other.periods[0])
    #expect(one.periods[1].ordered == other.periods[1].ordered)
    #expect(one.periods[1] != other.periods[1])
  }

  @Test func shortHistoriesAreErrors() throws {
    let policy = try ReplenishmentPolicy(leadTime: 3, reviewPeriod: 7, target: .cycle(0.9))
    let simulation = try PolicySimulation(
      policy: policy, costs: StockCosts(asImpliedBy: policy), reviewCount: 20)
    #expect(throws: StockError.historyTooShort(steps: 140, needed: 170)) {
      try simulation([NaiveForecaster()], on: StockAdviceTests.panel)
    }
  }
}
