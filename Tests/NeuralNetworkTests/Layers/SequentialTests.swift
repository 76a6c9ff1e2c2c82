import NeuralNetwork
import TestSupport
import Testing

@Suite struct SequentialTests {
  @Test func followsPyTorch() {
    let network = network(Float.self)
    let x = Tensor<Float>.wave([3, 5], phase: 30)
    expectPyTorch(network(x), Self.figures["output"], "output")
    let (_, gradients) = valueWithGradient(at: network) { contracted($0(x), phase: 33) }
    #expect(gradients.names == ["0.weight", "0.bias", "2.weight", "2.bias"])
    expectPyTorch(gradients, Self.figures)
    let dx = gradient(at: x) { contracted(network($0), phase: 33) }
    expectPyTorch(dx, Self.figures["dx"], "dx")
  }

  @Test func gradientsAreCentralDifferences() {
    expectGradients(of: network(Double.self), at: [.wave([3, 5], phase: 30)]) { network, operands in
      network(operands[0])
    }
  }

  @Test func isAValue() {
    let original = network(Float.self)
    var changed = original
    changed.forEachParameter { _, parameter in parameter = .zeros(parameter.shape) }
    #expect(original.parameters[0].value == .wave([4, 5], phase: 0))
    #expect(changed.parameters[0].value == .zeros([4, 5]))
  }

  /// The middle layer has no parameters, but takes a number, as PyTorch's `Tanh` does.
  private func network<Scalar: TensorScalar>(_ scalar: Scalar.Type) -> Sequential<Scalar> {
    var generator = anyGenerator()
    return Sequential<Scalar>(
      Dense(inputSize: 5, outputSize: 4, activation: .tanh, using: &generator),
      Dropout(rate: 0.5),
      Dense(inputSize: 4, outputSize: 2, using: &generator)
    ).waves()
  }

  // Of PyTorch 2.13, by:
  //
  //   d = torch.float64
  //   m = waves(torch.nn.Sequential(torch.nn.Linear(5, 4, dtype=d), torch.nn.Tanh(),
  //                                 torch.nn.Linear(4, 2, dtype=d)))
  //   x = wave(3, 5, phase=30).requires_grad_()
  //   y = m(x)
  //   (y * wave(3, 2, phase=33)).sum().backward()
  //   show(y, x.grad, *(p.grad for p in m.parameters()))
  private static let figures: [String: [Double]] = [
    "output": [
      0.203608242, -0.553879086, 0.322024729, -0.629546949, 0.307011377, -0.649987945,
    ],
    "dx": [
      0.00779031343, 0.0124354821, 0.0112320493, 0.00474600816, -0.00397215477, 0.0269877488,
      0.0628983403, 0.0692268595, 0.042996905, -0.00345516576, -0.0122657259, -0.0162523731,
      -0.0125952753, -0.00301442271, 0.00798415999,
    ],
    "0.weight": [
      0.052922919, 0.0185139502, -0.0246024186, -0.0561478855, -0.0612861245, 0.024722697,
      0.0200293457, 0.00591588019, -0.0109799162, -0.0227116864, 0.0170466843, 0.02622064,
      0.0230626189, 0.00905788783, -0.00920690944, -0.0240757761, 0.00668419502, 0.0343004847,
      0.0457847205, 0.0357356868,
    ],
    "0.bias": [
      0.200097118, 0.121619173, -0.00913138964, -0.106498,
    ],
    "2.weight": [
      -0.0783039379, 0.207775528, -0.144948264, 0.129511236, -0.174237583, -0.029198913,
      -0.298669556, 0.189328342,
    ],
    "2.bias": [
      0.105096804, -0.345878725,
    ],
  ]
}
