/// The shrinkage of many noisy estimates towards their mean, by the empirical Bayes method.
///
/// The best of a hundred noisy estimates is the luckiest one rather than the best. Shrinking by each
/// estimate's share of noise corrects for this choice. The variance between the true effects is that
/// of DerSimonian & Laird (1986).
package struct Shrinkage: Sendable {
  /// The mean of the true effects.
  package let mean: EffectEstimate
  /// The variance between the true effects.
  package let variance: Double

  /// Estimates the mean and the variance of the true effects, or returns nil if fewer than three
  /// estimates have a standard error above 0.
  package init?(of estimates: [EffectEstimate]) {
    let usable = estimates.filter { $0.standardError > 0 }
    guard usable.count >= 3 else { return nil }
    let weights = usable.map { 1 / ($0.standardError * $0.standardError) }
    let total = weights.reduce(0, +)
    let mean = zip(weights, usable).reduce(0) { $0 + $1.0 * $1.1.value } / total
    let heterogeneity = zip(weights, usable).reduce(0) {
      $0 + $1.0 * ($1.1.value - mean) * ($1.1.value - mean)
    }
    let scale = total - weights.reduce(0) { $0 + $1 * $1 } / total
    let between = max(0, (heterogeneity - Double(usable.count - 1)) / scale)
    // The mean, with weights that include the variance between the effects.
    let wide = usable.map { 1 / ($0.standardError * $0.standardError + between) }
    let wideTotal = wide.reduce(0, +)
    variance = between
    self.mean = EffectEstimate(
      value: zip(wide, usable).reduce(0) { $0 + $1.0 * $1.1.value } / wideTotal,
      standardError: (1 / wideTotal).squareRoot(), degreesOfFreedom: usable.count - 1)
  }

  /// The effect of a unit without an estimate of its own: the mean, with the variance between units.
  package var effectOfOther: EffectEstimate {
    let noise = mean.standardError * mean.standardError
    return EffectEstimate(
      value: mean.value, standardError: (variance + noise).squareRoot(),
      degreesOfFreedom: mean.degreesOfFreedom)
  }

  /// Returns an estimate, pulled towards the mean.
  package func shrunken(_ estimate: EffectEstimate) -> EffectEstimate {
    let noise = estimate.standardError * estimate.standardError
    guard noise > 0 else { return estimate }
    let keep = variance / (variance + noise)
    let meanNoise = mean.standardError * mean.standardError
    return EffectEstimate(
      value: keep * estimate.value + (1 - keep) * mean.value,
      standardError: (keep * noise + (1 - keep) * (1 - keep) * meanNoise).squareRoot(),
      degreesOfFreedom: estimate.degreesOfFreedom)
  }

  /// Returns estimates, pulled towards their mean if there are enough, in the same order.
  package static func shrunken(_ estimates: [EffectEstimate]) -> [EffectEstimate] {
    guard let shrinkage = Shrinkage(of: estimates) else { return estimates }
    return estimates.map(shrinkage.shrunken)
  }
}
