/// The factors P · L · U of each square matrix of a batch, from Gaussian elimination with row
/// exchanges.
struct LUFactors<Scalar: TensorScalar>: Sendable {
  let batch: MatrixBatch
  /// L below the diagonal and U on and above it: `[…, n, n]`.
  let factors: Tensor<Scalar>
  /// The row with which each row of a matrix was exchanged, counted from 1: `n` numbers per matrix.
  let pivots: [Int32]
  /// The first matrix with a pivot that is exactly 0, and that pivot, counted from 0; nil for none.
  let firstZeroPivot: (matrix: Int, pivot: Int)?

  /// Factorizes the matrices of a tensor `[…, n, n]`.
  ///
  /// Stops the program if they are not square.
  ///
  /// - Throws: A ``LinearAlgebraError`` if an element is not finite.
  init(_ a: Tensor<Scalar>, of operation: String) throws(LinearAlgebraError) {
    let batch = MatrixBatch(square: a.shape, of: operation)
    try a.requireFinite("the matrix", of: operation)
    let n = batch.rows
    var factors = a.copied()
    var pivots = [Int32](repeating: 0, count: batch.count * n)
    let failure = pivots.withUnsafeMutableBufferPointer { pivots in
      let pivots = SendablePointer(pivots)
      return factors.write { start in
        let start = SendablePointer(start)
        return batch.firstFailure { index in
          factorizeLU(
            batch.matrix(index, of: start.pointer),
            pivots: UnsafeMutableBufferPointer(
              rebasing: pivots.pointer[(index * n)..<(index * n + n)]))
        }
      }
    }
    self.batch = batch
    self.factors = factors
    self.pivots = pivots
    firstZeroPivot = failure.map { ($0.matrix, $0.status - 1) }
  }

  /// Throws an error if a matrix is singular.
  func requireRegular(for operation: String) throws(LinearAlgebraError) {
    if let (matrix, pivot) = firstZeroPivot {
      throw .singular(operation: operation, matrix: matrix, pivot: pivot)
    }
  }

  /// Returns X of A · X = B, or of Aᵀ · X = B, for regular A.
  ///
  /// - Parameter b: The right sides, `[…, n, m]`, with the leading axes of A. If A is a single
  ///   matrix, the leading axes are arbitrary.
  func solve(_ b: Tensor<Scalar>, transposed: Bool = false) -> Tensor<Scalar> {
    let right = MatrixBatch(b.shape, of: "solve")
    let n = batch.rows
    var result = b.copied()
    result.write { target in
      factors.read { factors in
        pivots.withUnsafeBufferPointer { pivots in
          let (factors, pivots) = (SendablePointer(factors), SendablePointer(pivots))
          let target = SendablePointer(target)
          parallelFor(right.count) { index in
            let source = batch.count == 1 ? 0 : index
            solveFromLU(
              batch.matrix(source, of: factors.pointer, transposed: transposed),
              pivots: UnsafeBufferPointer(
                rebasing: pivots.pointer[(source * n)..<(source * n + n)]),
              right.matrix(index, of: target.pointer))
          }
        }
      }
    }
    return result
  }

  /// Returns the inverse of each matrix. All matrices must be regular.
  func inverse() -> Tensor<Scalar> {
    solve(Tensor.identity(batch.rows).broadcast(to: factors.shape))
  }

  /// Calls a closure with each matrix's index, the diagonal of U, and the sign of the row
  /// exchanges.
  func forEachDiagonal(_ body: (_ matrix: Int, _ diagonal: [Scalar], _ sign: Scalar) -> Void) {
    let n = batch.rows
    factors.withUnsafeBufferPointer { factors in
      for matrix in 0..<batch.count {
        let isExchanged = (0..<n).lazy.map { pivots[matrix * n + $0] != Int32($0 + 1) }
        let isOdd = isExchanged.count(where: \.self) % 2 == 1
        body(
          matrix, (0..<n).map { factors[(matrix * n + $0) * n + $0] }, isOdd ? -1 : 1)
      }
    }
  }
}
