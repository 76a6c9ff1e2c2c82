import RealModule

// Functions of one variable, applied to each element of `x`.
extension Reference {
  /// Returns e to the power of each element.
  @inlinable
  public static func exp<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { Scalar.exp($0) }
  }

  /// Returns the natural logarithm of each element: -infinity at 0, NaN below 0.
  @inlinable
  public static func log<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { Scalar.log($0) }
  }

  /// Returns the square root of each element: NaN below 0.
  @inlinable
  public static func sqrt<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { $0.squareRoot() }
  }

  /// Returns the hyperbolic tangent of each element.
  @inlinable
  public static func tanh<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { Scalar.tanh($0) }
  }

  /// Returns the logistic function `1 / (1 + exp(-x))` of each element.
  @inlinable
  public static func sigmoid<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { sigmoid($0) }
  }

  /// Returns `max(x, 0)` of each element. NaN stays NaN.
  @inlinable
  public static func relu<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { $0 <= 0 ? 0 : $0 }
  }

  /// Returns `log(1 + exp(x))` of each element, in a form in which `exp` cannot overflow.
  @inlinable
  public static func softplus<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { softplus($0) }
  }

  /// Returns `-x` of each element.
  @inlinable
  public static func negate<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { -$0 }
  }

  /// Returns `|x|` of each element.
  @inlinable
  public static func abs<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { Swift.abs($0) }
  }

  /// Returns the sign of each element, -1, 0, or 1. NaN stays NaN.
  @inlinable
  public static func sign<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }
  }

  /// Returns `x * x` of each element.
  @inlinable
  public static func square<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { $0 * $0 }
  }

  /// Returns `1 / x` of each element.
  @inlinable
  public static func reciprocal<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { 1 / $0 }
  }

  /// Returns the sine of each element, an angle in radians.
  @inlinable
  public static func sin<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { Scalar.sin($0) }
  }

  /// Returns the cosine of each element, an angle in radians.
  @inlinable
  public static func cos<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { Scalar.cos($0) }
  }

  /// Returns the largest integer that is not greater than each element.
  @inlinable
  public static func floor<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { $0.rounded(.down) }
  }
}

// Functions of one number.
extension Reference {
  /// Returns the logistic function of one number. The argument of `exp` is not positive, so it
  /// cannot overflow.
  @inlinable
  public static func sigmoid<Scalar: Real & BinaryFloatingPoint>(_ x: Scalar) -> Scalar {
    let e = Scalar.exp(-Swift.abs(x))
    return (x < 0 ? e : 1) / (1 + e)
  }

  /// Returns `log(1 + exp(x))` of one number.
  @inlinable
  public static func softplus<Scalar: Real & BinaryFloatingPoint>(_ x: Scalar) -> Scalar {
    (x < 0 ? 0 : x) + Scalar.log(onePlus: Scalar.exp(-Swift.abs(x)))
  }
}

// Derivatives in terms of the result `y = f(x)`: the gradient of `x`, given the gradient `dy` of
// `y`.
extension Reference {
  /// Returns `dy * (1 - y * y)`.
  @inlinable
  public static func tanhBackward<Scalar: Real & BinaryFloatingPoint>(
    y: [Scalar], dy: [Scalar]
  ) -> [Scalar] {
    require(dy, "dy", count: y.count, in: "tanhBackward")
    return zip(y, dy).map { y, dy in dy * (1 - y * y) }
  }

  /// Returns `dy * y * (1 - y)`.
  @inlinable
  public static func sigmoidBackward<Scalar: Real & BinaryFloatingPoint>(
    y: [Scalar], dy: [Scalar]
  ) -> [Scalar] {
    require(dy, "dy", count: y.count, in: "sigmoidBackward")
    return zip(y, dy).map { y, dy in dy * y * (1 - y) }
  }

  /// Returns `y > 0 ? dy : 0`.
  @inlinable
  public static func reluBackward<Scalar: Real & BinaryFloatingPoint>(
    y: [Scalar], dy: [Scalar]
  ) -> [Scalar] {
    require(dy, "dy", count: y.count, in: "reluBackward")
    return zip(y, dy).map { y, dy in y > 0 ? dy : 0 }
  }
}
