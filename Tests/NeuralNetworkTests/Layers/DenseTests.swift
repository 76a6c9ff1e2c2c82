import NeuralNetwork
import TestSupport
import Testing

/// The figures are those of PyTorch 2.13, by `dense(shape, activation, bias)` of:
///
///     def dense(shape, activation, bias=True):
///       m = waves(torch.nn.Linear(shape[-1], 4, bias=bias, dtype=torch.float64))
///       x = wave(*shape, phase=30).requires_grad_()
///       y = activation(m(x))
///       (y * wave(*y.shape, phase=33)).sum().backward()
///       show(y, x.grad, *(p.grad for p in m.parameters()))
@Suite struct DenseTests {
  @Test(arguments: Activation.allCases)
  func followsPyTorch(_ activation: Activation) throws {
    // dense((3, 5), torch.relu) and so on
    let figures = try #require(DenseFigures.byActivation[activation])
    expectFigures(figures, [3, 5], activation, as: Float.self)
    expectFigures(figures, [3, 5], activation, as: Double.self)
  }

  @Test func takesAVector() {
    // dense((5,), torch.sigmoid)
    expectFigures(DenseFigures.vector, [5], .sigmoid, as: Float.self)
  }

  @Test func takesSequencesWithoutBias() {
    // dense((2, 3, 5), torch.tanh, bias=False)
    expectFigures(
      DenseFigures.sequenceWithoutBias, [2, 3, 5], .tanh, hasBias: false, as: Float.self)
  }

  private func expectFigures<Scalar: TensorScalar>(
    _ figures: [String: [Double]], _ shape: Shape, _ activation: Activation, hasBias: Bool = true,
    as scalar: Scalar.Type, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let layer: Dense<Scalar> = dense(shape[-1], 4, activation, hasBias: hasBias)
    let x = Tensor<Scalar>.wave(shape, phase: 30)
    let y = layer(x)
    #expect(y.shape == shape[0..<(shape.rank - 1)].appending(4), sourceLocation: sourceLocation)
    expectPyTorch(y, figures["output"], "output", sourceLocation: sourceLocation)
    let (_, gradients) = valueWithGradient(at: layer) { contracted($0(x), phase: 33) }
    #expect(gradients.names == (hasBias ? ["weight", "bias"] : ["weight"]))
    expectPyTorch(gradients, figures, sourceLocation: sourceLocation)
    let dx = gradient(at: x) { contracted(layer($0), phase: 33) }
    expectPyTorch(dx, figures["dx"], "dx", sourceLocation: sourceLocation)
  }

  @Test(arguments: Activation.allCases, [true, false])
  func gradientsAreCentralDifferences(_ activation: Activation, hasBias: Bool) {
    for shape in [[5], [3, 5], [2, 3, 5]] as [Shape] {
      expectGradients(
        of: dense(5, 4, activation, hasBias: hasBias) as Dense<Double>,
        at: [.wave(shape, phase: 30)]
      ) { layer, operands in layer(operands[0]) }
    }
  }

  /// Weights may be computed from one another; the end of them all may not go down the stack.
  @Test func longChainsOfWeightsDoNotOverflowTheStack() {
    runThread(stackByteCount: 128 << 10) {
      let found = gradient(at: Tensor<Float>([[1]])) { x in
        (0..<50_000).reduce(x) { weight, _ in
          Dense(weight: weight, bias: nil)(Tensor([[1]]))
        }
      }
      #expect(found == Tensor([[1]]))
    }.wait()
  }

  @Test func rowsOfAnEmptyBatchAreNone() {
    let layer: Dense<Float> = dense(5, 4, .relu)
    #expect(layer(.zeros([0, 5])).shape == [0, 4])
    let (_, gradients) = valueWithGradient(at: layer) { $0(.zeros([0, 5])).sum() }
    #expect(gradients["weight"] == .zeros([4, 5]))
  }

  private func dense<Scalar: TensorScalar>(
    _ inputSize: Int, _ outputSize: Int, _ activation: Activation, hasBias: Bool = true
  ) -> Dense<Scalar> {
    var generator = anyGenerator()
    return Dense(
      inputSize: inputSize, outputSize: outputSize, activation: activation, hasBias: hasBias,
      using: &generator
    ).waves()
  }
}
