/// Returns the eigenvalues and eigenvectors of each symmetric matrix `[…, n, n]`.
///
/// Only the lower triangle of A is read, and A is assumed to be symmetric. The signs of the vectors
/// are LAPACK's. Stops the program if the matrices are not square, or if `a` is tracked.
///
/// - Returns: The values `[…, n]` in ascending order and the orthonormal vectors `[…, n, n]`, in
///   columns: A = V · diag(values) · Vᵀ.
/// - Throws: A ``LinearAlgebraError`` if an element is not finite or the iteration does not
///   converge.
public func symmetricEigen<Scalar: TensorScalar>(
  _ a: Tensor<Scalar>
) throws(LinearAlgebraError) -> (values: Tensor<Scalar>, vectors: Tensor<Scalar>) {
  a.requireUntracked(by: "symmetricEigen")
  let batch = MatrixBatch(square: a.shape, of: "symmetricEigen")
  try a.requireFinite("the matrix", of: "symmetricEigen")
  var vectors = a.copied()
  var values = Tensor<Scalar>.zeros(batch.shape.appending(batch.rows))
  let failure = vectors.write { vectors in
    values.write { values in
      let (vectors, values) = (SendablePointer(vectors), SendablePointer(values))
      return batch.firstFailure { index in
        decomposeSymmetric(
          batch.matrix(index, of: vectors.pointer),
          values: UnsafeMutableBufferPointer(
            start: values.pointer + index * batch.rows, count: batch.rows))
      }
    }
  }
  if let failure { throw .notConverged(operation: "symmetricEigen", matrix: failure.matrix) }
  return (values, vectors)
}
