import Forecasting
import Inventory
import Testing

/// Levels and orders of policies, against closed forms.
@Suite struct PolicyTests {
  /// A demand of 10 ± 4 a step, independent from step to step, with L = 3 and R = 7.
  private static let demand = LeadTimeDemand(
    lead: DemandDistribution(
      NormalDistribution(mean: 30, standardDeviation: 4 * 3.0.squareRoot()), count: 20_000),
    covered: DemandDistribution(
      NormalDistribution(mean: 100, standardDeviation: 4 * 10.0.squareRoot()), count: 20_000))

  private static func policy(
    _ target: ServiceTarget, minimumOrder: Double = 0, packSize: Double? = nil,
    usesWholeUnits: Bool = false
  ) throws -> ReplenishmentPolicy {
    try ReplenishmentPolicy(
      leadTime: 3, reviewPeriod: 7, target: target, minimumOrder: minimumOrder,
      packSize: packSize, usesWholeUnits: usesWholeUnits)
  }

  // z = scipy.stats.norm.ppf(.95); 100 + z * 4 * 10**.5, 30 + z * 4 * 3**.5
  @Test func cycleServiceOfNormalDemand() throws {
    let policy = try Self.policy(.cycle(0.95))
    #expect(abs(policy.orderUpToLevel(for: Self.demand) - 120.8059355150223) < 1e-3)
    #expect(abs(policy.reorderPoint(for: Self.demand) - 41.39588021157557) < 1e-3)
  }

  // from scipy import optimize, stats
  // def loss(S, m, sd): k = (S - m) / sd; return sd * (stats.norm.pdf(k) - k * stats.norm.sf(k))
  // S = optimize.brentq(lambda S: loss(S, 100, 4 * 10**.5) - loss(S, 30, 4 * 3**.5) - 1.4, 1, 300)
  // S - 1.4  # of the demand of a cycle, 70, 2 % are lost before the order arrives
  @Test func fillRateOfNormalDemand() throws {
    let level = try Self.policy(.fillRate(0.98)).orderUpToLevel(for: Self.demand)
    #expect(abs(level - 109.3065507369777) < 1e-2)
  }

  @Test func noDemandNeedsNoStock() throws {
    let none = LeadTimeDemand(lead: nil, covered: DemandDistribution([0, 0, 0]))
    for target in [ServiceTarget.cycle(0.9), .fillRate(0.9)] {
      #expect(try Self.policy(target, usesWholeUnits: true).orderUpToLevel(for: none) == 0)
    }
  }

  // numpy.quantile([4, 1, 7, 2, 9], [.05, .35, .5, .77, .99], method='hazen')
  @Test func quantilesAreHazens() {
    let demand = DemandDistribution([4, 1, 7, 2, 9])
    for (level, expected) in [(0.05, 1), (0.35, 2.5), (0.5, 4), (0.77, 7.7), (0.99, 9)] {
      #expect(abs(demand.quantile(level) - expected) < 1e-12)
    }
    #expect(demand.expectedShortage(above: 3) == 2.2)
  }

  @Test func ordersAreWholePacksOfAtLeastTheMinimum() throws {
    let plain = try Self.policy(.cycle(0.9))
    #expect(plain.order(upTo: 10.5, from: 4) == 6.5)
    #expect(plain.order(upTo: 10, from: 10) == 0)
    #expect(plain.order(upTo: 10, from: 12) == 0)
    let whole = try Self.policy(.cycle(0.9), usesWholeUnits: true)
    #expect(whole.order(upTo: 10.5, from: 4) == 7)
    let packs = try Self.policy(.cycle(0.9), minimumOrder: 20, packSize: 6, usesWholeUnits: true)
    #expect(packs.order(upTo: 25, from: 0) == 30)
    #expect(packs.order(upTo: 24, from: 0) == 24)
    #expect(packs.order(upTo: 1, from: 0) == 24)
    #expect(packs.order(upTo: 1, from: 1) == 0)
  }

  @Test func badNumbersAreErrors() {
    func expectError(_ name: String, _ body: () throws -> Void) {
      #expect { try body() } throws: { error in
        guard case .outOfRange(name, _, _) = error as? StockError else { return false }
        return "\(error)".contains("must be")
      }
    }
    expectError("lead time") {
      _ = try ReplenishmentPolicy(leadTime: -1, reviewPeriod: 7, target: .cycle(0.9))
    }
    expectError("review period") {
      _ = try ReplenishmentPolicy(leadTime: 0, reviewPeriod: 0, target: .cycle(0.9))
    }
    for level in [0, 1, 95, .nan] {
      expectError("service level") { _ = try Self.policy(.fillRate(level)) }
    }
    expectError("minimum order") { _ = try Self.policy(.cycle(0.9), minimumOrder: -1) }
    expectError("pack size") { _ = try Self.policy(.cycle(0.9), packSize: 0) }
    expectError("pack size") {
      _ = try Self.policy(.cycle(0.9), packSize: 1.5, usesWholeUnits: true)
    }
    expectError("shortage cost") { _ = try StockCosts(shortage: -1, holding: 1) }
    expectError("margin") { _ = try NewsvendorProblem(margin: 0, loss: 1) }
    #expect(throws: StockError.noTradeOff(price: 5, cost: 6, salvage: 1)) {
      try NewsvendorProblem(price: 5, cost: 6, salvage: 1)
    }
  }
}

/// The newsvendor's quantity, against quantiles of SciPy.
@Suite struct NewsvendorTests {
  // scipy.stats.norm(100, 20).ppf(.8), nbinom(5, .2).ppf(.7), gamma(2, scale=30).ppf(.6)
  @Test func quantityOfKnownDemand() throws {
    let problem = try NewsvendorProblem(price: 10, cost: 6, salvage: 5)
    #expect(problem.criticalRatio == 0.8)
    let normal = NormalDistribution(mean: 100, standardDeviation: 20)
    #expect(abs(problem.quantity(for: normal) - 116.83242467145828) < 1e-6)
    let gamma = GammaDistribution(shape: 2, scale: 30)
    let other = try NewsvendorProblem(margin: 3, loss: 2)
    #expect(abs(other.quantity(for: gamma) - 60.6693973597397) < 1e-6)
    // Of scipy's n and p, the mean is n (1 − p) / p and the dispersion 1 / n.
    let counts = NegativeBinomialDistribution(mean: 20, dispersion: 0.2)
    #expect(try NewsvendorProblem(margin: 7, loss: 3).quantity(for: counts) == 24)
  }

  // 5 * 20 * scipy.stats.norm.pdf(scipy.stats.norm.ppf(.8)): the least expected loss
  @Test func bestQuantityHasTheLeastLoss() throws {
    let problem = try NewsvendorProblem(margin: 4, loss: 1)
    let demand = DemandDistribution(
      NormalDistribution(mean: 100, standardDeviation: 20), count: 20_000)
    let best = problem.quantity(for: demand)
    let loss = problem.expectedLoss(of: best, for: demand)
    #expect(abs(loss - 27.996192040780834) < 1e-2)
    for other in [best - 1, best + 1] {
      #expect(problem.expectedLoss(of: other, for: demand) > loss)
    }
  }
}
