import RealModule

// Reductions over the middle axis of an array [outer, count, inner], to [outer, inner].
extension Reference {
  /// Returns the sum along the middle axis. The sum of no elements is 0.
  @inlinable
  public static func reduceSum<Scalar: Real & BinaryFloatingPoint>(
    _ x: [Scalar], outer: Int, count: Int, inner: Int
  ) -> [Scalar] {
    reduce(x, outer, count, inner, from: 0, "reduceSum") { $0 + $1 }
  }

  /// Returns the product along the middle axis. The product of no elements is 1.
  @inlinable
  public static func reduceProduct<Scalar: Real & BinaryFloatingPoint>(
    _ x: [Scalar], outer: Int, count: Int, inner: Int
  ) -> [Scalar] {
    reduce(x, outer, count, inner, from: 1, "reduceProduct") { $0 * $1 }
  }

  /// Returns the maximum along the middle axis: -infinity for no elements, NaN if an element is
  /// NaN.
  @inlinable
  public static func reduceMax<Scalar: Real & BinaryFloatingPoint>(
    _ x: [Scalar], outer: Int, count: Int, inner: Int
  ) -> [Scalar] {
    reduce(x, outer, count, inner, from: -.infinity, "reduceMax") {
      $0.isNaN || $0 > $1 ? $0 : $1
    }
  }

  /// Returns the minimum along the middle axis: infinity for no elements, NaN if an element is NaN.
  @inlinable
  public static func reduceMin<Scalar: Real & BinaryFloatingPoint>(
    _ x: [Scalar], outer: Int, count: Int, inner: Int
  ) -> [Scalar] {
    reduce(x, outer, count, inner, from: .infinity, "reduceMin") {
      $0.isNaN || $0 < $1 ? $0 : $1
    }
  }

  /// Returns the first position of the maximum along the middle axis, where NaN counts as the
  /// maximum. `count` must not be 0.
  @inlinable
  public static func argmax<Scalar: Real & BinaryFloatingPoint>(
    _ x: [Scalar], outer: Int, count: Int, inner: Int
  ) -> [Int] {
    position(x, outer, count, inner, "argmax") { $0 > $1 }
  }

  /// Returns the first position of the minimum along the middle axis, where NaN counts as the
  /// minimum. `count` must not be 0.
  @inlinable
  public static func argmin<Scalar: Real & BinaryFloatingPoint>(
    _ x: [Scalar], outer: Int, count: Int, inner: Int
  ) -> [Int] {
    position(x, outer, count, inner, "argmin") { $0 < $1 }
  }

  /// Returns the sum of `x[i] * y[i]`.
  @inlinable
  public static func dot<Scalar: Real & BinaryFloatingPoint>(_ x: [Scalar], _ y: [Scalar]) -> Scalar
  {
    require(y, "y", count: x.count, in: "dot")
    return zip(x, y).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// Returns the cumulative sums along the middle axis, [outer, count, inner].
  @inlinable
  public static func cumulativeSum<Scalar: Real & BinaryFloatingPoint>(
    _ x: [Scalar], outer: Int, count: Int, inner: Int
  ) -> [Scalar] {
    require(x, "x", count: outer * count * inner, in: "cumulativeSum")
    var y = x
    for o in 0..<outer {
      for j in 0..<inner {
        var running: Scalar = 0
        for r in 0..<count {
          let index = (o * count + r) * inner + j
          running += x[index]
          y[index] = running
        }
      }
    }
    return y
  }
}

extension Reference {
  @inlinable
  static func reduce<Scalar: Real & BinaryFloatingPoint>(
    _ x: [Scalar], _ outer: Int, _ count: Int, _ inner: Int, from identity: Scalar,
    _ operation: String, _ combine: (Scalar, Scalar) -> Scalar
  ) -> [Scalar] {
    require(x, "x", count: outer * count * inner, in: operation)
    var y = [Scalar](repeating: identity, count: outer * inner)
    for o in 0..<outer {
      for r in 0..<count {
        for j in 0..<inner {
          y[o * inner + j] = combine(y[o * inner + j], x[(o * count + r) * inner + j])
        }
      }
    }
    return y
  }

  @inlinable
  static func position<Scalar: Real & BinaryFloatingPoint>(
    _ x: [Scalar], _ outer: Int, _ count: Int, _ inner: Int, _ operation: String,
    _ isBetter: (Scalar, Scalar) -> Bool
  ) -> [Int] {
    require(x, "x", count: outer * count * inner, in: operation)
    if count == 0 { fatalError("Reference.\(operation): the axis must not be empty") }
    var y = [Int](repeating: 0, count: outer * inner)
    for o in 0..<outer {
      for j in 0..<inner {
        for r in 1..<count {
          let value = x[(o * count + r) * inner + j]
          let best = x[(o * count + y[o * inner + j]) * inner + j]
          if isBetter(value, best) || (value.isNaN && !best.isNaN) { y[o * inner + j] = r }
        }
      }
    }
    return y
  }
}
