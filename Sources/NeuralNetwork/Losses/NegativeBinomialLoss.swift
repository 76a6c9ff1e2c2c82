internal import RealModule

/// Returns the negative log-likelihood of counts y under negative binomial distributions with means
/// μ = exp(η), dispersions α = exp(a), and variances μ + α μ²:
///
///     −log(Γ(y + r) / (Γ(r) y!)) + r log(1 + α μ) + y log(1 + 1 / (α μ))        with r = 1 / α
///
/// For small α it approaches the negative log-likelihood of the Poisson distribution.
///
/// The loss has a first derivative only. Stops the program unless all shapes are equal: losses do
/// not broadcast.
///
/// - Parameters:
///   - logMean: η, any shape.
///   - logDispersion: a, the same shape.
///   - target: y, the same shape, not negative. It gets no gradient.
///   - weights: w, the same shape, as in ``meanSquaredError(_:_:weights:reduction:)``.
///   - reduction: The reduction of the elements' losses.
/// - Returns: A scalar, of shape `[]`, or the elements' losses times w for `.none`.
public func negativeBinomialLoss<Scalar: TensorScalar>(
  logMean: Tensor<Scalar>, logDispersion: Tensor<Scalar>, _ target: Tensor<Scalar>,
  weights: Tensor<Scalar>? = nil, reduction: Reduction = .mean
) -> Tensor<Scalar> {
  let loss = LikelihoodLoss<Scalar>(name: "negativeBinomialLoss") { parameters, y in
    let (logMean, logDispersion) = (parameters.x, parameters.y)
    let r = Double.exp(-logDispersion)
    let mean = Double.exp(logMean)
    let product = Double.exp(logMean + logDispersion)
    let logarithm = Double.log(onePlus: product)
    let gamma = LogGammaDifference(r, y)
    let slopeOfMean = (mean - y) / (1 + product)
    return (
      .logGamma(y + 1) - gamma.value + (r + y) * logarithm - y * logMean,
      SIMD3(slopeOfMean, gamma.scaledSlope - r * logarithm + slopeOfMean, 0)
    )
  }
  return loss(
    [logMean, logDispersion], target.detached, weights: weights, reduction: reduction)
}
