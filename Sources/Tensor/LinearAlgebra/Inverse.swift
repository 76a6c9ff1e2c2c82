/// The inverse of each square matrix `[…, n, n]`, by LU factors.
///
/// To solve equations, ``solve(_:_:)`` is faster and more exact. Stops the program if the matrices are
/// not square.
///
/// - Throws: ``LinearAlgebraError``, if a matrix is singular or an element is not finite.
public func inverse<Scalar: TensorScalar>(
  _ a: Tensor<Scalar>
) throws(LinearAlgebraError) -> Tensor<Scalar> {
  let factors = try LUFactors(a, of: "inverse")
  try factors.requireRegular(for: "inverse")
  return factors.recordedInverse(of: a)
}

extension LUFactors {
  /// The inverse of each matrix, if all are regular, as an operation on the matrices themselves.
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
