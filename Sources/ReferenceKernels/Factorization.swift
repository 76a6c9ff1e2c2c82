// The pairwise interactions of factorization machines. The formulas are in factorization.h.
extension Reference {
  /// Returns the sum over i < j of ⟨v[i], v[j]⟩ x[i] x[j] for a row with the given columns, and the
  /// sums of x[i] v[i], [K].
  ///
  /// - Parameter v: The factors, [D, K].
  @inlinable
  public static func factorization<Scalar: BinaryFloatingPoint>(
    columns: [Int], x: [Scalar], v: [Scalar], K: Int
  ) -> (value: Scalar, sums: [Scalar]) {
    require(x, "x", count: columns.count, in: "factorization")
    var value: Scalar = 0
    var sums = [Scalar](repeating: 0, count: K)
    for i in columns.indices {
      for k in 0..<K { sums[k] += x[i] * v[columns[i] * K + k] }
      for j in columns.indices where i < j {
        for k in 0..<K { value += v[columns[i] * K + k] * v[columns[j] * K + k] * x[i] * x[j] }
      }
    }
    return (value, sums)
  }

  /// Returns the gradient of the factors of one column, [K], that occurs in rows with the values x.
  ///
  /// - Parameters:
  ///   - slopes: The derivative of the loss with respect to the prediction of each row, [B].
  ///   - sums: The sums of each row, [B, K].
  ///   - v: The factors of the column, [K].
  @inlinable
  public static func factorizationGradient<Scalar: BinaryFloatingPoint>(
    rows: [Int], x: [Scalar], slopes: [Scalar], sums: [Scalar], v: [Scalar]
  ) -> [Scalar] {
    let K = v.count
    require(x, "x", count: rows.count, in: "factorizationGradient")
    require(sums, "sums", count: slopes.count * K, in: "factorizationGradient")
    return v.indices.map { k in
      rows.indices.reduce(0) { sum, o in
        // The other entries of the row, times the derivative of their product.
        let others = sums[rows[o] * K + k] - x[o] * v[k]
        return sum + slopes[rows[o]] * x[o] * others
      }
    }
  }

  /// Returns the sum over i < j of ⟨v[i, fields[j]], v[j, fields[i]]⟩ x[i] x[j].
  ///
  /// - Parameter v: The factors, [D, F, K].
  @inlinable
  public static func fieldFactorization<Scalar: BinaryFloatingPoint>(
    columns: [Int], fields: [Int], x: [Scalar], v: [Scalar], F: Int, K: Int
  ) -> Scalar {
    require(x, "x", count: columns.count, in: "fieldFactorization")
    var value: Scalar = 0
    for i in columns.indices {
      for j in columns.indices where i < j {
        for k in 0..<K {
          let left = v[(columns[i] * F + fields[j]) * K + k]
          let right = v[(columns[j] * F + fields[i]) * K + k]
          value += left * right * x[i] * x[j]
        }
      }
    }
    return value
  }

  /// Returns the gradient of the factors of the column at a place of a row, [F, K].
  @inlinable
  public static func fieldFactorizationGradient<Scalar: BinaryFloatingPoint>(
    columns: [Int], fields: [Int], x: [Scalar], place: Int, slope: Scalar, v: [Scalar], F: Int,
    K: Int
  ) -> [Scalar] {
    var gradient = [Scalar](repeating: 0, count: F * K)
    for i in columns.indices where i != place {
      for k in 0..<K {
        let other = v[(columns[i] * F + fields[place]) * K + k]
        gradient[fields[i] * K + k] += slope * x[place] * x[i] * other
      }
    }
    return gradient
  }

  /// Returns the sum over i < j of v[i] v[j], elementwise, for rows of F fields, [N, F, K] → [N, K].
  @inlinable
  public static func pairwiseInteractions<Scalar: BinaryFloatingPoint>(
    v: [Scalar], N: Int, F: Int, K: Int
  ) -> [Scalar] {
    require(v, "v", count: N * F * K, in: "pairwiseInteractions")
    var y = [Scalar](repeating: 0, count: N * K)
    for n in 0..<N {
      for i in 0..<F {
        for j in 0..<i {
          for k in 0..<K { y[n * K + k] += v[(n * F + i) * K + k] * v[(n * F + j) * K + k] }
        }
      }
    }
    return y
  }

  /// Returns the gradient of the fields, [N, F, K], given that of the interactions, [N, K].
  @inlinable
  public static func pairwiseInteractionsBackward<Scalar: BinaryFloatingPoint>(
    dy: [Scalar], v: [Scalar], N: Int, F: Int, K: Int
  ) -> [Scalar] {
    require(v, "v", count: N * F * K, in: "pairwiseInteractionsBackward")
    require(dy, "dy", count: N * K, in: "pairwiseInteractionsBackward")
    var dv = [Scalar](repeating: 0, count: N * F * K)
    for n in 0..<N {
      for i in 0..<F {
        for j in 0..<F where j != i {
          for k in 0..<K { dv[(n * F + i) * K + k] += dy[n * K + k] * v[(n * F + j) * K + k] }
        }
      }
    }
    return dv
  }
}
