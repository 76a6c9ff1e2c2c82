/// What ``leastSquares(_:_:relativeTolerance:)`` finds.
public struct LeastSquaresSolution<Scalar: TensorScalar>: Sendable {
  /// X: `[n]` for a vector B, `[n, columns]` for a matrix.
  public let solution: Tensor<Scalar>
  /// The squared Euclidean norm of each column of B − A · X: `[]` for a vector B, `[columns]` for a
  /// matrix.
  public let residuals: Tensor<Scalar>
  /// How many singular values of A are above the tolerance.
  public let rank: Int
  /// The singular values of A, descending: `[min(m, n)]`.
  public let singularValues: Tensor<Scalar>
}

/// X that minimises the Euclidean norm of B − A · X, column by column; where many do, the shortest.
///
/// By the singular value decomposition, so that A may have any shape and rank. Stops the program if the
/// shapes do not fit, or an operand is tracked.
///
/// - Parameters:
///   - a: One matrix `[m, n]`.
///   - b: A vector `[m]` or a matrix `[m, columns]`.
///   - relativeTolerance: Singular values up to this multiple of the greatest count as 0. The default
///     is NumPy's: the scalar type's machine epsilon times the greater of m and n.
/// - Throws: ``LinearAlgebraError``, if an element is not finite or the iteration does not converge.
public func leastSquares<Scalar: TensorScalar>(
  _ a: Tensor<Scalar>, _ b: Tensor<Scalar>, relativeTolerance: Scalar? = nil
) throws(LinearAlgebraError) -> LeastSquaresSolution<Scalar> {
  a.requireUntracked(by: "leastSquares")
  b.requireUntracked(by: "leastSquares")
  guard a.rank == 2, b.rank == 1 || b.rank == 2, b.shape[0] == a.shape[0] else {
    fatalError("leastSquares: shapes \(a.shape) and \(b.shape) do not fit")
  }
  try a.requireFinite("the matrix", of: "leastSquares")
  try b.requireFinite("the right side", of: "leastSquares")
  let columns = b.reshaped(to: [b.shape[0], b.shape[1..<b.rank].elementCount] as Shape)
  let tolerance = relativeTolerance ?? .ulpOfOne * Scalar(max(a.shape[0], a.shape[1]))
  let (solution, rank, singularValues) = try shortestSolution(a, columns, tolerance)
  let residuals = (columns - matmul(a, solution)).squared().sum(axis: 0)
  return LeastSquaresSolution(
    solution: solution.reshaped(to: b.shape.replacing(0, with: a.shape[1])),
    residuals: residuals.reshaped(to: b.shape.removing(0)),
    rank: rank, singularValues: singularValues)
}

private func shortestSolution<Scalar: TensorScalar>(
  _ a: Tensor<Scalar>, _ b: Tensor<Scalar>, _ tolerance: Scalar
) throws(LinearAlgebraError) -> (
  solution: Tensor<Scalar>, rank: Int, singularValues: Tensor<Scalar>
) {
  let (m, n) = (a.shape[0], a.shape[1])
  var work = a.copied()
  // LAPACK takes B and gives X in one matrix with room for both.
  var rows = Tensor<Scalar>.zeros([max(m, n), b.shape[1]])
  rows[0..<m] = b
  var singularValues = Tensor<Scalar>.zeros([min(m, n)])
  let rowsShape = rows.shape
  let (rank, status) = work.write { work in
    rows.write { rows in
      singularValues.withUnsafeMutableBufferPointer { singularValues in
        solveLeastSquares(
          MutableMatrixView(work, rows: m, columns: n),
          MutableMatrixView(rows, rows: rowsShape[0], columns: rowsShape[1]),
          singularValues: singularValues, tolerance: tolerance)
      }
    }
  }
  guard status == 0 else { throw .notConverged(operation: "leastSquares", matrix: 0) }
  // Nothing was computed for a matrix without rows: its shortest solution is the zeros of `rows`.
  return (rows[0..<n], rank, singularValues)
}

extension Shape {
  fileprivate func replacing(_ axis: Int, with extent: Int) -> Shape {
    var result = self
    result[axis] = extent
    return result
  }
}
