import Tensor
import TestSupport
import Testing

/// Values pinned to PyTorch 2.13 and NumPy:
///
/// ```python
/// import numpy as np, torch
/// torch.set_default_dtype(torch.float64)
/// a = torch.arange(9.).square().sin().reshape(3, 3)
/// b = torch.arange(6.).cos().reshape(3, 2)
/// m = torch.arange(15.).square().sin().reshape(5, 3)
/// y = torch.arange(10.).cos().reshape(5, 2)
/// g = torch.arange(12.).square().sin().reshape(3, 4)
/// p = g @ g.T + torch.eye(3)
/// torch.linalg.solve(a, b), torch.linalg.inv(a), torch.linalg.det(a), torch.linalg.slogdet(a)
/// torch.linalg.cholesky(p), torch.linalg.qr(m), torch.linalg.svd(m, full_matrices=False)
/// torch.linalg.eigh(p), np.linalg.lstsq(m.numpy(), y.numpy(), rcond=None)
/// ```
struct LinearAlgebraTests {
  private let tolerance = 1e-11

  private let a = squaresSine([3, 3])
  private let m = squaresSine([5, 3])
  private let b = Tensor<Double>.range(6).cos().reshaped(to: [3, 2])
  private let y = Tensor<Double>.range(10).cos().reshaped(to: [5, 2])

  private static func squaresSine(_ shape: Shape) -> Tensor<Double> {
    Tensor.counting(shape).squared().sin()
  }

  private var positiveDefinite: Tensor<Double> {
    let g = Self.squaresSine([3, 4])
    return matmul(g, g, transposingB: true) + Tensor.identity(3)
  }

  @Test func solutionIsPyTorchs() throws {
    expectClose(
      try solve(a, b),
      [
        -0.505298056344, -0.829163151989, 0.879844404421, 1.70727022665, -0.343070304529,
        1.18434605943,
      ], within: tolerance)
  }

  @Test func inverseAndDeterminantsArePyTorchs() throws {
    expectClose(
      try inverse(a),
      [
        -1.28247118883, -0.171733656806, -1.07965058016, -0.812866128395, -2.46119930812,
        -1.02271360921, -2.22515553532, -2.73654991686, -1.13713132984,
      ], within: tolerance)
    expectClose(try determinant(a), [0.304965432341], within: tolerance)
    let (sign, logAbsolute) = try logDeterminant(a)
    #expect(sign == Tensor(1))
    expectClose(logAbsolute, [-1.18755684538], within: tolerance)
  }

  @Test func choleskyFactorIsPyTorchs() throws {
    var matrix = positiveDefinite
    matrix[at: 0, 2] = -7  // the upper triangle does not count
    expectClose(
      try cholesky(matrix),
      [
        1.56546002218, 0, 0, 0.157239055322, 1.72306430575, 0, 0.169162114373, -0.382185733581,
        1.82278991001,
      ], within: tolerance)
  }

  @Test func orthogonalFactorsArePyTorchs() throws {
    let (q, r) = try qr(m)
    expectClose(
      q,
      [
        0, 0.781647765338, -0.21145706676, -0.307917614799, -0.575560239242, -0.262007407415,
        0.741015484372, -0.144432329458, -0.654224424652, 0.470625841191, 0.000576556008196,
        0.532731162064, 0.366870702049, -0.192083710231, 0.418121918264,
      ], within: tolerance)
    expectClose(
      r,
      [
        -1.3384050325, -1.07725985128, 1.53726128195, 0, 1.07653475404, -0.828150624197, 0, 0,
        0.517742973636,
      ], within: tolerance)
  }

  @Test func singularValuesAndVectorsArePyTorchs() throws {
    let (u, s, vT) = try svd(m)
    expectClose(
      u,
      [
        -0.384139790689, -0.70012921398, -0.133951577377, -0.046334953223, 0.642781176508,
        -0.281808728176, 0.626644029881, -0.238478500812, -0.740553514709, 0.488160689893,
        -0.198831295684, 0.476924273388, 0.468301285474, 0.015670461563, 0.356040088962,
      ], within: tolerance)
    expectClose(s, [2.58750027078, 0.769625279713, 0.374602008105], within: tolerance)
    expectClose(
      vT,
      [
        -0.455273532903, -0.555235118587, 0.696017222004, 0.804244437195, -0.591846500232,
        0.05393148806, 0.381990700776, 0.584321558092, 0.715996802556,
      ], within: tolerance)
  }

