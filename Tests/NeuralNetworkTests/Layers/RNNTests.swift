import NeuralNetwork
import TestSupport
import Testing

/// The figures are those of PyTorch 2.13, by `rnn(layers, nonlinearity, with_state)` of:
///
///     def rnn(L, f, with_state, B=3, T=5, D=2, H=4):
///       m = waves(torch.nn.RNN(D, H, num_layers=L, nonlinearity=f, batch_first=True,
///                              dtype=torch.float64))
///       x = wave(B, T, D, phase=30).requires_grad_()
///       h0 = wave(L, B, H, phase=31).requires_grad_()
///       y, h = m(x, h0) if with_state else m(x)
///       ((y * wave(*y.shape, phase=33)).sum() + (h * wave(*h.shape, phase=34)).sum()).backward()
///       show(y, h, x.grad, *((h0.grad,) if with_state else ()))
///       show(*(p.grad for p in m.parameters()))
@Suite struct RNNTests {
  @Test func oneLayerFollowsPyTorch() {
    // rnn(1, "tanh", False)
    expectFigures(RNNFigures.tanh, 1, .tanh, hasState: false, as: Float.self)
  }

  @Test func twoLayersWithAnInitialStateFollowPyTorch() {
    // rnn(2, "tanh", True), rnn(2, "relu", True)
    let figures = RNNFigures.twoReLULayersWithState
    expectFigures(figures, 2, .relu, hasState: true, as: Float.self)
    expectFigures(figures, 2, .relu, hasState: true, as: Double.self)
    expectFigures(RNNFigures.twoTanhLayersWithState, 2, .tanh, hasState: true, as: Float.self)
  }

  private func expectFigures<Scalar: TensorScalar>(
    _ figures: [String: [Double]], _ layerCount: Int, _ nonlinearity: RNNNonlinearity,
    hasState: Bool, as scalar: Scalar.Type
  ) {
    let layer: RNN<Scalar> = rnn(layerCount, nonlinearity)
    let x = Tensor<Scalar>.wave([3, 5, 2], phase: 30)
    let initial = Tensor<Scalar>.wave([layerCount, 3, 4], phase: 31)
    func loss(_ layer: RNN<Scalar>, _ point: [Tensor<Scalar>]) -> Tensor<Scalar> {
      let (output, state) = layer(point[0], state: hasState ? point[1] : nil)
      return contracted(output, phase: 33) + contracted(state, phase: 34)
    }
    let (output, state) = layer(x, state: hasState ? initial : nil)
    #expect(output.shape == [3, 5, 4])
    #expect(state.shape == [layerCount, 3, 4])
    expectPyTorch(output, figures["output"], "output")
    expectPyTorch(state, figures["hidden"], "hidden")
    let (_, gradients) = valueWithGradient(at: layer) { loss($0, [x, initial]) }
    #expect(gradients.values.count == 4 * layerCount)
    expectPyTorch(gradients, figures)
    let (_, inputs) = valueWithGradients(at: [x, initial]) { loss(layer, $0) }
    expectPyTorch(inputs[0], figures["dx"], "dx")
    if hasState { expectPyTorch(inputs[1], figures["dh0"], "dh0") }
  }

  @Test(arguments: [RNNNonlinearity.tanh, .relu])
  func gradientsAreCentralDifferences(nonlinearity: RNNNonlinearity) {
    expectGradients(
      of: rnn(2, nonlinearity), at: [.wave([3, 5, 2], phase: 30), .wave([2, 3, 4], phase: 31)]
    ) { layer, point in
      let (output, state) = layer(point[0], state: point[1])
      return .concatenated([output.flattened, state.flattened])
    }
  }

  private func rnn<Scalar: TensorScalar>(
    _ layerCount: Int, _ nonlinearity: RNNNonlinearity
  ) -> RNN<Scalar> {
    var generator = anyGenerator()
    return RNN(
      inputSize: 2, hiddenSize: 4, layerCount: layerCount, nonlinearity: nonlinearity,
      using: &generator
    ).waves()
  }
}
