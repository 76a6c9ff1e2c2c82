import RealModule

// Functions of two variables. Either operand may be a single number, which is combined with every
// element of the other.
extension Reference {
  /// Returns `a + b`.
  @inlinable
  public static func add<Scalar: Real & BinaryFloatingPoint>(
    _ a: [Scalar], _ b: [Scalar]
  ) -> [Scalar] {
    pairwise(a, b, "add") { $0 + $1 }
  }

  /// Returns `a - b`.
  @inlinable
  public static func subtract<Scalar: Real & BinaryFloatingPoint>(
    _ a: [Scalar], _ b: [Scalar]
  ) -> [Scalar] {
    pairwise(a, b, "subtract") { $0 - $1 }
  }

  /// Returns `a * b`.
  @inlinable
  public static func multiply<Scalar: Real & BinaryFloatingPoint>(
    _ a: [Scalar], _ b: [Scalar]
  ) -> [Scalar] {
    pairwise(a, b, "multiply") { $0 * $1 }
  }

  /// Returns `a / b`.
  @inlinable
  public static func divide<Scalar: Real & BinaryFloatingPoint>(
    _ a: [Scalar], _ b: [Scalar]
  ) -> [Scalar] {
    pairwise(a, b, "divide") { $0 / $1 }
  }

  /// Returns the larger of two elements, or NaN if either is NaN.
  @inlinable
  public static func maximum<Scalar: Real & BinaryFloatingPoint>(
    _ a: [Scalar], _ b: [Scalar]
  ) -> [Scalar] {
    pairwise(a, b, "maximum") { $0.isNaN || $0 > $1 ? $0 : $1 }
  }

  /// Returns the smaller of two elements, or NaN if either is NaN.
  @inlinable
  public static func minimum<Scalar: Real & BinaryFloatingPoint>(
    _ a: [Scalar], _ b: [Scalar]
  ) -> [Scalar] {
    pairwise(a, b, "minimum") { $0.isNaN || $0 < $1 ? $0 : $1 }
  }

  /// Returns 1 where `a == b`, and 0 elsewhere.
  @inlinable
  public static func equal<Scalar: Real & BinaryFloatingPoint>(
    _ a: [Scalar], _ b: [Scalar]
  ) -> [Scalar] {
    pairwise(a, b, "equal") { $0 == $1 ? 1 : 0 }
  }

  /// Returns 1 where `a != b` or either is NaN, and 0 elsewhere.
  @inlinable
  public static func notEqual<Scalar: Real & BinaryFloatingPoint>(
    _ a: [Scalar], _ b: [Scalar]
  ) -> [Scalar] {
    pairwise(a, b, "notEqual") { $0 != $1 ? 1 : 0 }
  }

  /// Returns 1 where `a < b`, and 0 elsewhere.
  @inlinable
  public static func less<Scalar: Real & BinaryFloatingPoint>(
    _ a: [Scalar], _ b: [Scalar]
  ) -> [Scalar] {
    pairwise(a, b, "less") { $0 < $1 ? 1 : 0 }
  }

  /// Returns 1 where `a <= b`, and 0 elsewhere.
  @inlinable
  public static func lessEqual<Scalar: Real & BinaryFloatingPoint>(
    _ a: [Scalar], _ b: [Scalar]
  ) -> [Scalar] {
    pairwise(a, b, "lessEqual") { $0 <= $1 ? 1 : 0 }
  }

  /// Returns `a` to the power of `b`, with the special cases of C's `pow` (C17, F.10.4.4).
  @inlinable
  public static func power<Scalar: Real & BinaryFloatingPoint>(
    _ a: [Scalar], _ b: [Scalar]
  ) -> [Scalar] {
    pairwise(a, b, "power") { power($0, $1) }
  }

  @inlinable
  static func power<Scalar: Real & BinaryFloatingPoint>(_ a: Scalar, _ b: Scalar) -> Scalar {
    if b == 0 || a == 1 { return 1 }
    // RealModule's pow is defined for nonnegative bases. For negative bases the sign follows from
    // parity.
    if !(a < 0) { return Scalar.pow(a, b) }
    if a.isFinite && b != b.rounded() { return .nan }
    let isOdd = Swift.abs(b.remainder(dividingBy: 2)) == 1
    return isOdd ? -Scalar.pow(-a, b) : Scalar.pow(-a, b)
  }

  @inlinable
  static func pairwise<Scalar>(
    _ a: [Scalar], _ b: [Scalar], _ operation: String, _ f: (Scalar, Scalar) -> Scalar
  ) -> [Scalar] {
    if a.count == 1 { return b.map { f(a[0], $0) } }
    if b.count == 1 { return a.map { f($0, b[0]) } }
    require(b, "b", count: a.count, in: operation)
    return zip(a, b).map { f($0, $1) }
  }
}

// Selection, and scaled sums.
extension Reference {
  /// Returns `a` where the mask is not 0, and `b` where it is 0.
  @inlinable
  public static func select<Scalar: Real & BinaryFloatingPoint>(
    mask: [Scalar], _ a: [Scalar], _ b: [Scalar]
  ) -> [Scalar] {
    require(a, "a", count: mask.count, in: "select")
    require(b, "b", count: mask.count, in: "select")
    return mask.indices.map { mask[$0] != 0 ? a[$0] : b[$0] }
  }

  /// Returns `alpha * x + y`.
  @inlinable
  public static func axpy<Scalar: Real & BinaryFloatingPoint>(
    alpha: Scalar, x: [Scalar], y: [Scalar]
  ) -> [Scalar] {
    require(y, "y", count: x.count, in: "axpy")
    return zip(x, y).map { alpha * $0 + $1 }
  }

  /// Returns `alpha * x + beta`.
  @inlinable
  public static func scaleShift<Scalar: Real & BinaryFloatingPoint>(
    alpha: Scalar, beta: Scalar, x: [Scalar]
  ) -> [Scalar] {
    x.map { alpha * $0 + beta }
  }
}
