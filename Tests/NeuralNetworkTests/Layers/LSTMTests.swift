import NeuralNetwork
import TestSupport
import Testing

/// The figures are those of PyTorch 2.13, by `lstm(layers, with_state)` of:
///
///     def lstm(L, with_state, B=3, T=5, D=2, H=4):
///       m = waves(torch.nn.LSTM(D, H, num_layers=L, batch_first=True, dtype=torch.float64))
///       x = wave(B, T, D, phase=30).requires_grad_()
///       h0 = wave(L, B, H, phase=31).requires_grad_()
///       c0 = wave(L, B, H, phase=32).requires_grad_()
///       y, (h, c) = m(x, (h0, c0)) if with_state else m(x)
///       ((y * wave(*y.shape, phase=33)).sum() + (h * wave(*h.shape, phase=34)).sum()
///         + (c * wave(*c.shape, phase=35)).sum()).backward()
///       show(y, h, c, x.grad, *((h0.grad, c0.grad) if with_state else ()))
///       show(*(p.grad for p in m.parameters()))
@Suite struct LSTMTests {
  @Test func oneLayerFollowsPyTorch() {
    // lstm(1, False)
    expectFigures(LSTMFigures.oneLayer, layerCount: 1, hasState: false, as: Float.self)
    expectFigures(LSTMFigures.oneLayer, layerCount: 1, hasState: false, as: Double.self)
  }

  @Test func twoLayersWithAnInitialStateFollowPyTorch() {
    // lstm(2, True)
    let figures = LSTMFigures.twoLayersWithState
    expectFigures(figures, layerCount: 2, hasState: true, as: Float.self)
    expectFigures(figures, layerCount: 2, hasState: true, as: Double.self)
  }

  private func expectFigures<Scalar: TensorScalar>(
    _ figures: [String: [Double]], layerCount: Int, hasState: Bool, as scalar: Scalar.Type
  ) {
    let layer: LSTM<Scalar> = lstm(layerCount)
    let x = Tensor<Scalar>.wave([3, 5, 2], phase: 30)
    let hidden = Tensor<Scalar>.wave([layerCount, 3, 4], phase: 31)
    let cell = Tensor<Scalar>.wave([layerCount, 3, 4], phase: 32)
    func run(
      _ layer: LSTM<Scalar>, _ point: [Tensor<Scalar>]
    ) -> (output: Tensor<Scalar>, state: LSTM<Scalar>.State) {
      layer(point[0], state: hasState ? .init(hidden: point[1], cell: point[2]) : nil)
    }
    func loss(_ layer: LSTM<Scalar>, _ point: [Tensor<Scalar>]) -> Tensor<Scalar> {
      let (output, state) = run(layer, point)
      return contracted(output, phase: 33) + contracted(state.hidden, phase: 34)
        + contracted(state.cell, phase: 35)
    }
    let (output, state) = run(layer, [x, hidden, cell])
    #expect(output.shape == [3, 5, 4])
    #expect(state.hidden.shape == [layerCount, 3, 4])
    #expect(state.cell.shape == [layerCount, 3, 4])
    expectPyTorch(output, figures["output"], "output")
    expectPyTorch(state.hidden, figures["hidden"], "hidden")
    expectPyTorch(state.cell, figures["cell"], "cell")
    let (_, gradients) = valueWithGradient(at: layer) { loss($0, [x, hidden, cell]) }
    #expect(gradients.values.count == 4 * layerCount)
    expectPyTorch(gradients, figures)
    let (_, inputs) = valueWithGradients(at: [x, hidden, cell]) { loss(layer, $0) }
    expectPyTorch(inputs[0], figures["dx"], "dx")
    guard hasState else { return }
    expectPyTorch(inputs[1], figures["dh0"], "dh0")
    expectPyTorch(inputs[2], figures["dc0"], "dc0")
  }

  @Test(arguments: [1, 2])
  func gradientsAreCentralDifferences(layerCount: Int) {
    expectGradients(
      of: lstm(layerCount),
      at: [
        .wave([3, 5, 2], phase: 30), .wave([layerCount, 3, 4], phase: 31),
        .wave([layerCount, 3, 4], phase: 32),
      ]
    ) { layer, point in
      let (output, state) = layer(point[0], state: .init(hidden: point[1], cell: point[2]))
      return .concatenated([output.flattened, state.hidden.flattened, state.cell.flattened])
    }
  }

  /// A loss of one result alone must reach everything, too: the others' gradients are then missing.
  @Test(arguments: [0, 1, 2])
  func gradientsOfEachResultAreCentralDifferences(result: Int) {
    expectGradients(
      of: lstm(2),
      at: [
        .wave([3, 5, 2], phase: 30), .wave([2, 3, 4], phase: 31), .wave([2, 3, 4], phase: 32),
      ]
    ) { layer, point in
      let (output, state) = layer(point[0], state: .init(hidden: point[1], cell: point[2]))
      return [output, state.hidden, state.cell][result]
    }
  }

  @Test func lastStateIsTheEndOfTheSequence() {
    var generator = Xoshiro256(seed: 5)
    let layer = LSTM<Float>(
      inputSize: 2, hiddenSize: 4, layerCount: 2, returnsSequence: false, using: &generator)
    let x = Tensor<Float>.wave([3, 5, 2], phase: 30)
    let (output, _) = layer(x, state: nil)
    #expect(layer(x) == output[.all, .index(4)])
  }

  @Test func forgetGatesStartWithTheirBias() {
    var generator = Xoshiro256(seed: 5)
    let layer = LSTM<Float>(
      inputSize: 2, hiddenSize: 3, layerCount: 2, forgetBias: 1.5, using: &generator)
    for parameters in layer.layers {
      let bias = parameters.inputBias + parameters.recurrentBias
      #expect(bias.scalars == [0, 0, 0, 1.5, 1.5, 1.5, 0, 0, 0, 0, 0, 0])
    }
  }

  private func lstm<Scalar: TensorScalar>(_ layerCount: Int) -> LSTM<Scalar> {
    var generator = anyGenerator()
    return LSTM(inputSize: 2, hiddenSize: 4, layerCount: layerCount, using: &generator).waves()
  }
}
