internal import RealModule

/// Returns the negative log-likelihood of targets y under normal distributions with means μ and standard
/// deviations σ:
///
///     ½ ((y − μ) / σ)² + log σ + ½ log 2π
///
/// Stops the program unless all shapes are equal: losses do not broadcast.
///
/// - Parameters:
///   - mean: μ, any shape.
///   - standardDeviation: σ, the same shape, positive.
///   - target: y, the same shape. It gets no gradient.
///   - weights: w, the same shape, as in ``meanSquaredError(_:_:weights:reduction:)``.
///   - reduction: The reduction of the elements' losses.
/// - Returns: A scalar, of shape `[]`, or the elements' losses times w for `.none`.
public func gaussianLoss<Scalar: TensorScalar>(
  mean: Tensor<Scalar>, standardDeviation: Tensor<Scalar>, _ target: Tensor<Scalar>,
  weights: Tensor<Scalar>? = nil, reduction: Reduction = .mean
) -> Tensor<Scalar> {
  let target = target.detached
  let constant = 0.5 * Double.log(2 * .pi)
  let loss = LikelihoodLoss<Scalar>(name: "gaussianLoss") { parameters, y in
    let (mean, deviation) = (parameters.x, parameters.y)
    let z = (y - mean) / deviation
    return (
      z * z / 2 + .log(deviation) + constant, SIMD3(-z / deviation, (1 - z * z) / deviation, 0)
    )
  }
  return loss([mean, standardDeviation], target, weights: weights, reduction: reduction) {
    operands in
    ((target - operands[0]) / operands[1]).squared() / 2 + operands[1].log() + Scalar(constant)
  }
}
