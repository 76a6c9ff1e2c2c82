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
  let result = factors.inverse()
  guard a.isTracked else { return result }
  // With X = A⁻¹, dA = −Xᵀ · dX · Xᵀ.
  return result.recorded(from: a) { gradient in
    [-matmul(matmul(result, gradient, transposingA: true), result, transposingB: true)]
  }
}
