/// Returns the reduced factors of A = Q · R for each matrix `[…, m, n]`, from Householder
/// reflections.
///
/// The signs are LAPACK's: R's diagonal may be negative. Stops the program if `a` is tracked.
///
/// - Returns: Q `[…, m, k]` with orthonormal columns and the upper triangular R `[…, k, n]`; k =
///   min(m, n).
/// - Throws: A ``LinearAlgebraError`` if an element is not finite.
public func qr<Scalar: TensorScalar>(
  _ a: Tensor<Scalar>
) throws(LinearAlgebraError) -> (q: Tensor<Scalar>, r: Tensor<Scalar>) {
  a.requireUntracked(by: "qr")
  let batch = MatrixBatch(a.shape, of: "qr")
  try a.requireFinite("the matrix", of: "qr")
  let k = min(batch.rows, batch.columns)
  var factors = a.copied()  // R, and the reflectors below it
  var q = Tensor<Scalar>.zeros(batch.shape(batch.rows, k))
  var r = Tensor<Scalar>.zeros(batch.shape(k, batch.columns))
  let qBatch = MatrixBatch(q.shape, of: "qr")
  let rBatch = MatrixBatch(r.shape, of: "qr")
  factors.write { factors in
    q.write { q in
      r.write { r in
        let factors = SendablePointer(factors)
        let (q, r) = (SendablePointer(q), SendablePointer(r))
        parallelFor(batch.count) { index in
          factorizeQR(
            batch.matrix(index, of: factors.pointer), q: qBatch.matrix(index, of: q.pointer),
            r: rBatch.matrix(index, of: r.pointer))
        }
      }
    }
  }
  return (q, r)
}

/// Computes the factors of one matrix, which is overwritten.
private func factorizeQR<Scalar: TensorScalar>(
  _ a: MutableMatrixView<Scalar>, q: MutableMatrixView<Scalar>, r: MutableMatrixView<Scalar>
) {
  withUnsafeTemporaryAllocation(of: Scalar.self, capacity: q.columns) { tau in
    factorizeQR(a, reflectorFactors: tau)
    for row in 0..<a.rows {
      let source = a.start + row * a.rowStride
      (q.start + row * q.rowStride).update(from: source, count: q.columns)
      if row < r.rows {
        (r.start + row * r.rowStride + row).update(from: source + row, count: r.columns - row)
      }
    }
    formOrthogonal(q, reflectorFactors: UnsafeBufferPointer(tau))
  }
}
