/// Returns the lower triangular L of A = L · Lᵀ for each symmetric positive definite matrix
/// `[…, n, n]`.
///
/// Only the lower triangle of A is read, and A is assumed to be symmetric. The gradient is
/// symmetric too, and it cannot be differentiated again. Stops the program if the matrices are not
/// square.
///
/// - Throws: A ``LinearAlgebraError`` if a matrix is not positive definite or an element is not
///   finite.
public func cholesky<Scalar: TensorScalar>(
  _ a: Tensor<Scalar>
) throws(LinearAlgebraError) -> Tensor<Scalar> {
  let batch = MatrixBatch(square: a.shape, of: "cholesky")
  try a.requireFinite("the matrix", of: "cholesky")
  var lower = a.copied()
  let failure = lower.write { start in
    let start = SendablePointer(start)
    return batch.firstFailure { index in
      let matrix = batch.matrix(index, of: start.pointer)
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

/// Returns the solution of A · X = B for one matrix A = L · Lᵀ, untracked.
///
/// - Parameters:
///   - lower: The factor L of ``cholesky(_:)``, `[n, n]`.
///   - b: The columns of the right sides, `[n, m]`.
package func solve<Scalar: TensorScalar>(
  choleskyFactor lower: Tensor<Scalar>, _ b: Tensor<Scalar>
) -> Tensor<Scalar> {
  let batch = MatrixBatch(square: lower.shape, of: "solve(choleskyFactor:)")
  guard batch.count == 1, b.rank == 2, b.shape[0] == batch.rows else {
    fatalError("solve(choleskyFactor:): shapes \(lower.shape) and \(b.shape) do not fit")
  }
  var result = b.copied()
  result.write { target in
    lower.read { lower in
      let columns = MutableMatrixView(target, rows: batch.rows, columns: b.shape[1])
      for transposed in [false, true] {
        solveTriangular(batch.matrix(0, of: lower, transposed: transposed), columns)
      }
    }
  }
  return result
}

/// Returns dA = ½ · L⁻ᵀ · (P + Pᵀ) · L⁻¹ with P = Φ(Lᵀ · dL), where Φ keeps the lower triangle and
/// halves its diagonal: Murray (2016), "Differentiation of the Cholesky decomposition".
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
  // The factor L⁻¹ on the right is applied as L⁻ᵀ to the transpose, since the result is symmetric.
  let half = solvedByTransposedTriangle(lower, symmetric, batch)
  return solvedByTransposedTriangle(lower, half.transposed, batch)
}

/// Returns L⁻ᵀ · B for each matrix.
private func solvedByTransposedTriangle<Scalar: TensorScalar>(
  _ lower: Tensor<Scalar>, _ b: Tensor<Scalar>, _ batch: MatrixBatch
) -> Tensor<Scalar> {
  var result = b.copied()
  result.write { target in
    lower.read { lower in
      let (lower, target) = (SendablePointer(lower), SendablePointer(target))
      parallelFor(batch.count) { index in
        solveTriangular(
          batch.matrix(index, of: lower.pointer, transposed: true),
          batch.matrix(index, of: target.pointer))
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
