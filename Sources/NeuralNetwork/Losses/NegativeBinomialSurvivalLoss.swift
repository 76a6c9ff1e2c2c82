internal import RealModule

/// Returns the negative logarithm of the probability that a negative binomial distribution with mean
/// μ = exp(η), dispersion α = exp(a), and variance μ + α μ² gives at least the count y:
///
///     −log I_p(y, 1 / α)        with p = α μ / (1 + α μ)
///
/// where I is the regularized incomplete beta function. It is the loss of a censored count, such as
/// the sales of a day on which an item was sold out. It is 0 for y ≤ 0, and continuous for y that
/// are not whole. For small α it approaches ``poissonSurvivalLoss(logMean:_:weights:reduction:)``.
///
/// Logarithms of dispersions count as at least −100, where the distribution is Poisson's, and at most
/// 20, where nearly all counts are 0. Counts above a million lose digits if dispersions are large. The
/// loss has a first derivative only. Stops the program unless all shapes are equal: losses do not
/// broadcast.
///
/// - Parameters:
///   - logMean: η, any shape.
///   - logDispersion: a, the same shape.
///   - bound: y, the same shape. It gets no gradient.
///   - weights: w, the same shape, as in ``meanSquaredError(_:_:weights:reduction:)``.
///   - reduction: The reduction of the elements' losses.
/// - Returns: A scalar, of shape `[]`, or the elements' losses times w for `.none`.
public func negativeBinomialSurvivalLoss<Scalar: TensorScalar>(
  logMean: Tensor<Scalar>, logDispersion: Tensor<Scalar>, _ bound: Tensor<Scalar>,
  weights: Tensor<Scalar>? = nil, reduction: Reduction = .mean
) -> Tensor<Scalar> {
  let loss = LikelihoodLoss<Scalar>(name: "negativeBinomialSurvivalLoss") { parameters, y in
    let logDispersion = min(max(parameters.y, -100), 20)
    let tail = NegativeBinomialTail(
      logMean: parameters.x, logDispersion: logDispersion, from: y)
    return (
      -tail.logarithm,
      SIMD3(-tail.slopeOfMean, logDispersion == parameters.y ? -tail.slopeOfDispersion : 0, 0)
    )
  }
  return loss([logMean, logDispersion], bound.detached, weights: weights, reduction: reduction)
}

/// The probability that a negative binomial variable is at least k.
private struct NegativeBinomialTail {
  /// The logarithm of the probability.
  private(set) var logarithm = 0.0
  /// The derivative of the logarithm with respect to the logarithm of the mean.
  private(set) var slopeOfMean = 0.0
  /// The derivative of the logarithm with respect to the logarithm of the dispersion.
  private(set) var slopeOfDispersion = 0.0

  init(logMean: Double, logDispersion: Double, from k: Double) {
    guard k > 0 else { return }
    let mean = Double.exp(logMean)
    if Double.exp(logDispersion) * max(k, mean) * max(k, mean) < 1e-5 {
      setNearlyPoisson(logMean, mean, .exp(logDispersion), k)
      return
    }
    let r = Double.exp(-logDispersion)
    let odds = logMean + logDispersion
    // p and 1 − p, and log(1 + αμ)
    let (p, rest) = (1 / (1 + .exp(-odds)), 1 / (1 + .exp(odds)))
    let logarithmOfRest = odds > 0 ? odds + .log(onePlus: .exp(-odds)) : .log(onePlus: .exp(odds))
    let gamma = LogGammaDifference(r, k)
    // log(p^k (1 − p)^r / B(k, r))
    let power = gamma.value + k * logMean - (r + k) * logarithmOfRest - .logGamma(k)
    let slopeOfPower = r * logarithmOfRest - gamma.scaledSlope + k * rest - r * p
    if p < (k + 1) / (k + r + 2) {
      let fraction = betaFraction(
        DualNumber(k), DualNumber(r, slope: -r), DualNumber(p, slope: p * rest))
      // The fraction is at least 1, but for rounding errors of large counts.
      logarithm = power + .log(max(fraction.value, 1) / k)
      slopeOfMean = k / max(fraction.value, 1)
      slopeOfDispersion = slopeOfPower + fraction.slope / fraction.value
    } else {
      guard power > -745 else { return }
      let fraction = betaFraction(
        DualNumber(r, slope: -r), DualNumber(k), DualNumber(rest, slope: -p * rest))
      let below = min(.exp(power + logDispersion) * max(fraction.value, 1), 1 - 1e-12)
      logarithm = .log(onePlus: -below)
      slopeOfMean = .exp(power - logarithm)
      slopeOfDispersion =
        -below / (1 - below) * (slopeOfPower + 1 + fraction.slope / fraction.value)
    }
  }

  /// Sets the probability of a Poisson variable with its first-order correction in α.
  private mutating func setNearlyPoisson(
    _ logMean: Double, _ mean: Double, _ dispersion: Double, _ k: Double
  ) {
    let poisson = PoissonTail(logMean: logMean, from: k)
    slopeOfMean = poisson.slope
    slopeOfDispersion = poisson.slope * dispersion / 2 * (k - 1 - mean)
    logarithm = poisson.logarithm + slopeOfDispersion
  }
}
