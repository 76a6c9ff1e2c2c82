internal import RealModule

/// Returns the negative log-likelihood of counts y under the Poisson distribution with means μ = exp(η), up
/// to a term of y alone, as PyTorch's `PoissonNLLLoss`: μ − y η.
///
/// The loss is homogeneous: counts and means times c have the loss times c, up to a term of y.
///
/// Stops the program unless all shapes are equal: losses do not broadcast.
///
/// - Parameters:
///   - logMean: η, any shape.
///   - target: y, the same shape, not negative; it gets no gradient.
///   - weights: w, the same shape, as in ``meanSquaredError(_:_:weights:reduction:)``.
///   - reduction: How the elements' losses become the result.
/// - Returns: A scalar, of shape `[]`; with `.none` the elements' losses, times w.
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
