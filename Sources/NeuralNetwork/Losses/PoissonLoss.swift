internal import RealModule

/// Returns the negative log-likelihood of counts y under Poisson distributions with means μ =
/// exp(η), without the term that depends on y only, like PyTorch's `PoissonNLLLoss`: μ − y η.
///
/// The loss is homogeneous: if counts and means are multiplied by c, so is the loss, up to a term
/// that depends on y only.
///
/// Stops the program unless all shapes are equal: losses do not broadcast.
///
/// - Parameters:
///   - logMean: η, any shape.
///   - target: y, the same shape, not negative. It gets no gradient.
///   - weights: w, the same shape, as in ``meanSquaredError(_:_:weights:reduction:)``.
///   - reduction: The reduction of the elements' losses.
/// - Returns: A scalar, of shape `[]`, or the elements' losses times w for `.none`.
public func poissonLoss<Scalar: TensorScalar>(
  logMean: Tensor<Scalar>, _ target: Tensor<Scalar>, weights: Tensor<Scalar>? = nil,
  reduction: Reduction = .mean
) -> Tensor<Scalar> {
  let target = target.detached
  let loss = LikelihoodLoss<Scalar>(name: "poissonLoss") { parameters, y in
    let mean = Double.exp(parameters.x)
    return (mean - y * parameters.x, SIMD3(mean - y, 0, 0))
  }
  return loss([logMean], target, weights: weights, reduction: reduction) { operands in
    operands[0].exp() - target * operands[0]
  }
}
