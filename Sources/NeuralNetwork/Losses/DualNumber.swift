/// A number with its derivative along one direction, for forward-mode differentiation of series and
/// continued fractions.
struct DualNumber: FractionNumber {
  var value: Double
  var slope: Double

  init(_ value: Double) { self.init(value, slope: 0) }

  init(_ value: Double, slope: Double) {
    self.value = value
    self.slope = slope
  }

  var magnitude: Double { value.magnitude }
  var isNegligible: Bool { value.magnitude < 1e-15 && slope.magnitude < 1e-13 }

  static func + (left: DualNumber, right: DualNumber) -> DualNumber {
    DualNumber(left.value + right.value, slope: left.slope + right.slope)
  }

  static func - (left: DualNumber, right: DualNumber) -> DualNumber {
    DualNumber(left.value - right.value, slope: left.slope - right.slope)
  }

  static func * (left: DualNumber, right: DualNumber) -> DualNumber {
    DualNumber(
      left.value * right.value, slope: left.slope * right.value + left.value * right.slope)
  }

  static func / (left: DualNumber, right: DualNumber) -> DualNumber {
    let value = left.value / right.value
    return DualNumber(value, slope: (left.slope - value * right.slope) / right.value)
  }
}

/// A number that continued fractions are computed in.
protocol FractionNumber {
  init(_ value: Double)
  /// The size of the number, without its derivative.
  var magnitude: Double { get }
  /// A Boolean value that indicates whether the number and its derivative are 0 up to rounding errors
  /// of numbers near 1.
  var isNegligible: Bool { get }
  static func + (left: Self, right: Self) -> Self
  static func - (left: Self, right: Self) -> Self
  static func * (left: Self, right: Self) -> Self
  static func / (left: Self, right: Self) -> Self
}

extension Double: FractionNumber {
  var isNegligible: Bool { magnitude < 1e-15 }
}
