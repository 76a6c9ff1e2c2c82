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

  /// Dense layers in a row are one operation, up to one whose activation is none of its kind.
  @Test func denseLayersInARowFollowPyTorch() {
    let network = denseNetwork(Float.self)
    let x = Tensor<Float>.wave([7, 5, 3], phase: 30)
    expectPyTorch(network(x)[0], Self.denseFigures["output"], "output")
    let (_, gradients) = valueWithGradient(at: network) { contracted($0(x), phase: 33) }
    expectPyTorch(gradients, Self.denseFigures)
    let dx = gradient(at: x) { contracted(network($0), phase: 33) }
    expectPyTorch(dx[0], Self.denseFigures["dx"], "dx")
  }

  @Test func gradientsOfDenseLayersInARowAreCentralDifferences() {
    let x = Tensor<Double>.wave([7, 5, 3], phase: 30)
    expectGradients(of: denseNetwork(Double.self), at: [x]) { network, operands in
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

  @Test func frozenLayersPassGradientsOn() {
    var generator = anyGenerator()
    let first = Dense<Float>(inputSize: 3, outputSize: 4, activation: .tanh, using: &generator)
    let second = Dense<Float>(inputSize: 4, outputSize: 2, using: &generator)
    let x = Tensor<Float>.wave([7, 3], phase: 30)
    func loss(_ first: Dense<Float>, _ second: Dense<Float>) -> Tensor<Float> {
      contracted(Sequential(first, second)(x), phase: 33)
    }
    let (_, all) = valueWithGradient(at: Sequential(first, second)) {
      contracted($0(x), phase: 33)
    }
    let (_, ofFirst) = valueWithGradient(at: first) { loss($0, second) }
    let (_, ofSecond) = valueWithGradient(at: second) { loss(first, $0) }
    #expect(ofFirst.values + ofSecond.values == all.values)
  }

  /// Whatever follows whatever: the gradient of a linear layer is passed on as it lies.
  @Test(arguments: Self.pairs, Self.pairs)
  func gradientsOfAnyRowAreCentralDifferences(
    first: (Activation, Activation), last: (Activation, Activation)
  ) {
    var generator = anyGenerator()
    let activations = [first.0, first.1, last.0, last.1]
    let layers: [any Layer<Double>] = zip([3, 2, 4, 1], zip([2, 4, 1, 5], activations)).map {
      Dense(inputSize: $0, outputSize: $1.0, activation: $1.1, using: &generator)
    }
    let network = Sequential(layers).waves()
    expectGradients(of: network, at: [.wave([7, 3], phase: 30)]) { network, operands in
      network(operands[0])
    }
  }

  static let pairs: [(Activation, Activation)] = [
    (.linear, .linear), (.linear, .tanh), (.sigmoid, .linear), (.tanh, .sigmoid),
  ]

  /// The middle layer has no parameters, but takes a number, as PyTorch's `Tanh` does.
  private func network<Scalar: TensorScalar>(_ scalar: Scalar.Type) -> Sequential<Scalar> {
    var generator = anyGenerator()
    return Sequential<Scalar>(
      Dense(inputSize: 5, outputSize: 4, activation: .tanh, using: &generator),
      Dropout(rate: 0.5),
      Dense(inputSize: 4, outputSize: 2, using: &generator)
    ).waves()
  }

  private func denseNetwork<Scalar: TensorScalar>(_ scalar: Scalar.Type) -> Sequential<Scalar> {
    var generator = anyGenerator()
    return Sequential<Scalar>(
      Dense(inputSize: 3, outputSize: 2, activation: .tanh, using: &generator),
      Dense(inputSize: 2, outputSize: 4, activation: .sigmoid, hasBias: false, using: &generator),
      Dense(inputSize: 4, outputSize: 1, activation: .softplus, using: &generator),
      Dense(inputSize: 1, outputSize: 6, activation: .relu, using: &generator)
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

  // Of PyTorch 2.13, by:
  //
  //   d, n = torch.float64, torch.nn
  //   m = waves(n.Sequential(
  //     n.Linear(3, 2, dtype=d), n.Tanh(), n.Linear(2, 4, False, dtype=d), n.Sigmoid(),
  //     n.Linear(4, 1, dtype=d), n.Softplus(), n.Linear(1, 6, dtype=d), n.ReLU()))
  //   x = wave(7, 5, 3, phase=30).requires_grad_()
  //   y = m(x)
  //   (y * wave(7, 5, 6, phase=33)).sum().backward()
  //   show(y[0], x.grad[0], *(p.grad for p in m.parameters()))
  private static let denseFigures: [String: [Double]] = [
    "output": [
      0.0, 0.109436645, 0.469034452, 0.608038028, 0.461071818, 0.0972563279, 0.0, 0.10617774,
      0.46972418, 0.612351998, 0.466981103, 0.101981699, 0.0, 0.109380546, 0.469046325, 0.608112289,
      0.461173541, 0.0973376709, 0.0, 0.109400739, 0.469042052, 0.608085558, 0.461136925,
      0.0973083908, 0.0, 0.106175762, 0.469724598, 0.612354616, 0.46698469, 0.101984567,
    ],
    "dx": [
      -0.00279805061, -0.00520349893, -0.00516166041, 0.00122103829, 0.00206848412, 0.00194308954,
      0.000767824741, 0.00195659536, 0.0022251486, -0.00281167345, -0.00521419345, -0.0051643968,
      0.00116415824, 0.00198195221, 0.00186760309,
    ],
    "0.weight": [
      0.0990738445, 0.0496558294, -0.0231160982, 0.0500903495, 0.0292449759, -0.00535476685,
    ],
    "0.bias": [-0.0264342935, -0.0252223304],
    "1.weight": [
      0.00139147573, 0.0111424203, -0.00572697706, -0.042147556, -0.00774472533, -0.0731855142,
      -0.0114012808, -0.0753392717,
    ],
    "2.weight": [0.00632683099, -0.108568703, -0.106820453, 0.00728222898],
    "2.bias": [-0.0780201262],
    "3.weight": [0.0, 0.214774662, 0.221186868, 0.123571433, -0.0321615773, -0.172768496],
    "3.bias": [0.0, 0.542834836, 0.465660638, 0.169478965, -0.206411312, -0.485223124],
  ]
}
