import NeuralNetwork
import ReferenceKernels
import TestSupport
import Testing

/// The figures are those of PyTorch 2.13, by `image(…)` of:
///
///     def image(m, *shape):
///       m = waves(m.double())
///       x = wave(*shape, phase=30).requires_grad_()
///       y = m(x.movedim(-1, 1)).movedim(1, -1)
///       (y * wave(*y.shape, phase=33)).sum().backward()
///       show(y, x.grad, *(p.grad for p in m.parameters()))
///     Conv2d = torch.nn.Conv2d
@Suite struct Conv2dTests {
  /// A kind of convolution, with the extents of its figures.
  enum Kind: CaseIterable {
    case plain, strided, dilated, grouped

    var shape: Shape {
      switch self {
      case .plain: [2, 5, 6, 2]
      case .strided: [2, 4, 5, 3]
      case .dilated: [2, 4, 9, 1]
      case .grouped: [1, 3, 5, 4]
      }
    }

    var figures: [String: [Double]] {
      switch self {
      case .plain: Conv2dFigures.plain
      case .strided: Conv2dFigures.strided
      case .dilated: Conv2dFigures.dilated
      case .grouped: Conv2dFigures.grouped
      }
    }

    func layer<Scalar: TensorScalar>(of _: Scalar.Type) -> Conv2d<Scalar> {
      var generator = anyGenerator()
      let random: Conv2d<Scalar> =
        switch self {
        case .plain:
          Conv2d(
            inputSize: 2, outputSize: 4, kernelSize: Extents2D(height: 3, width: 2),
            using: &generator)
        case .strided:
          Conv2d(
            inputSize: 3, outputSize: 2, kernelSize: Extents2D(height: 2, width: 3),
            stride: Extents2D(height: 2, width: 1), padding: Extents2D(height: 1, width: 2),
            using: &generator)
        case .dilated:
          Conv2d(
            inputSize: 1, outputSize: 3, kernelSize: Extents2D(height: 2, width: 3),
            stride: Extents2D(height: 1, width: 2), padding: Extents2D(height: 2, width: 0),
            dilation: Extents2D(height: 3, width: 2), using: &generator)
        case .grouped:
          Conv2d(
            inputSize: 4, outputSize: 6, kernelSize: Extents2D(height: 2, width: 1), groups: 2,
            hasBias: false, using: &generator)
        }
      return random.waves()
    }
  }

  @Test(arguments: Kind.allCases) func followsPyTorch(_ kind: Kind) {
    expectFigures(kind, as: Float.self)
    expectFigures(kind, as: Double.self)
  }

  private func expectFigures<Scalar: TensorScalar>(_ kind: Kind, as scalar: Scalar.Type) {
    let layer = kind.layer(of: scalar)
    let x = Tensor<Scalar>.wave(kind.shape, phase: 30)
    expectPyTorch(layer(x), kind.figures["output"], "output")
    let (_, gradients) = valueWithGradient(at: layer) { contracted($0(x), phase: 33) }
    #expect(gradients.names == (layer.bias == nil ? ["weight"] : ["weight", "bias"]))
    expectPyTorch(gradients, kind.figures)
    let dx = gradient(at: x) { contracted(layer($0), phase: 33) }
    expectPyTorch(dx, kind.figures["dx"], "dx")
  }

  @Test(arguments: Kind.allCases) func gradientsAreCentralDifferences(_ kind: Kind) {
    expectGradients(
      of: kind.layer(of: Double.self), at: [.wave(kind.shape, phase: 30)]
    ) { layer, operands in layer(operands[0]) }
  }

  /// Images in one and in several blocks, of one and of several tiles, images that the kernel
  /// exceeds, strides that leave rows and taps out, and groups.
  @Test(arguments: [
    Case(
      B: 9, C: 3, O: 17, rows: .init(7, kernel: 3, padding: 1),
      columns: .init(12, kernel: 5, stride: 2)),
    Case(
      B: 1, C: 65, O: 33, rows: .init(17, kernel: 2, padding: 3, dilation: 4),
      columns: .init(9, kernel: 3)),
    Case(
      B: 3, C: 6, O: 9, rows: .init(5, kernel: 7, stride: 2, padding: 4),
      columns: .init(8, kernel: 1, stride: 3), groups: 3),
    Case(B: 2, C: 4, O: 5, rows: .init(3, kernel: 6), columns: .init(7, kernel: 2)),
    Case(
      B: 2, C: 66, O: 5, rows: .init(23, kernel: 3, stride: 2, padding: 1),
      columns: .init(41, kernel: 3, padding: 2, dilation: 2)),
    Case(
      B: 3, C: 4, O: 6, rows: .init(13, kernel: 3, stride: 4, padding: 1, dilation: 2),
      columns: .init(10, kernel: 2, stride: 3), groups: 2),
    Case(B: 0, C: 2, O: 3, rows: .init(4, kernel: 1), columns: .init(5, kernel: 2)),
  ])
  func followsTheReference(_ one: Case) {
    let layer = one.layer
    let extents = one.extents
    let x = Tensor<Float>.random([one.B, one.rows.extent, one.columns.extent, one.C], seed: 3)
    let dy = Tensor<Float>.random(
      [one.B, one.rows.outputs, one.columns.outputs, one.O], seed: 4)
    let expected = Reference.convolutionForward(
      x: x.scalars, weight: layer.weight.scalars, bias: layer.bias!.scalars, extents)
    let back = Reference.convolutionBackward(
      x: x.scalars, weight: layer.weight.scalars, dy: dy.scalars, extents)
    #expect(layer(x).shape == dy.shape)
    expectClose(layer(x), expected, within: 5e-5, "y")
    let (_, gradients) = valueWithGradient(at: layer) { ($0(x) * dy).sum() }
    // Sums of some hundred products of numbers of about 1, in another order.
    expectClose(gradients["weight"]!, back.weight, within: 1e-4, "weight")
    expectClose(gradients["bias"]!, back.bias, within: 1e-4, "bias")
    expectClose(gradient(at: x) { (layer($0) * dy).sum() }, back.x, within: 1e-4, "x")
  }

