import NeuralNetwork
import ReferenceKernels
import TestSupport
import Testing

/// The figures are those of PyTorch 2.15, by `norm(2, 3, 5)` of:
///
///     def norm(*shape):
///       m = waves(torch.nn.LayerNorm(shape[-1], dtype=torch.float64))
///       x = wave(*shape, phase=30).requires_grad_()
///       y = m(x)
///       (y * wave(*y.shape, phase=33)).sum().backward()
///       show(y, x.grad, *(p.grad for p in m.parameters()))
@Suite struct LayerNormTests {
  @Test func followsPyTorch() {
    expectFigures(as: Float.self)
    expectFigures(as: Double.self)
  }

  private func expectFigures<Scalar: TensorScalar>(as scalar: Scalar.Type) {
    let layer = LayerNorm<Scalar>(size: 5).waves()
    let x = Tensor<Scalar>.wave([2, 3, 5], phase: 30)
    expectPyTorch(layer(x), Self.figures["output"], "output")
    let (_, gradients) = valueWithGradient(at: layer) { contracted($0(x), phase: 33) }
    #expect(gradients.names == ["weight", "bias"])
    expectPyTorch(gradients, Self.figures)
    let dx = gradient(at: x) { contracted(layer($0), phase: 33) }
    expectPyTorch(dx, Self.figures["dx"], "dx")
  }

  @Test func gradientsAreCentralDifferences() {
    expectGradients(
      of: LayerNorm<Double>(size: 5).waves(), at: [.wave([2, 3, 5], phase: 30)]
    ) { layer, operands in layer(operands[0]) }
  }

  /// The gradient of a gradient, whose derivative is computed from other operations.
  @Test func secondDerivativesAreCentralDifferences() {
    let layer = LayerNorm<Double>(size: 5).waves()
    expectGradients(at: [.wave([3, 5], phase: 30)], within: 1e-6) { operands in
      let slope = gradient(at: operands[0]) { contracted(layer($0), phase: 33) }
      return slope * slope
    }
  }

  @Test(arguments: [(1, 65), (3, 1), (65, 17), (17, 1003), (1100, 65), (0, 3)])
  func followsTheReference(rows: Int, columns: Int) {
    var layer = LayerNorm<Float>(size: columns)
    layer.weight = .random([columns], seed: 1)
    layer.bias = .random([columns], seed: 2)
    let x = Tensor<Float>.random([rows, columns], seed: 3)
    let dy = Tensor<Float>.random([rows, columns], seed: 4)
    expectClose(
      layer(x),
      Reference.layerNorm(
        x.scalars, weight: layer.weight.scalars, bias: layer.bias.scalars, epsilon: 1e-5,
        rows: rows, columns: columns))
    let back = Reference.layerNormBackward(
      x: x.scalars, weight: layer.weight.scalars, dy: dy.scalars, epsilon: 1e-5, rows: rows,
      columns: columns)
    let (_, gradients) = valueWithGradient(at: layer) { ($0(x) * dy).sum() }
    expectClose(gradients["weight"]!, back.weight, within: 5e-5, "weight")
    expectClose(gradients["bias"]!, back.bias, within: 5e-5, "bias")
    expectClose(gradient(at: x) { (layer($0) * dy).sum() }, back.x, within: 5e-5, "x")
  }

  @Test func equalNumbersBecomeTheShift() {
    let layer = LayerNorm<Float>(size: 3)
    #expect(layer(.full([2, 3], 7)) == .zeros([2, 3]))
  }

  private static let figures: [String: [Double]] = [
    "output": [
      0.420735492, 0.215855843, 0.333241128, 0.392415493, -0.0828279641, 0.420735492, 0.741802198,
      0.238526812, -0.38666924, -0.492721609, 0.420735492, 0.300888429, 0.559647385, 0.456207381,
      -0.170679796, 0.420735492, 0.597774616, -0.0514997222, -0.421353925, -0.352263356,
      0.420735492, 0.577777808, 0.921339153, 0.36912353, -0.42321819, 0.420735492, 0.216230678,
      -0.222857379, -0.044626678, -0.0334743737,
    ],
    "dx": [
      -0.201103471, 0.199700938, 0.118551154, -0.140666342, 0.0235177208, 0.144546862, -0.205233145,
      -0.0247324861, 0.178453706, -0.0930349369, -0.116555326, 0.19458517, -0.0710316465,
      -0.190560258, 0.18356206, 0.143992188, -0.181008597, 0.144212935, 0.152793546, -0.259990072,
      -0.127592783, 0.260395923, -0.11674292, -0.0910258661, 0.0749656467, -0.357078225,
      -0.262730976, 0.253766969, 0.194531964, 0.171510269,
    ],
    "weight": [
      -2.41905383, -0.93804608, -1.58838933, -2.00963372, -1.41885474,
    ],
    "bias": [
      0.352719751, 0.44667503, 0.330552063, 0.0589652957, -0.240353771,
    ],
  ]
}
