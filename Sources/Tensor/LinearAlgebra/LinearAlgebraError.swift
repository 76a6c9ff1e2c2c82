/// Why a decomposition of a matrix, or a solution, does not exist.
///
/// `operation` is the function that was called; `matrix` says which matrix of a batch it was, counted
/// from 0 and row-major over the leading axes (0 where there is no batch).
public enum LinearAlgebraError: Error, Hashable, Sendable {
  /// Elimination with row exchanges met a pivot that is exactly 0, in this column counted from 0.
  case singular(operation: String, matrix: Int, pivot: Int)
  /// The leading minor of this order (the determinant of the first so many rows and columns) is not
  /// positive.
  case notPositiveDefinite(operation: String, matrix: Int, leadingMinor: Int)
  /// The operand of this name has a NaN or an infinity at this position, one index an axis.
  case nonFinite(operation: String, operand: String, position: [Int])
  /// The iteration for singular values or eigenvalues did not converge.
  case notConverged(operation: String, matrix: Int)
}

extension LinearAlgebraError: CustomStringConvertible {
  /// What is wrong, and how it can be mended.
  public var description: String {
    switch self {
    case .singular(let operation, let matrix, let pivot):
      return
        "\(operation): matrix \(matrix) is singular: the pivot of column \(pivot) is 0, so the "
        + "column depends on those before it; remove it, add a multiple of the identity, or use "
        + "leastSquares"
    case .notPositiveDefinite(let operation, let matrix, let order):
      return "\(operation): matrix \(matrix) is not positive definite: its leading minor of order "
        + "\(order) is not positive; check that it is symmetric, or add a multiple of the identity"
    case .nonFinite(let operation, let operand, let position):
      return "\(operation): \(operand) has a NaN or an infinity at \(position); remove or replace "
        + "such elements first"
    case .notConverged(let operation, let matrix):
      return "\(operation): the iteration did not converge on matrix \(matrix); scale its rows and "
        + "columns to like magnitudes, or compute in Double"
    }
  }
}
