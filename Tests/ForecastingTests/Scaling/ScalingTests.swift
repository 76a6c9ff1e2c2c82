import Forecasting
import NeuralNetwork
import Testing
import TestSupport

/// Figures from scikit-learn and SciPy, with `p = np.array([[0], [5], [20.5]])` and
///
///     y = np.array([(7*t*t + 3*t) % 13 + t/4 for t in range(17)])[:, None]
@Suite struct ScalingTests {
  private static let values = (0..<17).map { (t: Int) -> Double in
    let whole: Int = (7 * t * t + 3 * t) % 13
    return Double(whole) + Double(t) / 4
  }
  private static let points: [Double] = [0, 5, 20.5]

  private func fitted(
    _ scalings: Scaling..., to values: [Double?] = Self.values, period: Int = 7
  ) throws -> ScaleTransform {
    try PanelScaler(scalings).fit(
      Series(id: "a", start: 3, values: values), over: 0..<values.count + 4, period: period)
  }

  /// The figures, each by `Scaler().fit(y).transform(p)`:
  private static let figures: [(Scaling, [Double])] = [
    // MinMaxScaler(), MinMaxScaler((-1, 3))
    (.minMax(), [0, 0.3703703704, 1.5185185185]),
    (.minMax(from: -1, to: 3), [-1, 0.4814814815, 5.0740740741]),
    // StandardScaler()
    (.standard, [-2.1450810907, -0.8141913629, 3.3115667932]),
    // RobustScaler()
    (.robust, [-1.619047619, -0.6666666667, 2.2857142857]),
    // scipy.stats.boxcox(y[:, 0] + 1)[1], which is 1.3023634263, and of p + 1 with that:
    (.boxCox(), [0, 7.1517704587, 40.9754793244]),
    // np.log1p(p)
    (.signedLog, [0, 1.7917594692, 3.0680529352]),
  ]

  @Test(arguments: figures.indices) func followsScikitLearnAndSciPy(row: Int) throws {
    let (scaling, expected) = Self.figures[row]
    let transform = try fitted(scaling)
    expectClose(try transform.transformed(Self.points), expected)
    expectClose(transform.restored(expected.map { Double($0) }), Self.points.map { Double($0) })
  }

  private func expectClose(
    _ actual: [Double], _ expected: [Double], within tolerance: Double = 2e-6
  ) {
    #expect(actual.count == expected.count)
    for (actual, expected) in zip(actual, expected) {
      #expect(abs(Double(actual) - expected) <= tolerance * max(1, abs(expected)))
    }
  }

  /// `p / np.abs(y - 6).mean()`, the mean of which is 3.7647058824.
  @Test func meanSizeIsOfAbsoluteValues() throws {
    let transform = try fitted(.meanSize, to: Self.values.map { $0 - 6 })
    expectClose(try transform.transformed(Self.points), [0, 1.328125, 5.4453125])
    #expect(transform.steps == [.affine(offset: 0, scale: 64.0 / 17)])
  }

  /// `StandardScaler().fit(np.log1p(y)).transform(np.log1p(p))`
  @Test func scalingsFollowOneAnother() throws {
    let transform = try fitted(.signedLog, .standard)
    expectClose(
      try transform.transformed(Self.points), [-3.0708787775, -0.3857019256, 1.526984308])
    expectClose(
      transform.restored([-3.0708788, -0.38570192, 1.5269843]), [0, 5, 20.5], within: 5e-7)
  }

  @Test func theSignedLogarithmIsOdd() throws {
    let transform = try fitted(.signedLog)
    let values: [Double] = [-1000, -3.5, -0.0, 0, 1e-6, 3.5, 1000]
    let logs = try transform.transformed(values)
    #expect(logs[0] == -logs[6] && logs[1] == -logs[5])
    expectClose(logs, [-6.9087547793, -1.5040773968, 0, 0, 1e-6, 1.5040773968, 6.9087547793])
    expectClose(transform.restored(logs), values.map { Double($0) })
  }