  @Test func eigenvaluesAndVectorsArePyTorchs() throws {
    let (values, vectors) = try symmetricEigen(positiveDefinite)
    expectClose(values, [2.14881707345, 2.86233287177, 3.93043467005], within: tolerance)
    expectClose(
      vectors,
      [
        0.762913089705, 0.643871370962, 0.0582518258257, -0.514797684416, 0.659529205998,
        -0.547726729816, -0.391084340874, 0.38787998671, 0.834626955132,
      ], within: tolerance)
  }

  @Test func leastSquaresIsNumPys() throws {
    let found = try leastSquares(m, y)
    expectClose(
      found.solution,
      [
        -0.0936175890572, -1.26270190989, 2.21556126796, 1.01711979122, 1.49858525876,
        -0.0382050811016,
      ], within: tolerance)
    #expect(found.solution.shape == [3, 2])
    expectClose(found.residuals, [0.630838738127, 1.1945357334], within: tolerance)
    #expect(found.rank == 3)
    expectClose(
      found.singularValues, [2.58750027078, 0.769625279713, 0.374602008105], within: tolerance)
  }

  /// The last column is the sum of the others: `m[:, 2] = m[:, 0] + m[:, 1]`.
  @Test func leastSquaresRevealsTheRank() throws {
    var dependent = m
    dependent[.all, .index(2)] = m[.all, .index(0)] + m[.all, .index(1)]
    let found = try leastSquares(dependent, y)
    #expect(found.rank == 2)
    expectClose(
      found.solution,
      [
        -0.945559337111, -1.17715406379, 1.00414866659, 1.11183202288, 0.058589329482,
        -0.0653220409158,
      ], within: tolerance)
    expectClose(found.residuals, [1.2328316, 1.194927], within: 1e-6)
    #expect(try leastSquares(m, y, relativeTolerance: 0.2).rank == 2)
  }

  @Test func leastSquaresOfFewEquationsIsTheShortest() throws {
    let found = try leastSquares(m.transposed, y[0..<3][.all, .index(0)])
    expectClose(
      found.solution,
      [-0.70507105808, 1.10775501128, 0.171677310607, -0.809523818444, -0.415114685838],
      within: tolerance)
    #expect(found.solution.shape == [5])
    #expect(found.residuals.shape == [])
  }

  @Test func determinantOfASingularMatrixIsZero() throws {
    let singular = Tensor<Double>([[0, 3, 1], [0, 5, 2], [0, 7, 4]])
    #expect(try determinant(singular) == Tensor(0))
    let (sign, logAbsolute) = try logDeterminant(singular)
    #expect(sign == Tensor(0))
    #expect(logAbsolute == Tensor(-.infinity))
  }

  @Test func logDeterminantDoesNotOverflow() throws {
    let large = Tensor<Float>.identity(17) * -1e10
    #expect(try determinant(large).scalar == -.infinity)
    let (sign, logAbsolute) = try logDeterminant(large)
    #expect(sign.scalar == -1)
    expectClose(logAbsolute, [17 * 23.0258509])
  }

  @Test(arguments: [(5, 3), (3, 5), (17, 1), (1, 17), (65, 33)])
  func factorsMultiplyBack(rows: Int, columns: Int) throws {
    try checkFactors(Tensor<Float>.random([rows, columns]), within: 1e-5)
    try checkFactors(Tensor<Double>.random([2, 3, rows, columns]), within: 1e-13)
  }

