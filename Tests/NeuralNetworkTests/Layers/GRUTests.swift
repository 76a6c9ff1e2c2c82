import NeuralNetwork
import TestSupport
import Testing

/// The figures are those of PyTorch 2.13, by `gru(layers, with_state)` of:
///
///     def gru(L, with_state, B=3, T=5, D=2, H=4):
///       m = waves(torch.nn.GRU(D, H, num_layers=L, batch_first=True, dtype=torch.float64))
///       x = wave(B, T, D, phase=30).requires_grad_()
///       h0 = wave(L, B, H, phase=31).requires_grad_()
///       y, h = m(x, h0) if with_state else m(x)
///       ((y * wave(*y.shape, phase=33)).sum() + (h * wave(*h.shape, phase=34)).sum()).backward()
///       show(y, h, x.grad, *((h0.grad,) if with_state else ()))
///       show(*(p.grad for p in m.parameters()))
@Suite struct GRUTests {
  @Test func oneLayerFollowsPyTorch() {
    // gru(1, False)
    expectFigures(GRUFigures.oneLayer, layerCount: 1, hasState: false, as: Float.self)
    expectFigures(GRUFigures.oneLayer, layerCount: 1, hasState: false, as: Double.self)
  }

  @Test func twoLayersWithAnInitialStateFollowPyTorch() {
    // gru(2, True)
    let figures = GRUFigures.twoLayersWithState
    expectFigures(figures, layerCount: 2, hasState: true, as: Float.self)
    expectFigures(figures, layerCount: 2, hasState: true, as: Double.self)
  }

