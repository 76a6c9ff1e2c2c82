import Tensor
import TestSupport
import Testing

struct MatrixProductTests {
  /// The product by its definition, with the transposes written out and the batches broadcast.
  private func naive<Scalar: TensorScalar>(
    _ a: Tensor<Scalar>, _ b: Tensor<Scalar>, _ transposingA: Bool, _ transposingB: Bool
  ) -> Tensor<Scalar> {
    let a = transposingA ? a.transposed : a
    let b = transposingB ? b.transposed : b
    let left = a.expandingShape(at: a.rank)  // […, m, k, 1]
    let right = b.expandingShape(at: b.rank - 2)  // […, 1, k, n]
    return (left * right).sum(axis: -2)
  }

  private func operands<Scalar: TensorScalar>(
    _ m: Int, _ k: Int, _ n: Int, _ transposingA: Bool, _ transposingB: Bool,
    batchesA: Shape = [], batchesB: Shape = []
  ) -> (Tensor<Scalar>, Tensor<Scalar>) {
    (
      .random(batchesA.appending(contentsOf: transposingA ? [k, m] : [m, k])),
      .random(batchesB.appending(contentsOf: transposingB ? [n, k] : [k, n]), seed: 2)
    )
  }

  static let transposes = [(false, false), (false, true), (true, false), (true, true)]

  /// Extents beyond what one tile of rows, one block of the depth and one packed piece of columns
  /// take, each by a little.
  @Test(arguments: transposes) func productsOfManyTiles(transposing: (Bool, Bool)) {
    let (m, k, n) = (65, 515, 261)
    let (a, b): (Tensor<Double>, Tensor<Double>) = operands(m, k, n, transposing.0, transposing.1)
    let rows = (0..<m).map { row in
      let left = transposing.0 ? a[.all, .index(row)] : a[row]
      let factors = left.expandingShape(at: transposing.1 ? 0 : 1)
      return (factors * b).sum(axis: transposing.1 ? 1 : 0)
    }
    let expected = Tensor.stacked(rows)
    expectClose(
      matmul(a, b, transposingA: transposing.0, transposingB: transposing.1), expected,
      within: 1e-12)
    expectClose(
      Tensor<Double>(
        matmul(
          Tensor<Float>(a), Tensor<Float>(b), transposingA: transposing.0,
          transposingB: transposing.1)), expected, within: 1e-4)
  }

  @Test(
    arguments: transposes,
    [
      (3, 5, 7), (1, 17, 3), (17, 1, 3), (3, 17, 1), (65, 33, 17), (0, 3, 5), (3, 0, 5), (3, 5, 0),
      // Whole panels of a packed right operand, and panels of which the last is not full.
      (17, 5, 16), (19, 0, 32), (33, 3, 68),
    ])
  func products(transposing: (Bool, Bool), extents: (Int, Int, Int)) {
    let (m, k, n) = extents
    let (a, b): (Tensor<Double>, Tensor<Double>) = operands(m, k, n, transposing.0, transposing.1)
    let expected = naive(a, b, transposing.0, transposing.1)
    #expect(expected.shape == [m, n])
    expectClose(
      matmul(a, b, transposingA: transposing.0, transposingB: transposing.1), expected,
      within: 1e-13)
    let single = matmul(
      Tensor<Float>(a), Tensor<Float>(b), transposingA: transposing.0, transposingB: transposing.1)
    expectClose(single, Tensor<Float>(expected), within: 1e-5)
  }

  @Test(
    arguments: transposes,
    [
      ([2], [2]), ([2], []), ([], [2]), ([2, 1], [7]), ([1], [7]), ([2, 1, 3], [5, 1]), ([0], []),
      ([0], [0]),
    ] as [(Shape, Shape)])
  func batches(transposing: (Bool, Bool), batches: (Shape, Shape)) {
    let (a, b): (Tensor<Double>, Tensor<Double>) = operands(
      3, 5, 4, transposing.0, transposing.1, batchesA: batches.0, batchesB: batches.1)
    expectClose(
      matmul(a, b, transposingA: transposing.0, transposingB: transposing.1),
      naive(a, b, transposing.0, transposing.1), within: 1e-13)
  }