  private func checkFactors<Scalar: TensorScalar>(
    _ matrices: Tensor<Scalar>, within tolerance: Scalar
  ) throws {
    let k = min(matrices.shape[-1], matrices.shape[-2])
    let identity = Tensor<Scalar>.identity(k).broadcast(
      to: matrices.shape[0..<(matrices.rank - 2)].appending(k).appending(k))
    let (q, r) = try qr(matrices)
    expectClose(matmul(q, r), matrices, within: tolerance, "Q · R")
    expectClose(matmul(q, q, transposingA: true), identity, within: tolerance, "Qᵀ · Q")
    for position in r.shape.positions where position.last! < position[position.count - 2] {
      #expect(r.at(position) == 0)
    }
    let (u, s, vT) = try svd(matrices)
    expectClose(
      matmul(u * s.expandingShape(at: s.rank - 1), vT), matrices, within: tolerance, "U · S · Vᵀ")
    expectClose(matmul(u, u, transposingA: true), identity, within: tolerance, "Uᵀ · U")
    expectClose(matmul(vT, vT, transposingB: true), identity, within: tolerance, "Vᵀ · V")
  }

  @Test(arguments: [1, 3, 17, 65])
  func squareFactorsMultiplyBack(n: Int) throws {
    let g = Tensor<Double>.random([2, n, n])
    let matrices = matmul(g, g, transposingB: true) + Tensor.identity(n)
    let identity = Tensor<Double>.identity(n).broadcast(to: [2, n, n])
    let lower = try cholesky(matrices)
    expectClose(matmul(lower, lower, transposingB: true), matrices, within: 1e-12, "L · Lᵀ")
    let (values, vectors) = try symmetricEigen(matrices)
    expectClose(
      matmul(vectors * values.expandingShape(at: 1), vectors, transposingB: true), matrices,
      within: 1e-12, "V · Λ · Vᵀ")
    #expect(values[1].scalars == values[1].scalars.sorted())
    expectClose(matmul(try inverse(matrices), matrices), identity, within: 1e-11, "A⁻¹ · A")
    let right = Tensor<Double>.random([2, n, 2], seed: 2)
    expectClose(matmul(matrices, try solve(matrices, right)), right, within: 1e-11, "A · X")
    expectClose(
      try logDeterminant(matrices).logAbsolute, values.log().sum(axis: 1), within: 1e-12, "log|A|")
  }

  @Test func solveBroadcastsItsBatches() throws {
    let many = Tensor<Double>.random([2, 1, 3, 3]) + Tensor.identity(3) * 3
    let right = Tensor<Double>.random([5, 3, 4], seed: 2)
    let x = try solve(many, right)
    #expect(x.shape == [2, 5, 3, 4])
    for i in 0..<2 {
      for j in 0..<5 { #expect(x[i][j] == (try solve(many[i][0], right[j]))) }
    }
    #expect(try solve(many[0][0], right).shape == [5, 3, 4])
    #expect(try solve(many, right[0][.all, .index(1)]).shape == [2, 1, 3])
    expectClose(
      matmul(many[1][0], try solve(many[1][0], right[2][.all, .index(3)])),
      right[2][.all, .index(3)], within: 1e-13)
  }

  @Test func emptyMatricesHaveEmptyFactors() throws {
    let none = Tensor<Float>.zeros([0, 0])
    #expect(try solve(none, Tensor.zeros([0, 3])).shape == [0, 3])
    #expect(try solve(Tensor<Float>.identity(3), Tensor.zeros([3, 0])).shape == [3, 0])
    #expect(try inverse(none).shape == [0, 0])
    #expect(try determinant(none) == Tensor(1))
    #expect(try determinant(Tensor<Float>.zeros([0, 3, 3])).shape == [0])
    #expect(try logDeterminant(none).logAbsolute == Tensor(0))
    #expect(try cholesky(none).shape == [0, 0])
    #expect(try symmetricEigen(none).values.shape == [0])
    let (q, r) = try qr(Tensor<Float>.zeros([0, 3]))
    #expect(q.shape == [0, 0] && r.shape == [0, 3])
    let (u, s, vT) = try svd(Tensor<Float>.zeros([5, 0]))
    #expect(u.shape == [5, 0] && s.shape == [0] && vT.shape == [0, 0])
    let found = try leastSquares(Tensor<Float>.zeros([0, 3]), Tensor.zeros([0, 2]))
    #expect(found.solution == .zeros([3, 2]) && found.rank == 0)
    #expect(
      try leastSquares(Tensor<Float>.zeros([3, 0]), Tensor([1, 2, 3])).residuals == Tensor(14))
  }
}
