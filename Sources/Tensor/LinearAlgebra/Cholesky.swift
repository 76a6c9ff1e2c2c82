/// The lower triangular L of A = L · Lᵀ, for each symmetric positive definite matrix `[…, n, n]`.
///
/// The lower triangle of A alone is read, and A is taken to be symmetric; so is its gradient, which
/// cannot be differentiated again. Stops the program if the matrices are not square.
///
/// - Throws: ``LinearAlgebraError``, if a matrix is not positive definite or an element is not finite.
public func cholesky<Scalar: TensorScalar>(
  _ a: Tensor<Scalar>
) throws(LinearAlgebraError) -> Tensor<Scalar> {
  let batch = MatrixBatch(square: a.shape, of: "cholesky")
  try a.requireFinite("the matrix", of: "cholesky")
  var lower = a.copied()
  let failure = lower.write { start in
    batch.firstFailure { index in
      let matrix = batch.matrix(index, of: start)
      let status = factorizeCholesky(matrix)
      clearUpperTriangle(matrix)
      return status
    }
  }
  if let (matrix, order) = failure {
    throw .notPositiveDefinite(operation: "cholesky", matrix: matrix, leadingMinor: order)
  }
  guard a.isTracked else { return lower }
  return lower.recorded(from: a, named: "cholesky") { [lower] gradient in
    [choleskyGradient(lower, gradient, batch)]
  }
}

/// dA = ½ · L⁻ᵀ · (P + Pᵀ) · L⁻¹ with P = Φ(Lᵀ · dL), where Φ keeps the lower triangle and halves its
/// diagonal: Murray (2016), "Differentiation of the Cholesky decomposition".
private func choleskyGradient<Scalar: TensorScalar>(
  _ lower: Tensor<Scalar>, _ gradient: Tensor<Scalar>, _ batch: MatrixBatch
) -> Tensor<Scalar> {
  var inner = matmul(lower, gradient, transposingA: true)
  inner.write { start in
    for index in 0..<batch.count {
      let matrix = batch.matrix(index, of: start)
      clearUpperTriangle(matrix)
      for row in 0..<batch.rows { matrix.start[row * (batch.rows + 1)] /= 2 }
    }
  }
  let symmetric = (inner + inner.transposed) * 0.5
  // What is left of L⁻¹ is taken from the other side of the transpose, and the result is symmetric.
  let half = solvedByTransposedTriangle(lower, symmetric, batch)
  return solvedByTransposedTriangle(lower, half.transposed, batch)
}

/// L⁻ᵀ · B for each matrix.
private func solvedByTransposedTriangle<Scalar: TensorScalar>(
  _ lower: Tensor<Scalar>, _ b: Tensor<Scalar>, _ batch: MatrixBatch
) -> Tensor<Scalar> {
  var result = b.copied()
  result.write { target in
    lower.read { lower in
      parallelFor(batch.count) { index in
        solveTriangular(
          batch.matrix(index, of: lower, transposed: true), batch.matrix(index, of: target))
      }
    }
  }
  return result
}

private func clearUpperTriangle<Scalar: TensorScalar>(_ matrix: MutableMatrixView<Scalar>) {
  for row in 0..<matrix.rows {
    for column in (row + 1)..<Swift.max(matrix.columns, row + 1) {
      matrix.start[row * matrix.rowStride + column] = 0
    }
  }
}