  /// Of a lambda around 0, and below:
  ///
  ///     skew = np.array([1.5**(t % 11) + t % 3 for t in range(65)])
  ///     stats.boxcox(skew)[1], stats.boxcox(skew + .5)[1]
  @Test(arguments: [(0, -0.0183655656), (0.5, -0.0821273639)])
  func likelihoodFollowsSciPy(shift: Double, lambda: Double) throws {
    let skew = (0..<65).map { t -> Double in
      (0..<t % 11).reduce(1) { power, _ in power * 1.5 } + Double(t % 3)
    }
    let transform = try fitted(.boxCox(shift: shift), to: skew)
    guard case .boxCox(let found, shift) = transform.steps[0] else {
      Issue.record("\(transform)")
      return
    }
    #expect(abs(found - lambda) < 1e-5)
    // The bounds hold, and both of their ends can be had.
    let bounded = try fitted(.boxCox(shift: shift, bounds: 0...1), to: skew)
    guard case .boxCox(let least, _) = bounded.steps[0] else { return }
    #expect(least >= 0 && least < 1e-8)
    let fixed = try fitted(.boxCox(shift: shift, bounds: 0.25...0.25), to: skew)
    #expect(fixed.steps == [.boxCox(lambda: 0.25, shift: shift)])
  }

  /// As R's `forecast:::guer.cv`:
  ///
  ///     x = np.array([(1 + t/10) * (3 + t % 7 + ((5*t*t) % 11) / 4) for t in range(65)])
  ///     def guerrero(x, period):
  ///         n = len(x) // period; m = x[len(x) - n * period:].reshape(n, period)
  ///         mean, sd = np.nanmean(m, 1), np.nanstd(m, 1, ddof=1)
  ///         def cv(lam):
  ///             r = sd / mean ** (1 - lam); return r.std(ddof=1) / r.mean()
  ///         return optimize.minimize_scalar(
  ///             cv, bounds=(-1, 2), method="bounded", options=dict(xatol=1e-10)).x
  ///     guerrero(x + 1, 7), guerrero(x, 5)
  ///     x[[4, 20, 21, 40]] = np.nan; guerrero(x + 1, 7)
  @Test(
    arguments: [
      ([], 1, 7, 0.0995883212), ([], 0, 5, 0.1731863235), ([4, 20, 21, 40], 1, 7, 0.0846151293),
    ] as [(Set<Int>, Double, Int, Double)])
  func guerreroFollowsItsPaper(
    gaps: Set<Int>, shift: Double, period: Int, lambda: Double
  ) throws {
    let x = (0..<65).map { t -> Double? in
      if gaps.contains(t) { return nil }
      let quarters: Int = (5 * t * t) % 11
      let season = Double(3 + t % 7) + Double(quarters) / 4
      return (1 + Double(t) / 10) * season
    }
    let transform = try fitted(.boxCox(.guerrero, shift: shift), to: x, period: period)
    guard case .boxCox(let found, _) = transform.steps[0] else {
      Issue.record("\(transform)")
      return
    }
    #expect(abs(found - lambda) < 1e-5)
  }

