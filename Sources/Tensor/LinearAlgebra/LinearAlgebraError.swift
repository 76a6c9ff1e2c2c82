/// The reason why a decomposition of a matrix, or a solution, does not exist.
///
/// `operation` is the name of the called function. `matrix` is the index of the matrix in the
/// batch, counted from 0 in row-major order of the leading axes (0 if there is no batch).
public enum LinearAlgebraError: Error, Hashable, Sendable {
  /// Elimination with row exchanges found a pivot that is exactly 0, in this column, counted from
  /// 0.
  case singular(operation: String, matrix: Int, pivot: Int)
  /// The leading minor of this order (the determinant of the first rows and columns) is not
  /// positive.
  case notPositiveDefinite(operation: String, matrix: Int, leadingMinor: Int)
  /// The named operand has a NaN or an infinity at this position, given as one index per axis.
  case nonFinite(operation: String, operand: String, position: [Int])
  /// The iteration for singular values or eigenvalues did not converge.
  case notConverged(operation: String, matrix: Int)
}

extension LinearAlgebraError: CustomStringConvertible {
  /// The cause of the error and how to fix it.
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
        + "columns to similar magnitudes, or compute in Double"
    }
  }
}
