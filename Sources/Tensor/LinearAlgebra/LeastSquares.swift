/// The result of ``leastSquares(_:_:relativeTolerance:)``.
public struct LeastSquaresSolution<Scalar: TensorScalar>: Sendable {
  /// The solution X: `[n]` for a vector B, `[n, columns]` for a matrix.
  public let solution: Tensor<Scalar>
  /// The squared Euclidean norm of each column of B − A · X: `[]` for a vector B, `[columns]` for a
  /// matrix.
  public let residuals: Tensor<Scalar>
  /// The number of singular values of A above the tolerance.
  public let rank: Int
  /// The singular values of A in descending order: `[min(m, n)]`.
  public let singularValues: Tensor<Scalar>
}

/// Returns X that minimizes the Euclidean norm of B − A · X, column by column. Of several
/// minimizers it returns the shortest.
///
/// The function uses the singular value decomposition, so A may have any shape and rank. Stops the
/// program if the shapes do not match, or if an operand is tracked.
///
/// - Parameters:
///   - a: A matrix `[m, n]`.
///   - b: A vector `[m]` or a matrix `[m, columns]`.
///   - relativeTolerance: The multiple of the largest singular value up to which singular values
///     count as 0. The default is NumPy's: the scalar type's machine epsilon times the larger of m
///     and n.
/// - Throws: A ``LinearAlgebraError`` if an element is not finite or the iteration does not
///   converge.
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
  // LAPACK uses one matrix for B and X, with space for both.
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
  // Without rows in the matrix nothing was computed, and the shortest solution is the zeros of
  // `rows`.
  return (rows[0..<n], rank, singularValues)
}

extension Shape {
  fileprivate func replacing(_ axis: Int, with extent: Int) -> Shape {
    var result = self
    result[axis] = extent
    return result
  }
}
