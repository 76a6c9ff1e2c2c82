internal import RealModule

/// Returns the negative logarithm of the probability that Student's t distribution with location μ,
/// scale σ, and degrees of freedom ν gives at least the lower bound y. With z = (y − μ) / σ ≥ 0,
/// it is
///
///     −log ½ I_x(½ ν, ½)        with x = ν / (ν + z²)
///
/// where I is the regularized incomplete beta function. It is the loss of a censored value, such as
/// the sales of a day on which an item was sold out.
///
/// More than 10⁷ degrees of freedom count as 10⁷, where the distribution is normal. The loss has a
/// first derivative only. Stops the program unless all shapes are equal: losses do not broadcast.
///
/// - Parameters:
///   - location: μ, any shape.
///   - scale: σ, the same shape, positive.
///   - degreesOfFreedom: ν, the same shape, positive.
///   - bound: y, the same shape. It gets no gradient.
///   - weights: w, the same shape, as in ``meanSquaredError(_:_:weights:reduction:)``.
///   - reduction: The reduction of the elements' losses.
/// - Returns: A scalar, of shape `[]`, or the elements' losses times w for `.none`.
public func studentTSurvivalLoss<Scalar: TensorScalar>(
  location: Tensor<Scalar>, scale: Tensor<Scalar>, degreesOfFreedom: Tensor<Scalar>,
  _ bound: Tensor<Scalar>, weights: Tensor<Scalar>? = nil, reduction: Reduction = .mean
) -> Tensor<Scalar> {
  let loss = LikelihoodLoss<Scalar>(name: "studentTSurvivalLoss") { parameters, y in
    let scale = parameters.y
    let z = (y - parameters.x) / scale
    let tail = StudentTTail(z, min(parameters.z, 1e7))
    return (
      -tail.logarithm,
      SIMD3(
        -tail.hazard / scale, -tail.hazard * z / scale, parameters.z > 1e7 ? 0 : -tail.slope)
    )
  }
  return loss(
    [location, scale, degreesOfFreedom], bound.detached, weights: weights, reduction: reduction)
}

/// The probability that a standard variable with ν degrees of freedom is at least z.
private struct StudentTTail {
  /// The logarithm of the probability.
  private(set) var logarithm: Double
  /// The derivative of the logarithm with respect to ν.
  private(set) var slope: Double
  /// The density at z, divided by the probability.
  let hazard: Double

  init(_ z: Double, _ freedom: Double) {
    let half = freedom / 2
    let (x, rest) = (freedom / (freedom + z * z), z * z / (freedom + z * z))
    let gamma = LogGammaDifference(half, 0.5)
    let logX = -Double.log(onePlus: z * z / freedom)
    // log(x^½ν / B(½ν, ½)), which is the logarithm of the density but for a factor
    let power = half * logX + gamma.value + 0.5 * .log(half / .pi)
    // The factor (1 − x)^½ is left out of both, since it is 0 in the center.
    let slopeOfPower = (logX + rest) / 2 + gamma.scaledSlope / freedom
    if x < (half + 1) / (half + 2.5) {
      let fraction = betaFraction(
        DualNumber(half, slope: 0.5), DualNumber(0.5), DualNumber(x, slope: x * rest / freedom))
      logarithm = power + .log(rest.squareRoot() * fraction.value / freedom)
      slope =
        slopeOfPower - (0.5 * x + 1) / freedom + fraction.slope / fraction.value
    } else {
      let fraction = betaFraction(
        DualNumber(0.5), DualNumber(half, slope: 0.5),
        DualNumber(rest, slope: -x * rest / freedom))
      let center = .exp(power) * rest.squareRoot() * fraction.value
      logarithm = .log(0.5 - center)
      slope =
        -center / (0.5 - center)
        * (slopeOfPower - 0.5 * x / freedom + fraction.slope / fraction.value)
    }
    if z < 0 {
      let above = Double.exp(logarithm)
      logarithm = .log(onePlus: -above)
      slope *= -above / (1 - above)
    }
    hazard = .exp(power + 0.5 * logX - 0.5 * .log(freedom) - logarithm)
  }
}
