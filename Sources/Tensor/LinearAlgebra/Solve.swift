/// Returns the solution of the linear equations A · X = B, computed from LU factors.
///
/// ```swift
/// let x = try solve(a, b)   // [n, n], [n]        → [n]
///                           // [n, n], [n, m]     → [n, m]
///                           // [7, n, n], [n, m]  → [7, n, m]
/// ```
///
/// Leading axes are batches, and they are broadcast. A matrix counts as singular if elimination
/// finds a pivot that is exactly 0. A nearly singular matrix gives large, inaccurate numbers; use
/// ``leastSquares(_:_:relativeTolerance:)`` to find its rank. Stops the program if the shapes do
/// not match.
///
/// - Parameters:
///   - a: Square matrices.
///   - b: The right sides: a vector `[n]`, or the columns of matrices.
/// - Throws: A ``LinearAlgebraError`` if a matrix is singular or an element is not finite.
public func solve<Scalar: TensorScalar>(
  _ a: Tensor<Scalar>, _ b: Tensor<Scalar>
) throws(LinearAlgebraError) -> Tensor<Scalar> {
  if b.rank == 1 {
    let column = try solve(a, b.expandingShape(at: 1))
    return column.squeezingShape(at: column.rank - 1)
  }
  let left = MatrixBatch(square: a.shape, of: "solve")
  guard b.rank >= 2, b.shape[-2] == left.rows,
    let batches = Broadcast(left.shape, b.shape[0..<(b.rank - 2)])
  else {
    fatalError("solve: shapes \(a.shape) and \(b.shape) do not fit")
  }
  let fullA =
    left.count == 1
    ? a : a.broadcast(to: batches.shape.appending(left.rows).appending(left.rows))
  let fullB = b.broadcast(to: batches.shape.appending(left.rows).appending(b.shape[-1]))
  return try solveBatch(fullA, fullB)
}

/// Returns the solutions for operands with matching batches: `a` has the batches of `b`, or one.
///
/// With X = A⁻¹ · B, the gradient of B is G = A⁻ᵀ · dX, and the gradient of A is −G · Xᵀ.
private func solveBatch<Scalar: TensorScalar>(
  _ a: Tensor<Scalar>, _ b: Tensor<Scalar>
) throws(LinearAlgebraError) -> Tensor<Scalar> {
  try b.requireFinite("the right side", of: "solve")
  let factors = try LUFactors(a, of: "solve")
  try factors.requireRegular(for: "solve")
  return factors.recordedSolution(a, b)
}

extension LUFactors {
  /// Returns X of A · X = B, or of Aᵀ · X = B, as a recorded operation on B and on A, whose factors
  /// these are.
  fileprivate func recordedSolution(
    _ a: Tensor<Scalar>, _ b: Tensor<Scalar>, transposed: Bool = false
  ) -> Tensor<Scalar> {
    let result = solve(b.detached, transposed: transposed)
    guard a.isTracked || b.isTracked else { return result }
    return result.recorded(from: [a.source, b.source]) { [a = a.detached] received, pass in
      let ofB = recordedSolution(
        pass.operand(a, 0), received.first!, transposed: !transposed)
      if pass.wantsGradient(ofInput: 0) {
        let x = pass.result(result)
        let ofA =
          transposed ? matmul(x, ofB, transposingB: true) : matmul(ofB, x, transposingB: true)
        pass.add((-ofA).summed(to: a.shape), toInput: 0)
      }
      pass.add(ofB, toInput: 1)
    }
  }
}
