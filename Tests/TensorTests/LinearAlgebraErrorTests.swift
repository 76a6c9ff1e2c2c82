import Tensor
import TestSupport
import Testing

/// What is wrong with a matrix is thrown, with what is known of it.
struct LinearAlgebraErrorTests {
  /// The second matrix of the batch has two equal columns.
  private let halfSingular = Tensor<Double>(
    shape: [2, 3, 3], scalars: [1, 0, 0, 0, 2, 0, 0, 0, 3, 1, 1, 5, 0, 0, 6, 2, 2, 7])

  @Test func singularMatrixNamesItsPivot() {
    let error = LinearAlgebraError.singular(operation: "solve", matrix: 1, pivot: 1)
    #expect(throws: error) { try solve(halfSingular, Tensor.ones([3, 4])) }
    #expect(throws: LinearAlgebraError.singular(operation: "inverse", matrix: 1, pivot: 1)) {
      try inverse(halfSingular)
    }
    #expect(error.description.contains("matrix 1 is singular: the pivot of column 1 is 0"))
    #expect(error.description.contains("leastSquares"))
  }

  @Test func logarithmOfASingularDeterminantHasNoGradient() {
    #expect(throws: LinearAlgebraError.singular(operation: "logDeterminant", matrix: 1, pivot: 1)) {
      try gradient(at: halfSingular) { try logDeterminant($0).logAbsolute.sum() }
    }
  }

  @Test func indefiniteMatrixNamesItsMinor() {
    let indefinite = Tensor<Float>([[4, 0, 0], [0, 1, 2], [0, 2, 3]])
    let error = LinearAlgebraError.notPositiveDefinite(
      operation: "cholesky", matrix: 0, leadingMinor: 3)
    #expect(throws: error) { try cholesky(indefinite) }
    #expect(error.description.contains("leading minor of order 3 is not positive"))
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func nonFiniteElementNamesItsPosition(value: Double) {
    var bad = Tensor<Double>.random([2, 3, 3])
    bad[at: 1, 0, 2] = value
    let matrix = bad[1]
    func error(_ operation: String, _ position: [Int]) -> LinearAlgebraError {
      .nonFinite(operation: operation, operand: "the matrix", position: position)
    }
    #expect(throws: error("solve", [1, 0, 2])) { try solve(bad, Tensor.ones([3])) }
    #expect(throws: error("inverse", [1, 0, 2])) { try inverse(bad) }
    #expect(throws: error("determinant", [1, 0, 2])) { try determinant(bad) }
    #expect(throws: error("logDeterminant", [1, 0, 2])) { try logDeterminant(bad) }
    #expect(throws: error("cholesky", [1, 0, 2])) { try cholesky(bad) }
    #expect(throws: error("qr", [1, 0, 2])) { try qr(bad) }
    #expect(throws: error("svd", [1, 0, 2])) { try svd(bad) }
    #expect(throws: error("symmetricEigen", [1, 0, 2])) { try symmetricEigen(bad) }
    #expect(throws: error("leastSquares", [0, 2])) { try leastSquares(matrix, Tensor.ones([3])) }
    #expect(
      throws: LinearAlgebraError.nonFinite(
        operation: "solve", operand: "the right side", position: [0, 2])
    ) { try solve(Tensor.identity(3), matrix) }
  }

  @Test func decompositionsWithoutGradientSaySo() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = try gradient(at: Tensor<Float>.identity(3)) { try svd($0).s.sum() }
    }
    #expect(message(of: result).contains("svd: no gradient is defined for this operation"))
    #expect(message(of: result).contains("pass x.detached to hold its operand of shape [3, 3]"))
  }

  @Test func wrongShapesStop() async {
    let notSquare = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = try inverse(Tensor<Float>.zeros([3, 5])) }
    #expect(
      message(of: notSquare).contains("inverse: expected square matrices, but got shape [3, 5]"))
    let unfit = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = try solve(Tensor<Float>.identity(3), Tensor.zeros([5, 2])) }
    #expect(message(of: unfit).contains("solve: shapes [3, 3] and [5, 2] do not fit"))
    let vector = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) { _ = try svd(Tensor<Float>.zeros([5])) }
    #expect(
      message(of: vector).contains("svd: expected a matrix or a batch of them, but got shape [5]"))
  }
}
