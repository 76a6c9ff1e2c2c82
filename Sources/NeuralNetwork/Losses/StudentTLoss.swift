internal import RealModule

/// Returns the negative log-likelihood of targets y under Student's t distributions with locations μ, scales
/// σ, and degrees of freedom ν:
///
///     ½ (ν + 1) log(1 + z² / ν) + log σ + ½ log(ν π) + log Γ(½ ν) − log Γ(½ (ν + 1))
///
/// with z = (y − μ) / σ. The gradient of an outlier is bounded, unlike that of ``gaussianLoss``.
///
/// The loss has a first derivative only. Stops the program unless all shapes are equal: losses do
/// not broadcast.
///
/// - Parameters:
///   - location: μ, any shape.
///   - scale: σ, the same shape, positive.
///   - degreesOfFreedom: ν, the same shape, positive.
///   - target: y, the same shape. It gets no gradient.
///   - weights: w, the same shape, as in ``meanSquaredError(_:_:weights:reduction:)``.
///   - reduction: The reduction of the elements' losses.
/// - Returns: A scalar, of shape `[]`, or the elements' losses times w for `.none`.
public func studentTLoss<Scalar: TensorScalar>(
  location: Tensor<Scalar>, scale: Tensor<Scalar>, degreesOfFreedom: Tensor<Scalar>,
  _ target: Tensor<Scalar>, weights: Tensor<Scalar>? = nil, reduction: Reduction = .mean
) -> Tensor<Scalar> {
  let loss = LikelihoodLoss<Scalar>(name: "studentTLoss") { parameters, y in
    let (scale, freedom) = (parameters.y, parameters.z)
    let z = (y - parameters.x) / scale
    let ratio = z * z / freedom
    let logarithm = Double.log(onePlus: ratio)
    let gamma = LogGammaDifference(freedom / 2, 0.5)
    // log Γ(½ (ν + 1)) − log Γ(½ ν) is the difference plus ½ log(½ ν).
    let value =
      (freedom + 1) / 2 * logarithm + .log(scale) + 0.5 * .log(2 * .pi) - gamma.value
    // (ν + 1) z² / (ν + z²), without overflow
    let pull = (freedom + 1) * (ratio / (1 + ratio))
    let slopeOfFreedom =
      logarithm / 2 - pull / (2 * freedom) + (0.5 - gamma.scaledSlope) / freedom
    return (
      value,
      SIMD3(-(freedom + 1) / (freedom + z * z) * z / scale, (1 - pull) / scale, slopeOfFreedom)
    )
  }
  return loss(
    [location, scale, degreesOfFreedom], target.detached, weights: weights, reduction: reduction)
}
