import Tensor
import TestSupport
import Testing

/// Gradients of gradients, operation by operation.
///
/// The figures are PyTorch's, by `torch.autograd.grad`:
///
/// ```python
/// import math, torch
/// torch.set_default_dtype(torch.float64)
/// def wave(shape, phase):
///   n = torch.arange(math.prod(shape))
///   return (n * 0.7 + phase).sin().reshape(shape) * 0.5
/// def second(f, *shapes):
///   x = [(wave(s, k) + 1).requires_grad_() for k, s in enumerate(shapes)]
///   y = f(*x)
///   g = torch.autograd.grad((y * wave(y.shape, 9)).sum(), x, create_graph=True)
///   s = sum((d * wave(d.shape, 11 + k)).sum() for k, d in enumerate(g))
///   return torch.autograd.grad(s, x)
/// second(lambda x, y: x / y, (2, 3), (2, 1))       # "divide", and so on
/// ```
struct SecondDerivativeTests {
  typealias Operands = [Tensor<Double>]

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    let shapes: [Shape]
    let function: @Sendable (Operands) throws -> Tensor<Double>

    init(
      _ name: String, _ shapes: Shape...,
      function: @escaping @Sendable (Operands) throws -> Tensor<Double>
    ) {
      self.name = name
      self.shapes = shapes
      self.function = function
    }

    var testDescription: String { name }

    var point: Operands {
      shapes.enumerated().map { .wave($1, phase: Double($0)) + 1 }
    }

