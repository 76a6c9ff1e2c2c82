import RealModule

// Functions of one variable, one value for each element of `x`.
extension Reference {
  /// e to the power of each element.
  @inlinable
  public static func exp<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { Scalar.exp($0) }
  }

  /// The natural logarithm: -infinity at 0, NaN below.
  @inlinable
  public static func log<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { Scalar.log($0) }
  }

  /// The square root; NaN below 0.
  @inlinable
  public static func sqrt<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { $0.squareRoot() }
  }

  /// The hyperbolic tangent.
  @inlinable
  public static func tanh<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { Scalar.tanh($0) }
  }

  /// The logistic function `1 / (1 + exp(-x))`.
  @inlinable
  public static func sigmoid<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { sigmoid($0) }
  }

  /// `max(x, 0)`; NaN stays NaN.
  @inlinable
  public static func relu<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { $0 <= 0 ? 0 : $0 }
  }

  /// `log(1 + exp(x))`, written so that `exp` cannot overflow.
  @inlinable
  public static func softplus<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { softplus($0) }
  }

  /// `-x`.
  @inlinable
  public static func negate<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { -$0 }
  }

  /// `|x|`.
  @inlinable
  public static func abs<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { Swift.abs($0) }
  }

  /// -1, 0 or 1; NaN stays NaN.
  @inlinable
  public static func sign<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { $0 > 0 ? 1 : $0 < 0 ? -1 : $0 }
  }

  /// `x * x`.
  @inlinable
  public static func square<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { $0 * $0 }
  }

  /// `1 / x`.
  @inlinable
  public static func reciprocal<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { 1 / $0 }
  }

  /// The sine of an angle in radians.
  @inlinable
  public static func sin<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { Scalar.sin($0) }
  }

  /// The cosine of an angle in radians.
  @inlinable
  public static func cos<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { Scalar.cos($0) }
  }

  /// The greatest integer that is not above the element.
  @inlinable
  public static func floor<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar]) -> [Scalar] {
    x.map { $0.rounded(.down) }
  }
}

// Of one number.
extension Reference {
  /// The logistic function of one number. `exp` is taken of a number that is not positive, which
  /// cannot overflow.
  @inlinable
  public static func sigmoid<Scalar: Real & BinaryFloatingPoint>(_ x: Scalar) -> Scalar {
    let e = Scalar.exp(-Swift.abs(x))
    return (x < 0 ? e : 1) / (1 + e)
  }

  /// `log(1 + exp(x))` of one number.
  @inlinable
  public static func softplus<Scalar: Real & BinaryFloatingPoint>(_ x: Scalar) -> Scalar {
    (x < 0 ? 0 : x) + Scalar.log(onePlus: Scalar.exp(-Swift.abs(x)))
  }
}

// Derivatives, written in the result `y = f(x)`: the gradient of `x` from the gradient `dy` of `y`.
extension Reference {
  /// `dy * (1 - y * y)`
  @inlinable
  public static func tanhBackward<Scalar: Real & BinaryFloatingPoint>(
    y: [Scalar], dy: [Scalar]
  ) -> [Scalar] {
    require(dy, "dy", count: y.count, in: "tanhBackward")
    return zip(y, dy).map { y, dy in dy * (1 - y * y) }
  }

  /// `dy * y * (1 - y)`
  @inlinable
  public static func sigmoidBackward<Scalar: Real & BinaryFloatingPoint>(
    y: [Scalar], dy: [Scalar]
  ) -> [Scalar] {
    require(dy, "dy", count: y.count, in: "sigmoidBackward")
    return zip(y, dy).map { y, dy in dy * y * (1 - y) }
  }

  /// `y > 0 ? dy : 0`
  @inlinable
  public static func reluBackward<Scalar: Real & BinaryFloatingPoint>(
    y: [Scalar], dy: [Scalar]
  ) -> [Scalar] {
    require(dy, "dy", count: y.count, in: "reluBackward")
    return zip(y, dy).map { y, dy in y > 0 ? dy : 0 }
  }
}
