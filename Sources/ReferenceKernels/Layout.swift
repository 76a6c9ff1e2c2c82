// Transposes and strided copies.
extension Reference {
  /// Returns `y[b, c, r] = x[b, r, c]` for `x` of [batch, rows, columns].
  @inlinable
  public static func transpose<Scalar>(
    _ x: [Scalar], batch: Int, rows: Int, columns: Int
  ) -> [Scalar] {
    require(x, "x", count: batch * rows * columns, in: "transpose")
    var y = x
    for b in 0..<batch {
      for r in 0..<rows {
        for c in 0..<columns {
          y[(b * columns + c) * rows + r] = x[(b * rows + r) * columns + c]
        }
      }
    }
    return y
  }

  /// Returns a dense array of the given shape with the elements of `x` at the given strides, which
  /// count elements from `offset` on and may be 0 or negative.
  @inlinable
  public static func gather<Scalar>(
    _ x: [Scalar], offset: Int = 0, strides: [Int], shape: [Int]
  ) -> [Scalar] {
    positions(strides: strides, shape: shape).map { x[offset + $0] }
  }

  /// Writes a dense `x` of the given shape to `y` at the given strides, or adds it to the elements
  /// there.
  @inlinable
  public static func scatter<Scalar: AdditiveArithmetic>(
    _ x: [Scalar], into y: inout [Scalar], offset: Int = 0, strides: [Int], shape: [Int],
    accumulate: Bool
  ) {
    require(x, "x", count: shape.reduce(1, *), in: "scatter")
    for (value, position) in zip(x, positions(strides: strides, shape: shape)) {
      y[offset + position] = accumulate ? y[offset + position] + value : value
    }
  }

  /// Returns the position of every element of a strided array of the given shape, in row-major
  /// order.
  @inlinable
  static func positions(strides: [Int], shape: [Int]) -> [Int] {
    require(strides, "strides", count: shape.count, in: "positions")
    return zip(shape, strides).reduce([0]) { starts, axis in
      starts.flatMap { start in (0..<axis.0).map { start + $0 * axis.1 } }
    }
  }
}