  /// Quantiles of 0, 1, 3, 17 and 65 values against their definition, by way of the robust scaling.
  @Test(arguments: [1, 3, 17, 65] as [Int]) func quartilesInterpolate(count: Int) throws {
    var random = Xoshiro256(seed: UInt64(count))
    for span in [3, 1000] {
      let values = (0..<count).map { _ in Double(Int.random(in: 0..<span, using: &random)) }
      let sorted = values.sorted().map { Double($0) }
      func quantile(_ level: Double) -> Double {
        let position = level * Double(count - 1)
        let lower = Int(position)
        let upper = min(lower + 1, count - 1)
        return sorted[lower] + (position - Double(lower)) * (sorted[upper] - sorted[lower])
      }
      let spread = quantile(0.75) - quantile(0.25)
      #expect(
        try fitted(.robust, to: values).steps
          == [.affine(offset: quantile(0.5), scale: spread == 0 ? 1 : spread)])
    }
  }

  private static let all: [Scaling] = [
    .minMax(), .minMax(from: -2, to: 5), .standard, .robust, .meanSize, .signedLog, .boxCox(),
    .boxCox(.guerrero, shift: 0.5),
  ]

  /// What a scaling makes of constant values, of one value, of none: finite numbers that are
  /// restored.
  @Test(arguments: all.indices) func nothingBecomesNaN(place: Int) throws {
    for values in [[], [nil], [nil, nil, nil], [7], [7, nil, 7, 7, 7], [0, 0], [0.1, 0.1, 0.1]]
      as [[Double?]]
    {
      let transform = try fitted(Self.all[place], .standard, to: values)
      for point in [0, 7, 0.1, 1e6] as [Double] {
        let scaled = try transform.transformed([point])
        #expect(scaled.allSatisfy { $0.isFinite })
        #expect(abs(transform.restored(scaled)[0] - point) <= 1e-6 * max(1, point))
      }
    }
  }

  private static let greatValues: [[Double]] = [
    (0..<40).map { (t: Int) -> Double in t == 3 ? 10_000_001 : 10_000_000 },
    (0..<40).map { (t: Int) -> Double in t == 11 ? 1e30 : Double(t % 5) },
    (0..<40).map { (t: Int) -> Double in Double(t % 7) * 1e30 },
    (0..<40).map { (t: Int) -> Double in t == 20 ? Double(Float.greatestFiniteMagnitude) : 1 },
  ]

  /// Of a lambda of −1 the first values would be 16 % less when restored, and of one of 2 the last
  /// would have no transform.
  @Test(arguments: greatValues)
  func greatValuesAreRestored(values: [Double]) throws {
    for estimate in [BoxCoxEstimate.likelihood, .guerrero] {
      let transform = try fitted(.boxCox(estimate), to: values)
      let restored = transform.restored(try transform.transformed(values))
      for (value, restored) in zip(values, restored) {
        #expect(abs(restored - value) <= 2.5e-4 * max(1, value), "\(estimate)")
      }
    }
    // Bounds that are asked for hold none the less.
    let given = try fitted(.boxCox(bounds: -1...(-0.95)), to: values)
    guard case .boxCox(let lambda, _) = given.steps[0] else { return }
    #expect(-1...(-0.95) ~= lambda)
  }

  @Test func whatConstantValuesBecome() throws {
    func scaled(_ scaling: Scaling, _ value: Double) throws -> Double {
      try fitted(scaling, to: [value, nil, value]).transformed([value])[0]
    }
    #expect(try scaled(.minMax(from: -2, to: 5), 7) == -2)
    for value in [
      1e17, -1e30, Double(Float.greatestFiniteMagnitude), Double(Float.leastNonzeroMagnitude),
    ] as [Double] {
      #expect(abs(try scaled(.minMax(from: -2, to: 5), value) + 2) < 1e-6)
      #expect(try scaled(.minMax(), value) == 0)
      #expect(try scaled(.standard, value) == 0)
    }
    #expect(try scaled(.standard, 7) == 0)
    #expect(try scaled(.robust, 7) == 0)
    #expect(try scaled(.meanSize, 7) == 1)
    #expect(try scaled(.meanSize, -7) == -1)
    #expect(try scaled(.meanSize, 0) == 0)
    #expect(try scaled(.boxCox(), 7) == 7)
    #expect(try fitted(.boxCox(), to: []).steps == [.boxCox(lambda: 1, shift: 1)])
    #expect(try fitted(.boxCox(.guerrero), to: [1, 2, 3]).steps == [.boxCox(lambda: 1, shift: 1)])
    for scaling in [Scaling.minMax(), .standard, .robust, .meanSize] {
      #expect(try fitted(scaling, to: [nil]).steps == [.affine(offset: 0, scale: 1)])
    }
  }

  private static let extremes: [[Double?]] = [
    [1e30, -1e30, 0, 1, -1], [3.4e38, -3.4e38, nil, 1], [1e-20, 2e-20, 5e-20],
    [.leastNonzeroMagnitude, 0, 3 * .leastNonzeroMagnitude], [1e-30, 1, 1e30], [-1, 1, -2, 2],
    [1e30, Double(Float(1e30).nextUp)], [16_777_216, 16_777_218, 16_777_222],
  ]

  /// At the ends of single precision: numbers, never NaN or an infinity, that are restored to within
  /// the rounding of the scaled value and of the greatest of the series.
  @Test(arguments: extremes) func extremesStayFinite(values: [Double?]) throws {
    let known = values.compactMap(\.self)
    let greatest = known.map(abs).max()!
    for scaling in Self.all {
      // Logarithms restore to a part in a hundred thousand there, powers to one in eight thousand.
      var share = 1e-5
      if case .boxCox = scaling {
        if known.contains(where: { $0 <= -0.5 }) { continue }
        share = 1.3e-4
      }
      let transform = try fitted(scaling, to: values, period: 2)
      let scaled = try transform.transformed(known)
      #expect(scaled.allSatisfy { $0.isFinite }, "\(scaling)")
      let tolerance = max(share * Double(greatest), 1e-6)
      for (value, restored) in zip(known, transform.restored(scaled)) {
        #expect(abs(Double(restored) - Double(value)) <= tolerance, "\(scaling)")
      }
      let far = try transform.transformed([0, 1, 1e30, Double(Float.greatestFiniteMagnitude)])
      #expect(far.allSatisfy { $0.isFinite }, "\(scaling)")
      let quantiles = transform.restored([-1e30, -50, -5, 0, 5, 50, 1e30])
      #expect(quantiles.allSatisfy { $0.isFinite }, "\(scaling)")
      #expect(quantiles == quantiles.sorted(), "\(scaling)")
    }
  }

  /// Quantiles map through: every transform increases, also where the inverse has to end.
  @Test(arguments: all.indices) func orderIsKept(place: Int) throws {
    let transform = try fitted(Self.all[place], .standard)
    let values = (0..<65).map { Double($0) * 0.75 }
    let scaled = try transform.transformed(values)
    #expect(zip(scaled, scaled.dropFirst()).allSatisfy { $0 < $1 })
    let restored = transform.restored((-40...40).map { Double($0) })
    #expect(zip(restored, restored.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(restored.allSatisfy { $0.isFinite })
  }

  /// `np.quantile(y, [0, 1/8, 1/4, 5/8, 1])`: of 17 values these are values themselves, which no
  /// interpolation stands between, so that scaled quantiles are quantiles of scaled values.
  @Test(arguments: all.indices) func quantilesAreRestored(place: Int) throws {
    let transform = try fitted(Self.all[place], .robust)
    let scaled = try transform.transformed(Self.values).sorted()
    expectClose(
      transform.restored([0, 2, 4, 10, 16].map { scaled[$0] }), [0, 3.25, 6, 10.25, 13.5])
  }

  @Test func inversesEndWhereTheirRangeEnds() throws {
    let upwards = ScaleTransform([.boxCox(lambda: 0.5, shift: 1)])
    #expect(upwards.restored([-2, -3, 0]) == [-1, -1, 0])
    let downwards = ScaleTransform([.boxCox(lambda: -0.5, shift: 1)])
    #expect(
      downwards.restored([2, 3, 0])
        == [Double(Float.greatestFiniteMagnitude), Double(Float.greatestFiniteMagnitude), 0])
  }

  @Test func whatHasNoPowerIsAnError() throws {
    let error = ScalingError.notPositive(id: "a", date: nil, value: -1, shift: 1)
    #expect(throws: error) { try fitted(.boxCox(), to: [3, -1, 2]) }
    let transform = try fitted(.boxCox(), to: [3, 1, 2])
    #expect(throws: ScalingError.notPositive(id: nil, date: nil, value: -1.5, shift: 1)) {
      try transform.transformed([4, -1.5])
    }
    #expect(
      "\(error)"
        == "the value -1.0 of series \"a\" has no Box-Cox transform with a shift of 1.0; use a "
        + "shift above 1.0, or the signed logarithm")
    let zero = ScalingError.notPositive(id: nil, date: nil, value: 0, shift: 0)
    #expect("\(zero)".contains("use a shift above 0.0, or"))
  }

  @Test func stopsAtRangesThatFall() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = PanelScaler(.minMax(from: 1, to: 1))
    }
    expectStopped(
      result,
      "PanelScaler: expected finite numbers and a range that rises, got minMax(from: 1.0, to: 1.0)")
    let scale = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = ScaleTransform([.affine(offset: 0, scale: 0)])
    }
    expectStopped(
      scale,
      "ScaleTransform: expected finite numbers and a scale above 0, got affine(offset: 0.0, scale: "
        + "0.0)")
  }
}
