import RealModule

extension Reference {
  /// Returns `alpha * op(a) op(b) + beta * c`, a matrix [M, N] (BLAS's GEMM).
  ///
  /// - Parameters:
  ///   - a: The left operand, [M, K], or [K, M] with `transposeA`.
  ///   - b: The right operand, [K, N], or [N, K] with `transposeB`.
  ///   - c: The matrix to add, [M, N]. If `beta` is 0, it is not read and may be nil.
  @inlinable
  public static func matrixProduct<Scalar: Real & BinaryFloatingPoint>(
    _ a: [Scalar], transposeA: Bool = false, _ b: [Scalar], transposeB: Bool = false,
    M: Int, N: Int, K: Int, alpha: Scalar = 1, beta: Scalar = 0, c: [Scalar]? = nil
  ) -> [Scalar] {
    require(a, "a", count: M * K, in: "matrixProduct")
    require(b, "b", count: K * N, in: "matrixProduct")
    var result = [Scalar](repeating: 0, count: M * N)
    if beta != 0, let c {
      require(c, "c", count: M * N, in: "matrixProduct")
      result = c.map { beta * $0 }
    }
    let (aRow, aColumn) = transposeA ? (1, M) : (K, 1)
    let (bRow, bColumn) = transposeB ? (1, K) : (N, 1)
    for i in 0..<M {
      for k in 0..<K {
        let scaled = alpha * a[i * aRow + k * aColumn]
        for j in 0..<N {
          result[i * N + j] += scaled * b[k * bRow + j * bColumn]
        }
      }
    }
    return result
  }
}
