/// Returns the reduced singular value decomposition A = U · diag(s) · Vᵀ of each matrix
/// `[…, m, n]`.
///
/// The signs of the singular vectors are LAPACK's. Stops the program if `a` is tracked.
///
/// - Returns: U `[…, m, k]` with orthonormal columns, s `[…, k]` nonnegative and descending, and Vᵀ
///   `[…, k, n]` with orthonormal rows; k = min(m, n).
/// - Throws: A ``LinearAlgebraError`` if an element is not finite or the iteration does not
///   converge.
public func svd<Scalar: TensorScalar>(
  _ a: Tensor<Scalar>
) throws(LinearAlgebraError) -> (u: Tensor<Scalar>, s: Tensor<Scalar>, vT: Tensor<Scalar>) {
  a.requireUntracked(by: "svd")
  let batch = MatrixBatch(a.shape, of: "svd")
  try a.requireFinite("the matrix", of: "svd")
  let k = min(batch.rows, batch.columns)
  var work = a.copied()
  var u = Tensor<Scalar>.zeros(batch.shape(batch.rows, k))
  var s = Tensor<Scalar>.zeros(batch.shape.appending(k))
  var vT = Tensor<Scalar>.zeros(batch.shape(k, batch.columns))
  let uBatch = MatrixBatch(u.shape, of: "svd")
  let vBatch = MatrixBatch(vT.shape, of: "svd")
  let failure = work.write { work in
    u.write { u in
      s.write { s in
        vT.write { vT in
          let (work, u) = (SendablePointer(work), SendablePointer(u))
          let (s, vT) = (SendablePointer(s), SendablePointer(vT))
          return batch.firstFailure { index in
            decomposeSingular(
              batch.matrix(index, of: work.pointer), u: uBatch.matrix(index, of: u.pointer),
              s: UnsafeMutableBufferPointer(start: s.pointer + index * k, count: k),
              vT: vBatch.matrix(index, of: vT.pointer))
          }
        }
      }
    }
  }
  if let failure { throw .notConverged(operation: "svd", matrix: failure.matrix) }
  return (u, s, vT)
}
