import NeuralNetwork
import TestSupport
import Testing

/// The figures are those of PyTorch 2.13, for gradients
/// `for k, p in enumerate(m.parameters()): p.grad = wave(*p.shape, phase=40 + k)` of a linear layer
/// `m = torch.nn.Linear(3, 2)`.
@Suite struct ClippingTests {
  @Test func norm() {
    // norm = torch.nn.utils.clip_grad_norm_(m.parameters(), 0.5)
    var clipped = gradients(of: linear(Float.self), 0)
    let norm = clipped.clip(norm: 0.5)
    #expect((norm - 0.9264011775955573).magnitude < 1e-6)
    expectPyTorch(
      all(clipped),
      [
        0.201077129, 0.0378455187, -0.14318543, -0.256874034, -0.249750766, -0.12516581,
        -0.0428061032, -0.204388211,
      ])
  }

  @Test func smallNormsStay() {
    let original = gradients(of: linear(Float.self), 0)
    var clipped = original
    #expect(clipped.clip(norm: 100) == original.norm)
    #expect(clipped.values == original.values)
  }

  @Test func value() {
    // torch.nn.utils.clip_grad_value_(m.parameters(), 0.3)
    var clipped = gradients(of: linear(Float.self), 0)
    clipped.clip(value: 0.3)
    expectPyTorch(
      all(clipped),
      [0.3, 0.0701203419, -0.265294589, -0.3, -0.3, -0.231907758, -0.0793113344, -0.3])
  }

  @Test(arguments: [Float.infinity, -.infinity, .nan])
  func gradientsOfNoFiniteNormStay(_ bad: Float) {
    let values = [Tensor<Float>([3, bad]), Tensor<Float>([4, 5, 6])]
    var clipped = Gradients(names: ["a", "b"], values: values)
    #expect(!clipped.clip(norm: 1).isFinite)
    #expect(clipped.values[1].scalars == [4, 5, 6])
    #expect(clipped.values[0][at: 0] == 3)
  }

  private func all<Scalar: TensorScalar>(_ gradients: Gradients<Scalar>) -> Tensor<Scalar> {
    .concatenated(gradients.values.map(\.flattened))
  }
}
