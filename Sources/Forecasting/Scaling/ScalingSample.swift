/// The observed values that one transform is fitted to: those of a series, a group, or a whole
/// panel, over the steps of the training part.
struct ScalingSample {
  /// The values, series after series.
  private(set) var values: [Double] = []
  /// The step of each value.
  private var steps: [Int32] = []
  private var members: [Member] = []

  private struct Member {
    /// The steps that the series covers in the training part.
    let steps: Range<Int>
    /// The range of its values.
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

  /// Returns the member that the value at an index belongs to, and its step.
  func origin(of place: Int) -> (member: Int, step: Int) {
    (members.firstIndex { $0.places.contains(place) }!, Int(steps[place]))
  }

  /// Fits scalings in sequence, each to the results of those before it.
  ///
  /// - Returns: The transform, or the index of a value for which it isn't defined.
  mutating func fit(_ scalings: [Scaling], period: Int) -> Result<ScaleTransform, OutsideDomain> {
    var steps: [ScaleTransform.Step] = []
    for scaling in scalings {
      switch self.steps(of: scaling, period: period) {
      case .failure(let failure): return .failure(failure)
      case .success(let fitted):
        // A map that could be fitted to the values is defined for them.
        for step in fitted { _ = step.apply(to: &values) }
        steps += fitted
      }
    }
    return .success(ScaleTransform(steps))
  }

  /// An error for a value for which a scaling isn't defined.
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

  /// Returns the maps to 0...1, and from there to the requested range. In a single map, the offset
  /// of large values would absorb `from`.
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

  /// Returns a scale, or 1 if it is practically 0, as scikit-learn's `_handle_zeros_in_scale`.
  private func usable(_ scale: Double) -> Double { scale < 10 * Double.ulpOfOne ? 1 : scale }

  /// Returns the index ranges of the values of each season, counted back from the last step that a
  /// series covers. An incomplete season at its start is left out.
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
