import SalesData
import SalesTestSupport
import Testing

@Suite struct CleaningCausalityTests {
  /// Whether cleaning and cutting the history give the same in either order, at every step.
  private static func commutes(_ rule: any CleaningRule, _ panel: Panel) throws -> Bool {
    let clean = try rule.cleaned(panel)
    return try (0...panel.calendar.count).allSatisfy { origin in
      try clean.slice(0..<origin) == rule.cleaned(panel.slice(0..<origin))
    }
  }

  @Test(arguments: RandomPanels.rules.indices) func rulesSayWhetherTheyLookAhead(place: Int) throws
  {
    let rule = RandomPanels.rules[place]
    let commuting = try (0..<60).map { try Self.commutes(rule, RandomPanels.panel(seed: $0)) }
    if rule.isCausal {
      #expect(commuting.allSatisfy { $0 }, "\(rule.name)")
    } else {
      // It is not called so for nothing.
      #expect(commuting.contains(false), "\(rule.name)")
    }
  }

  /// Whatever the rule: cleaning the history before an origin owes nothing to what comes after.
  @Test(arguments: RandomPanels.rules.indices) func historiesOweNothingToTheFuture(
    place: Int
  ) throws {
    let rule = RandomPanels.rules[place]
    for seed in 0..<30 as Range<UInt64> {
      let panel = RandomPanels.panel(seed: seed)
      let origin = panel.calendar.count * 2 / 3
      let other = panel.mapSeries { series in
        let past = max(0, origin - series.steps.lowerBound)
        return Series(
          id: series.id, start: series.steps.lowerBound,
          values: series.values.prefix(past) + series.values.dropFirst(past).map { 7 - 3 * $0 },
          states: series.states.prefix(past)
            + series.states.dropFirst(past).map { $0 == .gap ? .observed : .gap })
      }
      #expect(
        try rule.cleaned(other.slice(0..<origin)) == rule.cleaned(panel.slice(0..<origin)),
        "\(rule.name), seed \(seed)")
    }
  }

  @Test func pipelinesNameTheRulesThatLookAhead() throws {
    let causal = CleaningPipeline([
      LeadingZeroRule(), NegativeValueRule(.mask), StockColumnRule("stock"),
      MissingValueRule(.forward(limit: 2)),
    ])
    #expect(causal.isCausal)
    #expect(causal.lookingAhead == [])
    for seed in 0..<30 as Range<UInt64> {
      let panel = RandomPanels.panel(seed: seed)
      let clean = try causal.clean(panel).panel
      for origin in 0...panel.calendar.count {
        #expect(
          try causal.clean(panel.slice(0..<origin)).panel == clean.slice(0..<origin))
      }
    }
    var mixed = causal
    mixed.rules += [StockOutRule(chance: 0.5), MissingValueRule(.linear())]
    #expect(!mixed.isCausal)
    #expect(
      mixed.lookingAhead == [
        "stock-outs: mark runs of zeros of a chance below 0.5",
        "missing values: linear interpolation",
      ])
  }
}