  @Test func vectors() {
    let row = Tensor<Double>.random([5])
    let matrix = Tensor<Double>.random([5, 3], seed: 2)
    let batch = Tensor<Double>.random([2, 5, 3], seed: 3)
    expectClose(matmul(row, matrix), (row.expandingShape(at: 1) * matrix).sum(axis: 0))
    expectClose(matmul(matrix.transposed, row), matmul(row, matrix))
    expectClose(matmul(row, matrix.transposed, transposingB: true), matmul(row, matrix))
    expectClose(matmul(matrix, row, transposingA: true), matmul(row, matrix))
    expectClose(matmul(row, row), (row * row).sum())
    expectClose(dot(row, row), (row * row).sum())
    #expect(matmul(row, batch).shape == [2, 3])
    expectClose(matmul(row, batch)[1], matmul(row, batch[1]))
    #expect(matmul(batch.transposed, row).shape == [2, 3])
    #expect(dot(Tensor<Float>.zeros([0]), .zeros([0])) == Tensor(0))
  }

  @Test(arguments: transposes)
  func gradients(transposing: (Bool, Bool)) {
    let forms: [(Shape, Shape)] = [([], []), ([2], []), ([], [2]), ([2], [2]), ([2, 1], [3])]
    for (batchesA, batchesB) in forms {
      let (a, b): (Tensor<Double>, Tensor<Double>) = operands(
        3, 5, 4, transposing.0, transposing.1, batchesA: batchesA, batchesB: batchesB)
      func product(_ a: Tensor<Double>, _ b: Tensor<Double>) -> Tensor<Double> {
        matmul(a, b, transposingA: transposing.0, transposingB: transposing.1)
      }
      expectGradients(at: [a, b], "\(batchesA) × \(batchesB)") { product($0[0], $0[1]) }
      expectGradients(at: [a], "left alone") { product($0[0], b) }
      expectGradients(at: [b], "right alone") { product(a, $0[0]) }
    }
  }

  @Test func gradientsOfVectors() {
    let row = Tensor<Double>.random([5])
    let matrix = Tensor<Double>.random([5, 3], seed: 2)
    let batch = Tensor<Double>.random([2, 5, 3], seed: 3)
    expectGradients(at: [row, matrix], "row") { matmul($0[0], $0[1]) }
    expectGradients(at: [matrix, row], "column") { matmul($0[0], $0[1], transposingA: true) }
    expectGradients(at: [row, batch], "row, batch") { matmul($0[0], $0[1]) }
    expectGradients(at: [row, row * 2], "inner product") { matmul($0[0], $0[1]) }
    expectGradients(at: [row, row * 2], "dot") { dot($0[0], $0[1]) }
  }

  /// Views into the middle of larger matrices, whose other elements must stay as they are.
  @Test func viewsWithStrides() {
    let a = Tensor<Double>.random([7, 9])
    let b = Tensor<Double>.random([8, 11], seed: 2)
    var c = Tensor<Double>.full([6, 10], -7)
    let (partA, partB) = (a[.range(1..<4), .range(2..<7)], b[.range(2..<7), .range(3..<7)])
    a.read { a in
      b.read { b in
        c.write { c in
          multiply(
            MatrixView(a + 1 * 9 + 2, rows: 3, columns: 5, rowStride: 9),
            MatrixView(b + 2 * 11 + 3, rows: 5, columns: 4, rowStride: 11),
            into: MutableMatrixView(c + 1 * 10 + 5, rows: 3, columns: 4, rowStride: 10), alpha: 2,
            beta: 0.5)
        }
      }
    }
    var expected = Tensor<Double>.full([6, 10], -7)
    expected[.range(1..<4), .range(5..<9)] = matmul(partA, partB) * 2 - 3.5
    expectClose(c, expected)
  }
}
