/// The observed values that one transform is fitted to: of a series, a group or a whole panel, over
/// the steps of the training part.
struct ScalingSample {
  /// The values, series after series.
  private(set) var values: [Double] = []
  /// The step of each value.
  private var steps: [Int32] = []
  private var members: [Member] = []

  private struct Member {
    /// The steps that the series covers in the training part.
    let steps: Range<Int>
    /// Its values.
    let places: Range<Int>
  }

  mutating func append(_ series: Series, over steps: Range<Int>) {
    let covered = series.steps.clamped(to: steps)
    let first = values.count
    let start = series.values.startIndex - series.steps.lowerBound
    for step in covered where series.states[start + step] == .observed {
      values.append(series.values[start + step])
      self.steps.append(Int32(step))
    }
    members.append(Member(steps: covered, places: first..<values.count))
  }

  /// Which appended series the value at a place is of, and its step.
  func origin(of place: Int) -> (member: Int, step: Int) {
    (members.firstIndex { $0.places.contains(place) }!, Int(steps[place]))
  }

  /// Fits some scalings, each to what those before it make of the values.
  ///
  /// - Returns: The transform, or the place of a value that it is not defined for.
  mutating func fit(_ scalings: [Scaling], period: Int) -> Result<ScaleTransform, OutsideDomain> {
    var steps: [ScaleTransform.Step] = []
    for scaling in scalings {
      switch self.steps(of: scaling, period: period) {
      case .failure(let failure): return .failure(failure)
      case .success(let fitted):
        // What could be fitted to the values is defined for them.
        for step in fitted { _ = step.apply(to: &values) }
        steps += fitted
      }
    }
    return .success(ScaleTransform(steps))
  }

  /// A value that a scaling is not defined for.
  struct OutsideDomain: Error {
    let place: Int
    let value: Double
    let shift: Double
  }

  private func steps(
    of scaling: Scaling, period: Int
  ) -> Result<[ScaleTransform.Step], OutsideDomain> {
    switch scaling {
    case .minMax(let from, let to): return .success(minMax(from, to))
    case .standard: return .success([standard])
    case .robust:
      var sorted = values
      let median = sorted.median() ?? 0
      let spread = (sorted.quantile(0.75) ?? 0) - (sorted.quantile(0.25) ?? 0)
      return .success([.affine(offset: median, scale: usable(spread))])
    case .meanSize:
      let sum = values.reduce(0) { $0 + abs($1) }
      return .success([
        .affine(offset: 0, scale: usable(values.isEmpty ? 0 : sum / Double(values.count)))
      ])
    case .signedLog: return .success([.signedLog])
    case .boxCox(let estimate, let shift, let bounds):
      if let place = values.firstIndex(where: { $0 + shift <= 0 }) {
        return .failure(OutsideDomain(place: place, value: values[place], shift: shift))
      }
      let positive = values.map { $0 + shift }
      let bounds = BoxCox.usableBounds(bounds, greatest: positive.max() ?? 0)
      let lambda =
        switch estimate {
        case .likelihood: BoxCox.likelihoodLambda(of: positive, in: bounds)
        case .guerrero:
          BoxCox.guerreroLambda(of: positive, seasons: seasons(of: period), in: bounds)
        }
      return .success([.boxCox(lambda: lambda, shift: shift)])
    }
  }

  /// To 0...1, and from there to the range that is asked for: in one map, the offset of great values
  /// would swallow `from`.
  private func minMax(_ from: Double, _ to: Double) -> [ScaleTransform.Step] {
    guard let least = values.min(), let greatest = values.max() else {
      return [.affine(offset: 0, scale: 1)]
    }
    let unit = ScaleTransform.Step.affine(offset: least, scale: usable(greatest - least))
    guard from != 0 || to != 1 else { return [unit] }
    return [unit, .affine(offset: -from / (to - from), scale: 1 / (to - from))]
  }

  private var standard: ScaleTransform.Step {
    guard !values.isEmpty else { return .affine(offset: 0, scale: 1) }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    return .affine(
      offset: mean, scale: standardScale(mean: mean, variance: variance, count: count))
  }

  /// A scale, or 1 in its place where it is as good as 0: scikit-learn's `_handle_zeros_in_scale`.
  private func usable(_ scale: Double) -> Double { scale < 10 * Double.ulpOfOne ? 1 : scale }

  /// The places of the values of each season, counted back from the last step that a series covers;
  /// what is left over at its start is no season.
  private func seasons(of period: Int) -> [Range<Int>] {
    var seasons: [Range<Int>] = []
    for member in members {
      var start = member.steps.upperBound - member.steps.count / period * period
      var first = member.places.lowerBound
      while first < member.places.upperBound, steps[first] < start { first += 1 }
      while start < member.steps.upperBound {
        let end = start + period
        var last = first
        while last < member.places.upperBound, steps[last] < end { last += 1 }
        seasons.append(first..<last)
        (start, first) = (end, last)
      }
    }
    return seasons
  }
}
