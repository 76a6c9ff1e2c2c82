internal import RealModule

/// Returns the negative logarithm of the probability that a Poisson distribution with mean μ = exp(η)
/// gives at least the count y:
///
///     −log P(y, μ)        with P the regularized lower incomplete gamma function
///
/// It is the loss of a censored count, such as the sales of a day on which an item was sold out. It
/// is 0 for y ≤ 0, and continuous for y that are not whole.
///
/// The loss has a first derivative only. Stops the program unless all shapes are equal: losses do
/// not broadcast.
///
/// - Parameters:
///   - logMean: η, any shape.
///   - bound: y, the same shape. It gets no gradient.
///   - weights: w, the same shape, as in ``meanSquaredError(_:_:weights:reduction:)``.
///   - reduction: The reduction of the elements' losses.
/// - Returns: A scalar, of shape `[]`, or the elements' losses times w for `.none`.
public func poissonSurvivalLoss<Scalar: TensorScalar>(
  logMean: Tensor<Scalar>, _ bound: Tensor<Scalar>, weights: Tensor<Scalar>? = nil,
  reduction: Reduction = .mean
) -> Tensor<Scalar> {
  let loss = LikelihoodLoss<Scalar>(name: "poissonSurvivalLoss") { parameters, y in
    let tail = PoissonTail(logMean: parameters.x, from: y)
    return (-tail.logarithm, SIMD3(-tail.slope, 0, 0))
  }
  return loss([logMean], bound.detached, weights: weights, reduction: reduction)
}

/// The probability that a Poisson variable is at least k.
struct PoissonTail {
  /// The logarithm of the probability.
  let logarithm: Double
  /// The derivative of the logarithm with respect to the logarithm of the mean.
  let slope: Double

  init(logMean: Double, from k: Double) {
    let mean = Double.exp(logMean)
    let power = k * logMean - mean - .logGamma(k)
    if k <= 0 || (mean > k && power < -745) {
      (logarithm, slope) = (0, 0)
    } else if mean < k + 1 {
      let series = lowerGammaSeries(k, mean)
      (logarithm, slope) = (power + .log(series), 1 / series)
    } else {
      logarithm = .log(onePlus: -.exp(power) * upperGammaFraction(k, mean))
      slope = .exp(power - logarithm)
    }
  }
}
