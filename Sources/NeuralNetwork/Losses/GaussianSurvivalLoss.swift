internal import RealModule

/// Returns the negative logarithm of the probability that a normal distribution with mean μ and
/// standard deviation σ gives at least the lower bound y:
///
///     −log ½ erfc(z / √2)        with z = (y − μ) / σ
///
/// It is the loss of a censored value, such as the sales of a day on which an item was sold out
/// (Tobin 1958). It approaches 0 far above the bound, and ½ z² far below it.
///
/// The loss has a first derivative only. Stops the program unless all shapes are equal: losses do
/// not broadcast.
///
/// - Parameters:
///   - mean: μ, any shape.
///   - standardDeviation: σ, the same shape, positive.
///   - bound: y, the same shape. It gets no gradient.
///   - weights: w, the same shape, as in ``meanSquaredError(_:_:weights:reduction:)``.
///   - reduction: The reduction of the elements' losses.
/// - Returns: A scalar, of shape `[]`, or the elements' losses times w for `.none`.
public func gaussianSurvivalLoss<Scalar: TensorScalar>(
  mean: Tensor<Scalar>, standardDeviation: Tensor<Scalar>, _ bound: Tensor<Scalar>,
  weights: Tensor<Scalar>? = nil, reduction: Reduction = .mean
) -> Tensor<Scalar> {
  let loss = LikelihoodLoss<Scalar>(name: "gaussianSurvivalLoss") { parameters, y in
    let deviation = parameters.y
    let z = (y - parameters.x) / deviation
    let tail = NormalTail(z)
    return (-tail.logarithm, SIMD3(-tail.hazard / deviation, -tail.hazard * z / deviation, 0))
  }
  return loss([mean, standardDeviation], bound.detached, weights: weights, reduction: reduction)
}

/// The probability that a standard normal variable is at least z.
private struct NormalTail {
  /// The logarithm of the probability.
  let logarithm: Double
  /// The density at z, divided by the probability.
  let hazard: Double

  init(_ z: Double) {
    let logDensity = -0.5 * z * z - 0.5 * Double.log(2 * .pi)
    if z < 5 {
      let below = 0.5 * Double.erfc(-z / 2.0.squareRoot())
      // Far above the bound, the probability below it keeps its digits.
      logarithm =
        z < 0 ? .log(onePlus: -below) : .log(0.5 * .erfc(z / 2.0.squareRoot()))
      hazard = .exp(logDensity - logarithm)
    } else {
      // Laplace's continued fraction of the hazard (Abramowitz & Stegun 26.2.14)
      hazard = (1...60).reversed().reduce(z) { z + Double($1) / $0 }
      logarithm = logDensity - .log(hazard)
    }
  }
}
