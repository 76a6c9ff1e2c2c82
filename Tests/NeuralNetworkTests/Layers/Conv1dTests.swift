import NeuralNetwork
import ReferenceKernels
import TestSupport
import Testing

/// The figures are those of PyTorch 2.15, by `conv(…)` of:
///
///     def conv(B, T, C, O, K, before=0, after=0, **options):
///       m = waves(torch.nn.Conv1d(C, O, K, dtype=torch.float64, **options))
///       x = wave(B, T, C, phase=30).requires_grad_()
///       y = m(torch.nn.functional.pad(x.mT, (before, after))).mT
///       (y * wave(*y.shape, phase=33)).sum().backward()
///       show(y, x.grad, *(p.grad for p in m.parameters()))
@Suite struct Conv1dTests {
  /// A kind of convolution, with the extents of its figures.
  enum Kind: CaseIterable {
    case plain, strided, causal, grouped

    var shape: Shape {
      switch self {
      case .plain, .causal: [2, 7, 3]
      case .strided: [2, 11, 3]
      case .grouped: [3, 5, 4]
      }
    }

    var figures: [String: [Double]] {
      switch self {
      case .plain: Conv1dFigures.plain
      case .strided: Conv1dFigures.strided
      case .causal: Conv1dFigures.causal
      case .grouped: Conv1dFigures.grouped
      }
    }

