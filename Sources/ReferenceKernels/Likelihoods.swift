import RealModule

// Negative log-likelihoods: the mean over the targets, and its gradient with respect to each
// parameter.
extension Reference {
  /// Returns the mean of mu - t log(mu) with mu = exp(logMean): the loss of the Poisson
  /// distribution without the term that depends on t only.
  @inlinable
  public static func poissonLoss<Scalar: Real & BinaryFloatingPoint>(
    logMean: [Scalar], _ target: [Scalar]
  ) -> (value: Scalar, gradient: [Scalar]) {
    meanLoss(logMean, target, "poissonLoss") { eta, t in
      (.exp(eta) - t * eta, .exp(eta) - t)
    }
  }

  /// Returns the loss of the normal distribution.
  @inlinable
  public static func gaussianLoss<Scalar: Real & BinaryFloatingPoint>(
    mean: [Scalar], standardDeviation: [Scalar], _ target: [Scalar]
  ) -> (value: Scalar, gradients: [[Scalar]]) {
    meanLikelihood([mean, standardDeviation], target, "gaussianLoss") { parameters, t in
      let (mean, deviation) = (parameters[0], parameters[1])
      let square = (t - mean) * (t - mean)
      return (
        square / (2 * deviation * deviation) + .log(deviation) + .log(2 * .pi) / 2,
        [
          (mean - t) / (deviation * deviation),
          1 / deviation - square / (deviation * deviation * deviation),
        ]
      )
    }
  }

  /// Returns the loss of Student's t distribution.
  @inlinable
  public static func studentTLoss<Scalar: Real & BinaryFloatingPoint>(
    location: [Scalar], scale: [Scalar], degreesOfFreedom: [Scalar], _ target: [Scalar]
  ) -> (value: Scalar, gradients: [[Scalar]]) {
    meanLikelihood([location, scale, degreesOfFreedom], target, "studentTLoss") { parameters, t in
      let (scale, freedom) = (parameters[1], parameters[2])
      let z = (t - parameters[0]) / scale
      let half = (freedom + 1) / 2
      let logarithm = Scalar.log(1 + z * z / freedom)
      let constant = Scalar.logGamma(freedom / 2) - Scalar.logGamma(half)
      let value = half * logarithm + .log(scale) + .log(freedom * .pi) / 2 + constant
      let slope = 2 * half * z / (freedom + z * z)
      let gamma = digamma(freedom / 2) - digamma(half)
      let ofFreedom = logarithm - slope * z / freedom + 1 / freedom + gamma
      return (value, [-slope / scale, (1 - slope * z) / scale, ofFreedom / 2])
    }
  }

  /// Returns the loss of the negative binomial distribution with mean exp(logMean), dispersion
  /// exp(logDispersion), and variance mean + dispersion * mean².
  @inlinable
  public static func negativeBinomialLoss<Scalar: Real & BinaryFloatingPoint>(
    logMean: [Scalar], logDispersion: [Scalar], _ target: [Scalar]
  ) -> (value: Scalar, gradients: [[Scalar]]) {
    meanLikelihood([logMean, logDispersion], target, "negativeBinomialLoss") { parameters, t in
      let (mean, r) = (Scalar.exp(parameters[0]), Scalar.exp(-parameters[1]))
      let coefficient = Scalar.logGamma(t + r) - Scalar.logGamma(r) - Scalar.logGamma(t + 1)
      let (failure, success) = (Scalar.log(r / (r + mean)), Scalar.log(mean / (r + mean)))
      let value = -coefficient - r * failure - t * success
      let ofMean = r * (mean - t) / (r + mean)
      let ofDispersion = r * (digamma(t + r) - digamma(r) + failure) + ofMean
      return (value, [ofMean, ofDispersion])
    }
  }

  /// Returns the derivative of log Γ for positive numbers, by recurrence to at least 10 and the
  /// asymptotic series there.
  @inlinable
  public static func digamma<Scalar: Real & BinaryFloatingPoint>(_ x: Scalar) -> Scalar {
    if x < 10 { return digamma(x + 1) - 1 / x }
    let inverse = 1 / (x * x)
    var series: Scalar = 1 / 252 - inverse / 240
    series = 1 / 120 - inverse * series
    series = inverse * (1 / 12 - inverse * series)
    return .log(x) - 1 / (2 * x) - series
  }

  /// Returns the means of an element's loss and of its derivatives with respect to its parameters,
  /// both from `loss`.
  @inlinable
  static func meanLikelihood<Scalar: Real & BinaryFloatingPoint>(
    _ parameters: [[Scalar]], _ target: [Scalar], _ operation: String,
    _ loss: (_ parameters: [Scalar], _ target: Scalar) -> (Scalar, [Scalar])
  ) -> (value: Scalar, gradients: [[Scalar]]) {
    for parameter in parameters {
      require(parameter, "a parameter", count: target.count, in: operation)
    }
    let n = Scalar(target.count)
    let elements = target.indices.map { index in
      loss(parameters.map { $0[index] }, target[index])
    }
    return (
      elements.reduce(0) { $0 + $1.0 } / n,
      parameters.indices.map { place in elements.map { $0.1[place] / n } }
    )
  }
}
