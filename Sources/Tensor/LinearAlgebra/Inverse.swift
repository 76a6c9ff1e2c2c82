/// Returns the inverse of each square matrix `[…, n, n]`, computed from its LU factors.
///
/// To solve equations, use ``solve(_:_:)``, which is faster and more accurate. Stops the program if
/// the matrices are not square.
///
/// - Throws: A ``LinearAlgebraError`` if a matrix is singular or an element is not finite.
public func inverse<Scalar: TensorScalar>(
  _ a: Tensor<Scalar>
) throws(LinearAlgebraError) -> Tensor<Scalar> {
  let factors = try LUFactors(a, of: "inverse")
  try factors.requireRegular(for: "inverse")
  return factors.recordedInverse(of: a)
}

extension LUFactors {
  /// Returns the inverse of each matrix as a recorded operation on `a`. All matrices must be
  /// regular.
  func recordedInverse(of a: Tensor<Scalar>) -> Tensor<Scalar> {
    let result = inverse()
    guard a.isTracked else { return result }
    // With X = A⁻¹, dA = −Xᵀ · dX · Xᵀ.
    return result.recorded(from: [a.source]) { received, pass in
      let x = pass.result(result)
      let left = matmul(x, received.first!, transposingA: true)
      pass.add(-matmul(left, x, transposingB: true), toInput: 0)
    }
  }
}
