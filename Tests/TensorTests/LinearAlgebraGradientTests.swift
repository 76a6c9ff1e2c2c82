import Tensor
import TestSupport
import Testing

/// Gradients of linear algebra, pinned to PyTorch 2.13:
///
/// ```python
/// import torch
/// torch.set_default_dtype(torch.float64)
/// count = torch.arange(1., 10).reshape(3, 3)
/// a = torch.arange(9.).square().sin().reshape(3, 3).requires_grad_()
/// b = torch.arange(6.).cos().reshape(3, 2).requires_grad_()
/// (torch.linalg.solve(a, b) * torch.arange(1., 7).reshape(3, 2)).sum().backward()
/// (torch.linalg.inv(a) * count).sum().backward()       # each with a.grad = None before
/// torch.linalg.det(a).backward()
/// torch.linalg.slogdet(a)[1].backward()
/// g = torch.arange(12.).square().sin().reshape(3, 4)
/// p = (g @ g.T + torch.eye(3)).requires_grad_()
/// (torch.linalg.cholesky(p) * count).sum().backward()
/// ```
struct LinearAlgebraGradientTests {
  private let tolerance = 1e-10
  private let a = Tensor<Double>.counting([3, 3]).squared().sin()
  private let count = Tensor<Double>.counting([3, 3]) + 1

  @Test func solutionsGradientsArePyTorchs() throws {
    let b = Tensor<Double>.counting([3, 2]).cos()
    let weights = Tensor<Double>.counting([3, 2]) + 1
    let (ofA, ofB) = try valueWithGradient(at: a, b) { (try solve($0, $1) * weights).sum() }
      .gradients
    expectClose(
      ofA,
      [
        -23.3949351937, 45.786744559, 17.6072513134, -32.7935728055, 64.1125087757, 24.2264086574,
        -15.8084252918, 30.9709515915, 12.1093251902,
      ], within: tolerance)
    expectClose(
      ofB,
      [
        -14.8468472506, -19.1673401032, -21.2380811655, -26.6075640472, -9.83344805699,
        -13.0729435762,
      ], within: tolerance)
  }

  @Test func inversesGradientIsPyTorchs() throws {
    expectClose(
      try gradient(at: a) { (try inverse($0) * count).sum() },
      [
        -61.0271138311, -105.879179361, -144.296936723, -86.4350456725, -149.545526407,
        -204.823058391, -40.8219737663, -71.0177285443, -96.3128197315,
      ], within: tolerance)
  }

  @Test func determinantsGradientsArePyTorchs() throws {
    expectClose(
      try gradient(at: a) { try determinant($0) },
      [
        -0.391109380568, -0.247896070281, -0.678595519855, -0.0523728288954, -0.750580711079,
        -0.834553128518, -0.329256105955, -0.311892297993, -0.346785747634,
      ], within: tolerance)
    expectClose(
      try gradient(at: a) { try logDeterminant($0).logAbsolute },
      [
        -1.28247118883, -0.812866128395, -2.22515553532, -0.171733656806, -2.46119930812,
        -2.73654991686, -1.07965058016, -1.02271360921, -1.13713132984,
      ], within: tolerance)
  }

  @Test func choleskysGradientIsPyTorchs() throws {
    let g = Tensor<Double>.counting([3, 4]).squared().sin()
    let p = matmul(g, g, transposingB: true) + Tensor.identity(3)
    expectClose(
      try gradient(at: p) { (try cholesky($0) * count).sum() },
      [
        0.0616409902159, 0.757904279552, 1.68082163197, 0.757904279552, 2.08727048643,
        2.86902721706, 1.68082163197, 2.86902721706, 2.46874309282,
      ], within: tolerance)
  }

  /// By the definition of a cofactor, in whole numbers. (PyTorch 2.13 gives zeros here.)
  @Test func determinantHasAGradientAtSingularMatrices() throws {
    let singular = Tensor<Double>([[1, 2, 3], [4, 5, 6], [2, 4, 6]])
    expectClose(
      try gradient(at: singular) { try determinant($0) }, [6, -12, 6, 0, 0, 0, -3, 6, -3],
      within: 1e-12)
    expectClose(
      try gradient(at: Tensor<Double>.zeros([3, 3])) { try determinant($0) }, .zeros([3, 3]))
    expectClose(try gradient(at: Tensor<Double>.zeros([1, 1])) { try determinant($0) }, [1])
  }

  @Test func centralDifferencesAgree() throws {
    let regular = Tensor<Double>.random([2, 3, 3]) + Tensor.identity(3) * 3
    let columns = Tensor<Double>.random([2, 3, 5], seed: 2)
    try expectGradients(at: [regular, columns], "solve") { try solve($0[0], $0[1]) }
    try expectGradients(at: [regular[0], columns], "solve, one matrix") {
      try solve($0[0], $0[1])
    }
    try expectGradients(at: [regular, columns[0]], "solve, one right side") {
      try solve($0[0], $0[1])
    }
    try expectGradients(at: [regular, Tensor.random([3], seed: 3)], "solve, vector") {
      try solve($0[0], $0[1])
    }
    try expectGradients(at: [regular], "inverse") { try inverse($0[0]) }
    try expectGradients(at: [regular], "determinant") { try determinant($0[0]) }
    try expectGradients(at: [regular], "logDeterminant") { try logDeterminant($0[0]).logAbsolute }
    // Only a symmetric change of a symmetric matrix has a meaning.
    try expectGradients(at: [regular], "cholesky") {
      try cholesky($0[0] + $0[0].transposed)
    }
  }
}
