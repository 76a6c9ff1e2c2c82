internal import RealModule

/// Returns the digamma function, the derivative of log Γ, of a positive number: by recurrence to at
/// least 10, and by the asymptotic series there (Abramowitz & Stegun 6.3.18).
func digamma(_ x: Double) -> Double {
  var x = x
  var result = 0.0
  while x < 10 {
    result -= 1 / x
    x += 1
  }
  return result + .log(x) - 1 / (2 * x) - digammaTail(x)
}

/// The difference of log Γ at r + y and at r, without loss of digits for large r.
struct LogGammaDifference {
  /// log Γ(r + y) − log Γ(r) − y log r
  let value: Double
  /// r (ψ(r + y) − ψ(r)), where ψ is the digamma function.
  let scaledSlope: Double

  /// Creates the difference for r > 0 and y ≥ 0.
  init(_ r: Double, _ y: Double) {
    guard y > 0 else {
      (value, scaledSlope) = (0, 0)
      return
    }
    let sum = r + y
    guard r < 20 else {
      // Stirling's series of both, whose large terms cancel. (r + y) log(1 + y / r) − y is small
      // for large r.
      let logarithm = Double.log(onePlus: y / r)
      value = (sum - 0.5) * logarithm - y + logGammaTail(sum) - logGammaTail(r)
      let tails = digammaTail(r) - digammaTail(sum)
      scaledSlope = r * logarithm + y / (2 * sum) + r * tails
      return
    }
    value = .logGamma(sum) - .logGamma(r) - y * .log(r)
    scaledSlope = r * (digamma(sum) - digamma(r))
  }
}

/// Returns log Γ(x) − ((x − ½) log x − x + ½ log 2π), for x ≥ 10.
private func logGammaTail(_ x: Double) -> Double {
  let inverse = 1 / (x * x)
  return
    (1.0 / 12
    - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse * (1.0 / 1680 - inverse / 1188)))) / x
}

/// Returns log x − 1 / (2 x) − ψ(x), for x ≥ 10.
private func digammaTail(_ x: Double) -> Double {
  let inverse = 1 / (x * x)
  return inverse
    * (1.0 / 12
      - inverse
      * (1.0 / 120
        - inverse
        * (1.0 / 252 - inverse * (1.0 / 240 - inverse * (1.0 / 132 - inverse * 691 / 32760)))))
}
