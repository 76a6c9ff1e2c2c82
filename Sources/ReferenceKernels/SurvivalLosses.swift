import RealModule

// Negative logarithms of the probability of at least a target: the mean over the targets, and its
// gradient with respect to each parameter. Probabilities are sums or integrals over the values above
// or below the target.
extension Reference {
  /// Returns the loss of counts of at least the targets under Poisson distributions.
  @inlinable
  public static func poissonSurvivalLoss<Scalar: Real & BinaryFloatingPoint>(
    logMean: [Scalar], _ target: [Scalar]
  ) -> (value: Scalar, gradients: [[Scalar]]) {
    meanCountSurvival([logMean], target, "poissonSurvivalLoss") { parameters, count in
      let mean = Scalar.exp(parameters[0])
      let value = mean - count * parameters[0] + .logGamma(count + 1)
      return (value, [mean - count])
    }
  }

  /// Returns the loss of counts of at least the targets under negative binomial distributions.
  @inlinable
  public static func negativeBinomialSurvivalLoss<Scalar: Real & BinaryFloatingPoint>(
    logMean: [Scalar], logDispersion: [Scalar], _ target: [Scalar]
  ) -> (value: Scalar, gradients: [[Scalar]]) {
    meanCountSurvival([logMean, logDispersion], target, "negativeBinomialSurvivalLoss") {
      parameters, count in
      let (value, gradients) = negativeBinomialLoss(
        logMean: [parameters[0]], logDispersion: [parameters[1]], [count])
      return (value, gradients.map { $0[0] })
    }
  }

  /// Returns the loss of values of at least the targets under normal distributions.
  @inlinable
  public static func gaussianSurvivalLoss<Scalar: Real & BinaryFloatingPoint>(
    mean: [Scalar], standardDeviation: [Scalar], _ target: [Scalar]
  ) -> (value: Scalar, gradients: [[Scalar]]) {
    meanLikelihood([mean, standardDeviation], target, "gaussianSurvivalLoss") { parameters, t in
      let z = (t - parameters[0]) / parameters[1]
      let probability = Scalar.erfc(z / Scalar(2).squareRoot()) / 2
      let hazard = Scalar.exp(-z * z / 2) / (2 * Scalar.pi).squareRoot() / probability
      return (-.log(probability), [-hazard / parameters[1], -hazard * z / parameters[1]])
    }
  }

  /// Returns the loss of values of at least the targets under Student's t distributions.
  ///
  /// With t = √ν tan θ, the density is proportional to cos^(ν − 1) θ.
  @inlinable
  public static func studentTSurvivalLoss<Scalar: Real & BinaryFloatingPoint>(
    location: [Scalar], scale: [Scalar], degreesOfFreedom: [Scalar], _ target: [Scalar]
  ) -> (value: Scalar, gradients: [[Scalar]]) {
    meanLikelihood(
      [location, scale, degreesOfFreedom], target, "studentTSurvivalLoss"
    ) { parameters, t in
      let (scale, freedom) = (parameters[1], parameters[2])
      let z = (t - parameters[0]) / scale
      let start = Scalar.atan(z / freedom.squareRoot())
      func integrals(from start: Scalar) -> (Scalar, Scalar) {
        let step = (.pi / 2 - start) / 4000
        var (sum, slope): (Scalar, Scalar) = (0, 0)
        for place in 0..<4000 {
          let cosine = Scalar.cos(start + (Scalar(place) + 0.5) * step)
          let density = Scalar.pow(cosine, freedom - 1)
          sum += density * step
          slope += density * .log(cosine) * step
        }
        return (sum, slope)
      }
      let (above, slopeAbove) = integrals(from: start)
      let (all, slopeOfAll) = integrals(from: -.pi / 2)
      let edge = Scalar.pow(.cos(start), freedom - 1)
      let hazard = edge / above * freedom.squareRoot() / (freedom + z * z)
      let shift = edge * z / (2 * freedom.squareRoot() * (freedom + z * z))
      let ofFreedom = slopeOfAll / all - (slopeAbove + shift) / above
      return (-.log(above / all), [-hazard / scale, -hazard * z / scale, ofFreedom])
    }
  }

  /// Returns the loss of counts of at least the targets, from the loss of a single count and its
  /// derivatives, by the sum of the probabilities below.
  @inlinable
  static func meanCountSurvival<Scalar: Real & BinaryFloatingPoint>(
    _ parameters: [[Scalar]], _ target: [Scalar], _ operation: String,
    _ loss: (_ parameters: [Scalar], _ count: Scalar) -> (Scalar, [Scalar])
  ) -> (value: Scalar, gradients: [[Scalar]]) {
    meanLikelihood(parameters, target, operation) { parameters, target in
      var above: Scalar = 1
      var slopes = parameters.map { _ in Scalar(0) }
      for count in 0..<max(0, Int(target)) {
        let (value, gradient) = loss(parameters, Scalar(count))
        above -= .exp(-value)
        for place in slopes.indices { slopes[place] -= gradient[place] * .exp(-value) }
      }
      return (-.log(above), slopes.map { $0 / above })
    }
  }
}