    func layer<Scalar: TensorScalar>(of _: Scalar.Type) -> Conv1d<Scalar> {
      var generator = anyGenerator()
      func layer(
        stride: Int = 1, _ padding: ConvolutionPadding = .none, dilation: Int = 1
      ) -> Conv1d<Scalar> {
        Conv1d(
          inputSize: 3, outputSize: 4, kernelSize: 5, stride: stride, padding: padding,
          dilation: dilation, using: &generator)
      }
      let random: Conv1d<Scalar> =
        switch self {
        case .plain: layer()
        case .strided: layer(stride: 2, .both(3))
        case .causal: layer(.causal, dilation: 2)
        case .grouped:
          Conv1d(
            inputSize: 4, outputSize: 6, kernelSize: 2, groups: 2, hasBias: false,
            using: &generator)
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

  /// Batches of one and of several blocks, sequences of one and of several tiles, steps that the
  /// kernel exceeds, strides that leave steps and taps out, and groups.
  @Test(arguments: [
    Case(B: 1, T: 65, C: 3, O: 17, K: 5, padding: .causal),
    Case(B: 65, T: 3, C: 17, O: 1, K: 2, padding: .none),
    Case(B: 17, T: 33, C: 1, O: 65, K: 3, stride: 2, padding: .both(4)),
    Case(B: 9, T: 70, C: 64, O: 48, K: 3, padding: .causal, dilation: 16),
    Case(B: 3, T: 5, C: 6, O: 9, K: 7, padding: .both(9), dilation: 2, groups: 3),
    Case(B: 11, T: 130, C: 8, O: 8, K: 3, padding: .causal, dilation: 4, groups: 8),
    Case(B: 2, T: 3, C: 4, O: 5, K: 6, padding: .none),
    Case(B: 2, T: 530, C: 65, O: 7, K: 3, padding: .causal, dilation: 5),
    Case(B: 3, T: 26, C: 5, O: 18, K: 4, stride: 3, padding: .both(2), dilation: 2),
    Case(B: 2, T: 19, C: 3, O: 4, K: 2, stride: 5, padding: .both(1)),
    Case(B: 0, T: 4, C: 2, O: 3, K: 1, padding: .none),
  ])
  func followsTheReference(_ one: Case) {
    let layer = one.layer
    let extents = one.extents
    let x = Tensor<Float>.random([one.B, one.T, one.C], seed: 3)
    let dy = Tensor<Float>.random([one.B, extents.outputSteps, one.O], seed: 4)
    let expected = Reference.convolutionForward(
      x: x.scalars, weight: layer.weight.scalars, bias: layer.bias!.scalars, extents)
    let back = Reference.convolutionBackward(
      x: x.scalars, weight: layer.weight.scalars, dy: dy.scalars, extents)
    #expect(layer(x).shape == dy.shape)
    expectClose(layer(x), expected, "y")
    let (_, gradients) = valueWithGradient(at: layer) { ($0(x) * dy).sum() }
    // Sums of up to 1,430 products of numbers of about 1, in another order.
    expectClose(gradients["weight"]!, back.weight, within: 2e-4, "weight")
    expectClose(gradients["bias"]!, back.bias, within: 1e-4, "bias")
    expectClose(gradient(at: x) { (layer($0) * dy).sum() }, back.x, within: 1e-4, "x")
  }

  struct Case: Sendable {
    var B, T, C, O, K: Int
    var stride = 1
    var padding: ConvolutionPadding
    var dilation = 1
    var groups = 1

    var layer: Conv1d<Float> {
      Conv1d(
        weight: .random([O, C / groups, K], seed: 1), bias: .random([O], seed: 2), stride: stride,
        padding: padding, dilation: dilation, groups: groups)
    }

    var extents: Reference.ConvolutionExtents {
      var extents = Reference.ConvolutionExtents(B: B, T: T, C: C, O: O, K: K)
      (extents.stride, extents.dilation, extents.groups) = (stride, dilation, groups)
      switch padding {
      case .none: break
      case .both(let count): (extents.before, extents.after) = (count, count)
      case .causal: extents.before = dilation * (K - 1)
      }
      return extents
    }
  }

  @Test func givesTheSameBitsOnAnyNumberOfThreads() {
    let layer = Case(B: 9, T: 70, C: 64, O: 48, K: 3, padding: .causal, dilation: 16).layer
    let x = Tensor<Float>.random([9, 70, 64], seed: 3)
    let before = Parallelism.threadCount
    defer { Parallelism.threadCount = before }
    let results = [1, 2, 3].map { threads in
      Parallelism.threadCount = threads
      return valueWithGradients(at: [x, layer.weight, layer.bias!]) { operands in
        let layer = Conv1d(
          weight: operands[1], bias: operands[2], padding: .causal, dilation: 16)
        return contracted(layer(operands[0]), phase: 5)
      }.gradients
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  @Test func causalOutputsDoNotDependOnLaterSteps() {
    let layer = Kind.causal.layer(of: Float.self)
    let x = Tensor<Float>.wave([2, 7, 3], phase: 30)
    let other = Tensor.concatenated([x.slice(axis: 1, 0..<4), .zeros([2, 3, 3])], axis: 1)
    #expect(layer(other).slice(axis: 1, 0..<4) == layer(x).slice(axis: 1, 0..<4))
    #expect(layer(other) != layer(x))
  }

  /// `m = waves(Convolution())` and `train(m, optim.Adam(m.parameters(), lr=0.05),
  /// wave(7, 6, 2, phase=30) * 4, wave(7, 3, phase=31))` of `TrainingStepTests`, with:
  ///
  ///     class Convolution(nn.Module):
  ///       def __init__(self):
  ///         super().__init__()
  ///         self.first, self.second = nn.Conv1d(2, 4, 3), nn.Conv1d(4, 5, 3, dilation=2)
  ///         self.output = nn.Linear(5, 3)
  ///       def forward(self, x):
  ///         x = torch.relu(self.first(nn.functional.pad(x.mT, (2, 0))))
  ///         x = torch.tanh(self.second(nn.functional.pad(x, (4, 0))))
  ///         return self.output(x[:, :, -1])
  @Test func losesAsPyTorchDoes() {
    expectLosses(
      of: ConvolutionRegressor().waves(), Adam(learningRate: 0.05),
      .wave([7, 6, 2], phase: 30) * 4, .wave([7, 3], phase: 31),
      [
        0.289070975, 0.100787329, 0.0602006376, 0.0366041802, 0.0437128276, 0.0403360549,
        0.03390764, 0.0283398533, 0.0202370303, 0.0153007712,
      ])
  }
}

/// Two convolutions whose last step goes through a dense layer.
private struct ConvolutionRegressor: Layer {
  var first, second: Conv1d<Float>
  var output: Dense<Float>

  init() {
    var generator = anyGenerator()
    first = Conv1d(
      inputSize: 2, outputSize: 4, kernelSize: 3, padding: .causal, activation: .relu,
      using: &generator)
    second = Conv1d(
      inputSize: 4, outputSize: 5, kernelSize: 3, padding: .causal, dilation: 2,
      activation: .tanh, using: &generator)
    output = Dense(inputSize: 5, outputSize: 3, using: &generator)
  }

  mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("first", &first)
    visit("second", &second)
    visit("output", &output)
  }

  func forward(_ input: Tensor<Float>, _ pass: inout ForwardPass) -> Tensor<Float> {
    let steps = second.forward(first.forward(input, &pass), &pass)
    let last = steps.slice(axis: 1, (steps.shape[1] - 1)..<steps.shape[1]).squeezingShape(at: 1)
    return output.forward(last, &pass)
  }
}
