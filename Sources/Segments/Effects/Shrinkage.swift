/// The shrinkage of many noisy estimates towards their mean, by the empirical Bayes method.
///
/// The best of a hundred noisy estimates is the luckiest one rather than the best. Shrinking by each
/// estimate's share of noise corrects for this choice. The variance between the true effects is that
/// of DerSimonian & Laird (1986).
package enum Shrinkage {
  /// Returns the shrunken estimates, in the same order.
  package static func shrunken(_ estimates: [EffectEstimate]) -> [EffectEstimate] {
    let usable = estimates.filter { $0.standardError > 0 }
    guard usable.count >= 3 else { return estimates }
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
    let center = zip(wide, usable).reduce(0) { $0 + $1.0 * $1.1.value } / wideTotal
    return estimates.map { estimate in
      let noise = estimate.standardError * estimate.standardError
      guard noise > 0 else { return estimate }
      let keep = between / (between + noise)
      let variance = keep * noise + (1 - keep) * (1 - keep) / wideTotal
      return EffectEstimate(
        value: keep * estimate.value + (1 - keep) * center, standardError: variance.squareRoot(),
        degreesOfFreedom: estimate.degreesOfFreedom)
    }
  }
}