  private func expectFigures<Scalar: TensorScalar>(
    _ figures: [String: [Double]], layerCount: Int, hasState: Bool, as scalar: Scalar.Type
  ) {
    let layer: GRU<Scalar> = gru(layerCount)
    let x = Tensor<Scalar>.wave([3, 5, 2], phase: 30)
    let initial = Tensor<Scalar>.wave([layerCount, 3, 4], phase: 31)
    func loss(_ layer: GRU<Scalar>, _ point: [Tensor<Scalar>]) -> Tensor<Scalar> {
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

  @Test(arguments: [1, 2])
  func gradientsAreCentralDifferences(layerCount: Int) {
    expectGradients(
      of: gru(layerCount),
      at: [.wave([3, 5, 2], phase: 30), .wave([layerCount, 3, 4], phase: 31)]
    ) { layer, point in
      let (output, state) = layer(point[0], state: point[1])
      return .concatenated([output.flattened, state.flattened])
    }
  }

  /// A loss of one result alone must reach everything, too: the other's gradient is then missing.
  @Test(arguments: [0, 1])
  func gradientsOfEachResultAreCentralDifferences(result: Int) {
    expectGradients(
      of: gru(2), at: [.wave([3, 5, 2], phase: 30), .wave([2, 3, 4], phase: 31)]
    ) { layer, point in
      let (output, state) = layer(point[0], state: point[1])
      return [output, state][result]
    }
  }

  /// The mask applies to the hidden state in the products, and not where the update gate keeps it.
  @Test func gradientsWithDropoutAreCentralDifferences() {
    var generator = anyGenerator()
    let layer = GRU<Double>(
      inputSize: 2, hiddenSize: 4, layerCount: 2, dropout: 0.3, recurrentDropout: 0.4,
      using: &generator
    ).waves()
    expectGradients(
      of: layer, at: [.wave([3, 5, 2], phase: 30), .wave([2, 3, 4], phase: 31)]
    ) { layer, point in
      var pass = ForwardPass.training(Xoshiro256(seed: 9))
      let (output, state) = layer.forward(point[0], state: point[1], &pass)
      return .concatenated([output.flattened, state.flattened])
    }
  }

  /// With an update gate of 1, a unit keeps its state whatever recurrent dropout drops.
  @Test func recurrentDropoutLeavesKeptStatesWhole() {
    var generator = anyGenerator()
    var layer = GRU<Float>(
      inputSize: 1, hiddenSize: 3, recurrentDropout: 0.5, using: &generator)
    layer.layers[0].inputBias[3..<6] = .full([3], 100)
    let state = Tensor<Float>.random([1, 7, 3], seed: 2)
    var pass = ForwardPass.training(generator)
    let (_, final) = layer.forward(.zeros([7, 5, 1]), state: state, &pass)
    expectClose(final, state)
  }

  @Test func batchesAreTheirRows() {
    let layer: GRU<Double> = gru(2)
    let x = Tensor<Double>.wave([130, 5, 2], phase: 30)
    let output = layer(x)
    let dx = gradient(at: x) { layer($0).squared().sum() }
    for row in [0, 1, 64, 129] {
      let part = x[row..<(row + 1)]
      expectClose(layer(part)[0], output[row])
      expectClose(gradient(at: part) { layer($0).squared().sum() }[0], dx[row], within: 1e-12)
    }
  }

  @Test func nothingInIsNothingOut() {
    let layer: GRU<Float> = gru(2)
    #expect(layer(.zeros([0, 5, 2]), state: nil).state.shape == [2, 0, 4])
    let initial = Tensor<Float>.wave([2, 3, 4], phase: 31)
    let (empty, same) = layer(.zeros([3, 0, 2]), state: initial)
    #expect(empty.shape == [3, 0, 4])
    #expect(same == initial)
    let dInitial = gradient(at: initial) { layer(.zeros([3, 0, 2]), state: $0).state.sum() }
    #expect(dInitial == .ones([2, 3, 4]))
  }

  @Test func lastStateIsTheEndOfTheSequence() {
    var generator = Xoshiro256(seed: 5)
    let layer = GRU<Float>(
      inputSize: 2, hiddenSize: 4, layerCount: 2, returnsSequence: false, using: &generator)
    let x = Tensor<Float>.wave([3, 5, 2], phase: 30)
    #expect(layer(x) == layer(x, state: nil).output[.all, .index(4)])
  }

  /// In a process of its own, where nobody else takes the threads.
  @Test func resultsAreTheSameBitsForEveryThreadCount() async {
    await #expect(processExitsWith: .success) {
      var generator = Xoshiro256(seed: 5)
      let layer = GRU<Float>(
        inputSize: 3, hiddenSize: 17, layerCount: 2, dropout: 0.3, recurrentDropout: 0.4,
        using: &generator)
      let x = Tensor<Float>.random([330, 5, 3])
      func results() -> [[Float]] {
        let (loss, gradients) = valueWithGradient(at: layer) {
          var generator = Xoshiro256(seed: 9)
          return $0(x, training: &generator).squared().sum()
        }
        let dx = gradient(at: x) { layer($0).squared().sum() }
        return ([loss, layer(x), dx] + gradients.values).map(\.scalars)
      }
      Parallelism.threadCount = 1
      let expected = results()
      for threads in [2, 3] {
        Parallelism.threadCount = threads
        #expect(results() == expected)
      }
    }
  }

  /// Ten training steps against PyTorch, by `train` of TrainingStepTests.swift with:
  ///
  ///     class Regressor(nn.Module):
  ///       def __init__(self, layers):
  ///         super().__init__()
  ///         self.gru = nn.GRU(2, 4, num_layers=layers, batch_first=True)
  ///         self.output = nn.Linear(4, 3)
  ///       def forward(self, x): return self.output(self.gru(x)[0][:, -1])
  ///     m = waves(Regressor(2))
  ///     train(m, optim.Adam(m.parameters(), lr=0.02), wave(7, 5, 2, phase=30) * 4,
  ///           wave(7, 3, phase=31))
  @Test func lossesFallAsPyTorchs() {
    var generator = anyGenerator()
    let network = Sequential<Float>(
      GRU(
        inputSize: 2, hiddenSize: 4, layerCount: 2, returnsSequence: false, using: &generator),
      Dense(inputSize: 4, outputSize: 3, using: &generator)
    ).waves()
    expectLosses(
      of: network, Adam(learningRate: 0.02), .wave([7, 5, 2], phase: 30) * 4,
      .wave([7, 3], phase: 31),
      [
        0.194963733, 0.151825629, 0.143986369, 0.139647132, 0.129840479, 0.120880685, 0.118297067,
        0.12216295, 0.127522526, 0.129713435,
      ])
  }

  @Test func parametersHavePyTorchsNamesAndShapes() {
    let layer: GRU<Float> = gru(2)
    #expect(
      layer.parameters.map { "\($0.name) \($0.value.shape)" } == [
        "weight_ih_l0 [12, 2]", "weight_hh_l0 [12, 4]", "bias_ih_l0 [12]", "bias_hh_l0 [12]",
        "weight_ih_l1 [12, 4]", "weight_hh_l1 [12, 4]", "bias_ih_l1 [12]", "bias_hh_l1 [12]",
      ])
    #expect(layer.description == "GRU(2 → 4, layers: 2)")
  }

  private func gru<Scalar: TensorScalar>(_ layerCount: Int) -> GRU<Scalar> {
    var generator = anyGenerator()
    return GRU(inputSize: 2, hiddenSize: 4, layerCount: layerCount, using: &generator).waves()
  }
}
