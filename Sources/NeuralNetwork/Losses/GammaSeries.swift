/// Returns the series s of the regularized lower incomplete gamma function (Abramowitz & Stegun
/// 6.5.29), which is short for x < a + 1:
///
///     P(a, x) = x^a exp(−x) s(a, x) / Γ(a)
package func lowerGammaSeries(_ a: Double, _ x: Double) -> Double {
  var term = 1 / a
  var sum = term
  var n = a
  repeat {
    n += 1
    term *= x / n
    sum += term
  } while term > sum * 1e-17
  return sum
}

/// Returns the continued fraction f of the regularized upper incomplete gamma function (Abramowitz &
/// Stegun 6.5.31), by the method of Lentz, which is short for x ≥ a + 1:
///
///     1 − P(a, x) = x^a exp(−x) f(a, x) / Γ(a)
package func upperGammaFraction(_ a: Double, _ x: Double) -> Double {
  let tiny = 1e-300
  func nonzero(_ x: Double) -> Double { x.magnitude < tiny ? tiny : x }
  var b = x + 1 - a
  var c = 1 / tiny
  var d = 1 / b
  var result = d
  for i in 1..<1_000_000 {
    let n = Double(i)
    let factor = -n * (n - a)
    b += 2
    d = 1 / nonzero(factor * d + b)
    c = nonzero(b + factor / c)
    result *= d * c
    if (d * c - 1).magnitude < 1e-15 { break }
  }
  return result
}
