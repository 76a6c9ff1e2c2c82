/// Returns the continued fraction f of the regularized incomplete beta function (Abramowitz & Stegun
/// 26.5.8), by the method of Lentz:
///
///     I_x(a, b) = x^a (1 − x)^b f(a, b, x) / (a B(a, b))
///
/// It converges fast for x < (a + 1) / (a + b + 2). Otherwise, use I_x(a, b) = 1 − I_{1 − x}(b, a).
package func betaFraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
  fraction(a, b, x)
}

/// Returns the continued fraction of numbers with derivatives (Boik & Robison-Cox 1998).
func betaFraction(_ a: DualNumber, _ b: DualNumber, _ x: DualNumber) -> DualNumber {
  fraction(a, b, x)
}

private func fraction<Number: FractionNumber>(_ a: Number, _ b: Number, _ x: Number) -> Number {
  let tiny = 1e-300
  let one = Number(1)
  func nonzero(_ x: Number) -> Number { x.magnitude < tiny ? Number(tiny) : x }
  var c = one
  var d = one / nonzero(one - (a + b) * x / (a + one))
  var result = d
  /// Advances by one term, and returns the factor by which the result changed.
  func advance(_ numerator: Number) -> Number {
    d = one / nonzero(one + numerator * d)
    c = nonzero(one + numerator / c)
    result = result * (d * c)
    return d * c
  }
  for i in 1..<100_000 {
    let m = Number(Double(i))
    let last = a + m + m
    _ = advance(m * (b - m) * x / ((last - one) * last))
    let change = advance(Number(0) - (a + m) * (a + b + m) * x / (last * (last + one)))
    if (change - one).isNegligible { break }
  }
  return result
}
