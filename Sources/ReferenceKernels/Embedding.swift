extension Reference {
  /// Returns the rows of a table [V, E] at the given indices, [N, E].
  @inlinable
  public static func embeddingForward<Scalar: BinaryFloatingPoint & Sendable>(
    weight: [Scalar], indices: [Int], V: Int, E: Int
  ) -> [Scalar] {
    require(weight, "weight", count: V * E, in: "embeddingForward")
    return indices.flatMap { weight[$0 * E..<($0 + 1) * E] }
  }

  /// Returns the gradient of the table [V, E], given the gradient of the rows [N, E].
  ///
  /// Each row of the result is the sum of the gradients at its index, added in order. The row of the
  /// padding index is zero.
  @inlinable
  public static func embeddingBackward<Scalar: BinaryFloatingPoint & Sendable>(
    dy: [Scalar], indices: [Int], paddingIndex: Int?, V: Int, E: Int
  ) -> [Scalar] {
    require(dy, "dy", count: indices.count * E, in: "embeddingBackward")
    var dWeight = [Scalar](repeating: 0, count: V * E)
    for (row, index) in indices.enumerated() where index != paddingIndex {
      for column in 0..<E { dWeight[index * E + column] += dy[row * E + column] }
    }
    return dWeight
  }
}
