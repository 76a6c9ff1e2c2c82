internal import RealModule
import NeuralNetwork

/// Returns the regularized lower incomplete gamma function P(a, x): the probability that a sample
/// of the gamma distribution with shape a and scale 1 is below x.
///
/// The computation uses a series or a continued fraction (Abramowitz & Stegun 6.5.29, 6.5.31), and
/// Temme's uniform expansion (1979) for large a, where those would be long. The error is at most
/// 1e-10.
func regularizedGamma(_ a: Double, below x: Double) -> Double {
  if x <= 0 { return 0 }
  if x == .infinity { return 1 }
  if a > 1000 { return uniformExpansion(a, x) }
  let factor = Double.exp(a * .log(x) - x - .logGamma(a))
  return x < a + 1 ? factor * lowerGammaSeries(a, x) : 1 - factor * upperGammaFraction(a, x)
}

/// Returns the density at x of the gamma distribution with shape a and scale 1.
func gammaDensity(_ a: Double, at x: Double) -> Double {
  .exp((a - 1) * .log(x) - x - .logGamma(a))
}

/// Returns P(a, x) for large a: the normal distribution at the deviation η √a, with a correction in
/// powers of η and 1 / a.
private func uniformExpansion(_ a: Double, _ x: Double) -> Double {
  let deviation = (x - a) / a
  // ½ η² = d − log(1 + d)
  let half = max(deviation - .log(onePlus: deviation), 0)
  let eta = deviation < 0 ? -(2 * half).squareRoot() : (2 * half).squareRoot()
  let normal = 0.5 * Double.erfc(-eta * (a / 2).squareRoot())
  // Here, the correction is smaller than the rounding error.
  guard half * a < 700, eta.magnitude < 1 else { return normal }
  func polynomial(_ coefficients: [Double]) -> Double {
    coefficients.reversed().reduce(0) { $0 * eta + $1 }
  }
  let correction =
    polynomial(firstCoefficients) + polynomial(secondCoefficients) / a
    + polynomial(thirdCoefficients) / (a * a)
  return normal - .exp(-half * a) / (2 * .pi * a).squareRoot() * correction
}

// The coefficients of Temme's expansion, from Didonato & Morris (1986).
private let firstCoefficients = [
  -1.0 / 3, 1.0 / 12, -2.0 / 135, 1.0 / 864, 0.352733686067019e-3, -0.178755144032922e-3,
  0.391926317852244e-4, -0.218544851067999e-5, -0.185406221071516e-5, 0.829671134095309e-6,
  -0.176659527368261e-6, 0.670785354340150e-8,
]
private let secondCoefficients = [
  -1.0 / 540, -1.0 / 288, 1.0 / 378, -0.990226337448560e-3, 0.205761316872428e-3,
  -0.401877572016461e-6, -0.180985503344900e-4, 0.764916091608111e-5,
]
private let thirdCoefficients = [
  0.413359788359788e-2, -0.268132716049383e-2, 0.771604938271605e-3, 0.200938786008230e-5,
  -0.107366532263652e-3,
]