    /// The gradients of the contracted result, one behind another.
    func gradients(at point: Operands) throws -> Tensor<Double> {
      let gradients = try valueWithGradients(at: point) { operands in
        let y = try function(operands)
        return (y * .wave(y.shape, phase: 9)).sum()
      }.gradients
      return .concatenated(gradients.map(\.flattened))
    }
  }

  @Test(arguments: cases)
  func secondDerivativesAreThoseOfPyTorch(of one: Case) throws {
    let weights = one.shapes.enumerated().map {
      Tensor<Double>.wave($1, phase: 11 + Double($0)).flattened
    }
    let second = try valueWithGradients(at: one.point) { operands in
      (try one.gradients(at: operands) * .concatenated(weights)).sum()
    }.gradients
    expectClose(
      Tensor.concatenated(second.map(\.flattened)), try #require(Self.figures[one.name]),
      within: 1e-9, one.name)
  }

  @Test(arguments: cases)
  func secondDerivativesAreThoseOfDifferences(of one: Case) throws {
    try expectGradients(at: one.point, one.name) { try one.gradients(at: $0) }
  }

  @Test(arguments: cases.filter { ["divide", "softmax", "product", "matmul"].contains($0.name) })
  func thirdDerivativesAreThoseOfDifferences(of one: Case) throws {
    try expectGradients(at: one.point, one.name) { point in
      let second = try valueWithGradients(at: point) { try one.gradients(at: $0).squared().sum() }
      return .concatenated(second.gradients.map(\.flattened))
    }
  }

  static let cases: [Case] = [
    Case("add", [2, 3], [3]) { ($0[0] + $0[1]).squared() },
    Case("subtract", [2, 3], [2, 1]) { ($0[0] - $0[1]).squared() },
    Case("multiply", [2, 3], [3]) { $0[0] * $0[1] },
    Case("divide", [2, 3], [2, 1]) { $0[0] / $0[1] },
    Case("numbers", [2, 3]) { (2 - 3 * $0[0]).squared() / 4 + 1 / $0[0] },
    Case("negate", [2, 3]) { -$0[0] * $0[0] },
    Case("power", [2, 3]) { $0[0].power(2.5) },
    Case("exp", [2, 3]) { $0[0].exp() },
    Case("log", [2, 3]) { $0[0].log() },
    Case("sqrt", [2, 3]) { $0[0].sqrt() },
    Case("tanh", [2, 3]) { $0[0].tanh() },
    Case("sigmoid", [2, 3]) { $0[0].sigmoid() },
    Case("relu", [2, 3]) { ($0[0] - 0.9).relu() * $0[0] },
    Case("softplus", [2, 3]) { $0[0].softplus() },
    Case("abs", [2, 3]) { ($0[0] - 0.9).abs() * $0[0] },
    Case("squared", [2, 3]) { $0[0].squared() },
    Case("reciprocal", [2, 3]) { $0[0].reciprocal() },
    Case("sin", [2, 3]) { $0[0].sin() },
    Case("cos", [2, 3]) { $0[0].cos() },
    Case("maximum", [2, 3], [3]) { Tensor.maximum($0[0], $0[1]).squared() },
    Case("minimum", [2, 3], [3]) { Tensor.minimum($0[0], $0[1]).squared() },
    Case("clamped", [2, 3]) { $0[0].clamped(to: 0.8...1.2).squared() },
    Case("select", [2, 3], [3]) { .select($0[0] .> 0.9, $0[0] * $0[1], $0[1] / $0[0]) },
    Case("softmax", [2, 3]) { $0[0].softmax() },
    Case("logSoftmax", [2, 3]) { $0[0].logSoftmax() },
    Case("sum", [2, 3]) { $0[0].sum(axis: 0).squared() },
    Case("mean", [2, 3]) { $0[0].mean(axis: 1, keepingAxes: true) * $0[0] },
    Case("variance", [2, 3]) { $0[0].variance(axes: [1], correction: 1) },
    Case("standardDeviation", [2, 3]) { $0[0].standardDeviation(axes: [1]) },
    Case("product", [2, 5]) { $0[0].product(axes: [1]) },
    Case("max", [2, 3]) { $0[0].max(axes: [1]).squared() },
    Case("min", [2, 3]) { $0[0].min(axes: [0]).squared() },
    Case("cumulativeSum", [2, 3]) { $0[0].cumulativeSum().squared() },
    Case("norm", [2, 3]) { $0[0].norm() },
    Case("reshaped", [2, 3]) { $0[0].reshaped(to: [3, 2]).squared() },
    Case("transposed", [2, 3], [3, 1]) { ($0[0].transposed * $0[1]).squared() },
    Case("permuted", [2, 3, 2]) { $0[0].transposed([2, 0, 1]).squared() },
    Case("flipped", [2, 3]) { $0[0].flipped(axis: 1) * $0[0] },
    Case("broadcast", [2, 3]) { $0[0].broadcast(to: [4, 2, 3]).squared() },
    Case("concatenated", [2, 3], [1, 3]) { .concatenated([$0[0], $0[1], $0[0]]).squared() },
    Case("stacked", [2, 3], [2, 3]) { .stacked([$0[0], $0[1]], axis: 1).squared() },
    Case("split", [2, 3]) { $0[0].split(sizes: [1, 2], axis: 1)[1] * $0[0][.all, .range(0..<1)] },
    Case("slice", [2, 3]) { $0[0][1..<2].squared() },
    Case("strided", [2, 5]) { $0[0][.index(0), .stride(0..<5, by: 2)].squared() },
    Case("gathered", [2, 3]) { $0[0].gathered(at: [2, 0, 2, 1], axis: 1).squared() },
    Case("dot", [3], [3]) { dot($0[0], $0[1]).squared() },
    Case("matmul", [2, 3], [3, 4]) { matmul($0[0], $0[1]) },
    Case("matmulTransposed", [3, 2], [4, 3]) {
      matmul($0[0], $0[1], transposingA: true, transposingB: true).squared()
    },
    Case("matmulBatched", [2, 1, 3], [3, 2]) { matmul($0[0], $0[1]).tanh() },
    Case("solve", [3, 3], [3, 2]) { try solve($0[0] + .identity(3) * 3, $0[1]) },
    Case("inverse", [3, 3]) { try inverse($0[0] + .identity(3) * 3) },
    Case("logDeterminant", [3, 3]) { try logDeterminant($0[0] + .identity(3) * 3).logAbsolute },
  ]
}