  struct Case: Sendable {
    var B, C, O: Int
    var rows, columns: Reference.ImageAxis
    var groups = 1

    var layer: Conv2d<Float> {
      Conv2d(
        weight: .random([O, C / groups, rows.kernel, columns.kernel], seed: 1),
        bias: .random([O], seed: 2),
        stride: Extents2D(height: rows.stride, width: columns.stride),
        padding: Extents2D(height: rows.padding, width: columns.padding),
        dilation: Extents2D(height: rows.dilation, width: columns.dilation), groups: groups)
    }

    var extents: Reference.ImageConvolutionExtents {
      var extents = Reference.ImageConvolutionExtents(
        B: B, C: C, O: O, rows: rows, columns: columns)
      extents.groups = groups
      return extents
    }
  }

  /// Images of several tiles and groups. An activation in the layer gives the values and the gradients
  /// of the activation after the layer.
  @Test(arguments: Activation.allCases) func appliesItsActivation(_ activation: Activation) {
    let linear = Case(
      B: 3, C: 6, O: 9, rows: .init(23, kernel: 3, padding: 1),
      columns: .init(41, kernel: 5, stride: 2), groups: 3
    ).layer
    let layer = Conv2d(
      weight: linear.weight, bias: linear.bias, stride: linear.stride, padding: linear.padding,
      groups: linear.groups, activation: activation)
    let x = Tensor<Float>.random([3, 23, 41, 6], seed: 3)
    expectClose(layer(x), activation(linear(x)), "y")
    let (_, gradients) = valueWithGradient(at: layer) { contracted($0(x), phase: 5) }
    let (_, expected) = valueWithGradient(at: linear) {
      contracted(activation($0(x)), phase: 5)
    }
    // Sums of some thousand numbers of about 1.
    for name in expected.names {
      expectClose(gradients[name]!, expected[name]!, within: 1e-4, name)
    }
    expectClose(
      gradient(at: x) { contracted(layer($0), phase: 5) },
      gradient(at: x) { contracted(activation(linear($0)), phase: 5) }, "x")
  }

  @Test func givesTheSameBitsOnAnyNumberOfThreads() {
    let layer = Case(
      B: 9, C: 3, O: 17, rows: .init(17, kernel: 3, padding: 1), columns: .init(12, kernel: 5)
    ).layer
    let x = Tensor<Float>.random([9, 17, 12, 3], seed: 3)
    let before = Parallelism.threadCount
    defer { Parallelism.threadCount = before }
    let results = [1, 2, 3].map { threads in
      Parallelism.threadCount = threads
      return valueWithGradients(at: [x, layer.weight, layer.bias!]) { operands in
        contracted(
          Conv2d(weight: operands[1], bias: operands[2], padding: layer.padding)(operands[0]),
          phase: 5)
      }.gradients
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  /// `m = waves(Convolution())` and `train(m, optim.Adam(m.parameters(), lr=0.05),
  /// wave(7, 5, 7, 2, phase=30) * 4, wave(7, 3, phase=31))` of `TrainingStepTests`, with:
  ///
  ///     F = nn.functional
  ///     class Convolution(nn.Module):
  ///       def __init__(self):
  ///         super().__init__()
  ///         self.first = nn.Conv2d(2, 4, 3, padding=1)
  ///         self.second = nn.Conv2d(4, 5, (2, 3), stride=2)
  ///         self.output = nn.Linear(10, 3)
  ///       def forward(self, x):
  ///         x = F.max_pool2d(torch.relu(self.first(x.movedim(-1, 1))), 2, stride=1)
  ///         x = F.avg_pool2d(torch.tanh(self.second(x)), (1, 2), stride=1)
  ///         return self.output(x.movedim(1, -1).flatten(1))
  @Test func losesAsPyTorchDoes() {
    expectLosses(
      of: ImageRegressor().waves(), Adam(learningRate: 0.05),
      .wave([7, 5, 7, 2], phase: 30) * 4, .wave([7, 3], phase: 31),
      [
        0.187935187, 0.285323831, 0.167393189, 0.226961055, 0.209688224, 0.157220855, 0.138249102,
        0.153068316, 0.169341364, 0.16344238,
      ])
  }
}

/// Two convolutions with pooling, and a dense layer.
private struct ImageRegressor: Layer {
  var first, second: Conv2d<Float>
  var output: Dense<Float>

  init() {
    var generator = anyGenerator()
    first = Conv2d(
      inputSize: 2, outputSize: 4, kernelSize: 3, padding: 1, activation: .relu, using: &generator)
    second = Conv2d(
      inputSize: 4, outputSize: 5, kernelSize: Extents2D(height: 2, width: 3), stride: 2,
      activation: .tanh, using: &generator)
    output = Dense(inputSize: 10, outputSize: 3, using: &generator)
  }

  mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("first", &first)
    visit("second", &second)
    visit("output", &output)
  }

  func forward(_ input: Tensor<Float>, _ pass: inout ForwardPass) -> Tensor<Float> {
    let maxima = MaxPool2d<Float>(kernelSize: 2, stride: 1)
      .forward(first.forward(input, &pass), &pass)
    let means = AvgPool2d<Float>(kernelSize: Extents2D(height: 1, width: 2), stride: 1)
      .forward(second.forward(maxima, &pass), &pass)
    return output.forward(means.reshaped(to: [input.shape[0], 10]), &pass)
  }
}
