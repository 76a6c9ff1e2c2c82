import Explanation
import Testing
import TestSupport

/// Explanations of a network that was trained on sales with known drivers.
@Suite(.timeLimit(.minutes(30))) struct NetworkExplanationTests {
  private static let windows = Result {
    try ExplainedWindows(
      of: SyntheticShop.model.get(), on: SyntheticShop.panel, limit: 400, seed: 5)
  }
  private static let importance = Result {
    try PermutationImportance(of: WindowExamples(windows.get()), repeats: 5, seed: 11)
  }

  @Test func windowsFollowTheTraining() throws {
    let windows = try Self.windows.get()
    #expect(windows.areHeldOut)
    #expect(windows.ends.lowerBound >= SyntheticShop.trainingLength)
    #expect(windows.ends.upperBound <= 220 - SyntheticShop.horizon)
    #expect(windows.count == 400)
    #expect(windows.seriesCount == 15)
    let inSample = try ExplainedWindows(
      of: SyntheticShop.model.get(), on: SyntheticShop.history, limit: 50)
    #expect(!inSample.areHeldOut)
    #expect(inSample.count == 50)
  }

  @Test func knownDriversRankAsTheyShould() throws {
    let importance = try Self.importance.get()
    func one(_ name: String) throws -> PermutationImportance.Increase {
      try #require(importance.inputs.first { $0.input.name == name })
    }
    let (promotion, price, noise) = try (one("promotion"), one("price"), one("noise"))
    #expect(importance.inputs[0].input.name == "promotion")
    #expect(promotion.increase > 2 * price.increase)
    #expect(price.isClear)
    #expect(price.increase > 10 * abs(noise.increase))
    #expect(abs(noise.increase) <= 2 * noise.standardError)
    #expect(!noise.isClear)
    #expect(try one("past sales").input.group == .pastSales)
    let groups = importance.groups.map(\.input.group)
    #expect(Array(groups.prefix(2)) == [.promotions, .prices])
    #expect(
      Set(groups) == [.promotions, .prices, .pastSales, .calendar, .holidays, .series, .others])
  }

  @Test func importanceIsReproducibleAtAnyNumberOfThreads() throws {
    let expected = try Self.importance.get()
    let before = Parallelism.threadCount
    defer { Parallelism.threadCount = before }
    for count in [1, 2] {
      Parallelism.threadCount = count
      let found = try PermutationImportance(
        of: WindowExamples(Self.windows.get()), repeats: 5, seed: 11)
      #expect(found.csv() == expected.csv())
    }
  }

  @Test func surrogatesFindTheDrivers() throws {
    let surrogates = try ForecastSurrogates(of: Self.windows.get(), seed: 3)
    #expect(try #require(surrogates.treeFidelity.r2) > 0.8)
    #expect(try #require(surrogates.linearFidelity.r2) > 0.7)
    #expect(surrogates.treeFidelity.count % SyntheticShop.horizon == 0)
    let root = try #require(surrogates.tree.nodes[0].split)
    #expect(surrogates.columns[root.column] == "promotion")
    let strongest = surrogates.linear.coefficients.indices.max {
      abs(surrogates.linear.coefficients[$0]) < abs(surrogates.linear.coefficients[$1])
    }
    #expect(surrogates.columns[try #require(strongest)] == "promotion")
    #expect(surrogates.columns.contains("Saturday"))
    #expect(surrogates.columns.contains("event is fair"))
    #expect(surrogates.columns.contains("department is food"))
  }

  @Test func contributionsOfTheDriversHaveTheRightSign() throws {
    let (model, panel) = (try SyntheticShop.model.get(), SyntheticShop.panel)
    let promotions = try panel.knownCovariate("promotion")
    for id in ["item 0", "item 7"] {
      let found = try ForecastContributions(of: model, from: panel, id: id)
      let index = try #require(panel.index(of: id))
      #expect(found.residual < 1e-4)
      let place = try #require(found.inputs.firstIndex { $0.name == "promotion" })
      let flags = try promotions.numbers(of: index, over: 220..<225)
      for (step, flag) in flags.enumerated() {
        let contribution = found.contributions[place * 5 + step]
        #expect(flag == 1 ? contribution > 0.3 * found.baseline[step] : contribution < 0)
      }
      // The contributions at future steps are those of the same step.
      let length = found.windowCalendar.count
      let overTime = found.contributionsOverTime[place * length..<(place + 1) * length]
      #expect(overTime.count == 14 + 5)
      let sum = found.means()[place]
      #expect(abs(overTime.reduce(0, +) - sum) < 1e-6 * max(1, abs(sum)))
    }
  }

  @Test func theForecastIsThatOfTheModel() throws {
    let (model, panel) = (try SyntheticShop.model.get(), SyntheticShop.panel)
    let forecast = try model.forecast(from: panel, horizon: 5)
    let found = try ForecastContributions(of: model, from: panel, id: "item 3")
    for (one, other) in zip(found.forecast, forecast.values(at: 3)) {
      #expect(abs(one - other) < 1e-5 * other)
    }
    let rows = found.csv().split(separator: "\n").dropFirst()
    #expect(rows.count == 5 * (found.inputs.count + 3))
    let first = rows.prefix(found.inputs.count + 3).map {
      Double($0.split(separator: ",", omittingEmptySubsequences: false).last!)!
    }
    #expect(abs(first.dropLast().reduce(0, +) - first.last!) < 1e-9 * first.last!)
    #expect(throws: CovariateError.noSuchSeries(id: "other")) {
      try ForecastContributions(of: model, from: panel, id: "other")
    }
  }

  /// Of a window in which nothing changes, only the date and the series differ from the baseline.
  @Test func nothingThatDoesNotChangeContributes() throws {
    let (count, days) = (3, 60)
    let flat = Panel(
      calendar: RegularCalendar(start: CalendarDate(year: 2024, month: 5, day: 6)!, count: days),
      series: (0..<count).map { index in
        Series(id: "s\(index)", values: Array(repeating: Double(10 + index), count: days))
      }
    )
    .adding(static: "size", .numbers([0, 1, 5]))
    .adding(level: "department", ["food", nil, "kitchen"])
    .adding(
      known: "promotion", .numbers(Array(repeating: 1.0, count: count * 65)), futureSteps: 5
    )
    .adding(known: "price", .numbers(Array(repeating: 1.4, count: count * 65)), futureSteps: 5)
    .adding(known: "noise", .numbers(Array(repeating: 0.5, count: count * 65)), futureSteps: 5)
    .adding(
      known: "event", .categories(Array(repeating: "fair", count: count * 65)), futureSteps: 5)
    let found = try ForecastContributions(of: SyntheticShop.model.get(), from: flat, id: "s1")
    for (input, mean) in zip(found.inputs, found.means()) {
      switch input.name {
      case "day of week", "size": #expect(mean != 0)
      case "department": #expect(mean == 0, "its category is unknown, as in the baseline")
      default: #expect(abs(mean) < 1e-5, "\(input.name)")
      }
    }
  }

  /// The vectors of interactions are parts of their columns.
  @Test func contributionsAddUpWithInteractions() throws {
    func check(_ architecture: some ForecastArchitecture) throws {
      let model = try SyntheticShop.forecaster(architecture, networks: 2, interactions: 4)
        .fit(SyntheticShop.history)
      let found = try ForecastContributions(of: model, from: SyntheticShop.panel, id: "item 4")
      #expect(found.residual < 1e-4)
      let forecast = try model.forecast(from: SyntheticShop.panel, horizon: 5)
      for (one, other) in zip(found.forecast, forecast.values(at: 4)) {
        #expect(abs(one - other) < 1e-5 * other)
      }
      for name in ["department", "event", "promotion"] {
        let places = model.encoding.channels(of: [name])
        let sizes = [places.history.count, places.future.count, places.statics.count]
        // One channel of a number; a category has a vector of 2 or 3, and one of 4.
        let expected = ["department": [0, 0, 7], "event": [6, 6, 0], "promotion": [1, 1, 0]]
        #expect(sizes == expected[name])
      }
    }
    try check(MLPArchitecture(hiddenSize: 9))
    try check(LSTMArchitecture(hiddenSize: 9))
  }

  /// Every architecture, head, and base, also with several networks.
  @Test(arguments: Combination.all) func contributionsAddUp(_ one: Combination) throws {
    func check<Architecture: ForecastArchitecture>(_ architecture: Architecture) throws {
      let model = try SyntheticShop.forecaster(
        architecture, head: one.head, base: one.base, networks: one.networks
      ).fit(SyntheticShop.history)
      let found = try ForecastContributions(of: model, from: SyntheticShop.panel, id: "item 4")
      #expect(found.residual < 1e-4)
      let forecast = try model.demand(from: SyntheticShop.panel, horizon: 5).values(at: 4)
      // The forecast of an autoregressive network is a mean of sample paths, and its explanation is of the
      // path that feeds back means.
      let drawsPaths = Architecture.Network.self is any AutoregressiveNetwork.Type
      for (one, other) in zip(found.forecast, forecast) {
        #expect(abs(one - other) < (drawsPaths ? 0.01 : 1e-4) * other)
      }
    }
    var architecture = one.architecture.init()
    architecture.hiddenSize = 8
    try check(architecture)
  }

  struct Combination: Sendable, CustomTestStringConvertible {
    let architecture: any ForecastArchitecture.Type
    var head: (any ForecastHead)?
    var base: WindowBase?
    var networks = 1

    var testDescription: String {
      "\(architecture.name) \(head.map { "\(type(of: $0))" } ?? "") \(base?.rawValue ?? "") \(networks)"
    }

    static let all: [Combination] = {
      let heads: [any ForecastHead] = [
        QuantileHead(levels: [0.1, 0.9]), GaussianHead(), StudentTHead(), PoissonHead(),
        NegativeBinomialHead(), TweedieHead(),
      ]
      var all = KnownTypes.builtIn.architectures.map { Combination(architecture: $0) }
      for head in heads { all.append(Combination(architecture: MLPArchitecture.self, head: head)) }
      for base in WindowBase.allCases {
        all.append(Combination(architecture: GRUArchitecture.self, base: base))
      }
      return all + [Combination(architecture: LSTMArchitecture.self, networks: 3)]
    }()
  }
}
