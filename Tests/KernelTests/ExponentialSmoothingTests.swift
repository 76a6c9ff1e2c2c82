import RealModule
import ReferenceKernels
import SIMDKernels
import Testing

@Suite struct ExponentialSmoothingTests {
  static let lanes = Int(FS_SMOOTHING_LANES)

  /// A model for a lane; each lane has other weights.
  static func model(_ lane: Int, season: Int, relative: Bool, factors: Bool)
    -> Reference.Smoothing
  {
    let share = Double(lane) / Double(lanes)
    var model = Reference.Smoothing(
      alpha: 0.1 + 0.5 * share, ratio: 0.3 * share, gamma: 0.02 + 0.2 * share,
      phi: 0.8 + 0.01 * Double(lane), level: 7 + share, slope: 0.1 - 0.2 * share,
      season: (0..<season).map { (factors ? 1 : 0) + 0.3 * .sin(Double($0) + share) })
    (model.hasRelativeErrors, model.hasSeasonalFactors) = (relative, factors)
    return model
  }

  @Test(arguments: [(false, false), (true, false), (true, true)])
  func lanesFollowTheDefinition(relative: Bool, factors: Bool) {
    for (steps, season) in [(0, 1), (1, 3), (3, 7), (17, 1), (65, 12)] {
      // Lanes count fewer steps than there are, except for the last.
      let counts = (0..<Self.lanes).map { max(0, steps - (Self.lanes - 1 - $0)) }
      let values = (0..<Self.lanes).map { lane in
        (0..<steps).map { step -> Double in
          let angle = 1.7 * Double(step) + Double(lane)
          return 8 + 2 * Double.sin(angle)
        }
      }
      var models = (0..<Self.lanes).map {
        Self.model($0, season: season, relative: relative, factors: factors)
      }
      let weights = [\Reference.Smoothing.alpha, \.ratio, \.gamma, \.phi].flatMap { key in
        models.map { $0[keyPath: key] }
      }
      var state: [Double] = models.map(\.level) + models.map(\.slope)
      for place in 0..<season { state += models.map { $0.season[place] } }
      var form = fs_smoothing_form(
        season: season, multiplicative_error: relative ? 1 : 0,
        multiplicative_season: factors ? 1 : 0)
      let y: [Double] = (0..<steps).flatMap { step in values.map { $0[step] } }
      let sums: [Double] = output(2 * Self.lanes) { sums in
        fs_exponential_smoothing(
          y, steps, counts.map { Double($0) }, weights, &state, sums, &form)
      }
      for lane in 0..<Self.lanes {
        var counted = models[lane]
        let expected = counted.run(over: Array(values[lane].prefix(counts[lane])))
        _ = models[lane].run(over: values[lane])
        let found = stride(from: lane, to: state.count, by: Self.lanes).map { state[$0] }
        let what = "\(steps) steps, season \(season), lane \(lane)"
        expectClose(
          [sums[lane], sums[Self.lanes + lane]], [expected.squares, expected.logarithms],
          tolerance: 1e-12, floor: 1, what)
        expectClose(
          found, [models[lane].level, models[lane].slope] + models[lane].season,
          tolerance: 1e-12, floor: 1, what)
      }
    }
  }

  /// A forecast of 0, a level of 0, and a factor of 0 divide nothing.
  @Test func zerosAreNoDivisors() {
    for (level, factor) in [(0.0, 1.0), (2.0, 0.0)] {
      var model = Reference.Smoothing(
        alpha: 0.5, ratio: 0, gamma: 0.5, phi: 1, level: level, slope: 0, season: [factor])
      (model.hasRelativeErrors, model.hasSeasonalFactors) = (true, true)
      func row(_ value: Double) -> [Double] { Array(repeating: value, count: Self.lanes) }
      var state = row(level) + row(0) + row(factor)
      var form = fs_smoothing_form(
        season: 1, multiplicative_error: 1, multiplicative_season: 1)
      let sums: [Double] = output(2 * Self.lanes) { sums in
        fs_exponential_smoothing(
          row(3), 1, row(1), row(0.5) + row(0) + row(0.5) + row(1), &state, sums, &form)
      }
      let expected = model.run(over: [3])
      expectClose(
        [sums[3], sums[Self.lanes + 3]], [expected.squares, expected.logarithms],
        tolerance: 1e-12, "sums")
      expectClose(
        [state[3], state[2 * Self.lanes + 3]], [model.level, model.season[0]],
        tolerance: 1e-12, "state")
    }
  }

  /// The logarithms of sizes near the ends of the range do not overflow when they are summed up.
  @Test(arguments: [1e-200, 1e200])
  func productsOfManySizesStayFinite(size: Double) {
    func row(_ value: Double) -> [Double] { Array(repeating: value, count: Self.lanes) }
    let steps = 17
    var state = row(size) + row(0) + row(0)
    var form = fs_smoothing_form(season: 1, multiplicative_error: 1, multiplicative_season: 0)
    let y = [Double](repeating: size, count: steps * Self.lanes)
    let sums: [Double] = output(2 * Self.lanes) { sums in
      fs_exponential_smoothing(
        y, steps, row(Double(steps)), row(0.5) + row(0) + row(0) + row(1), &state, sums, &form)
    }
    expectClose(
      [sums[5], sums[Self.lanes + 5]], [0, Double(steps) * Double.log(size)], tolerance: 1e-12,
      "sums")
  }
}
