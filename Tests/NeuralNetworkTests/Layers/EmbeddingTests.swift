import NeuralNetwork
import ReferenceKernels
import TestSupport
import Testing

/// The figures are those of PyTorch 2.13, by `embedding(padding)` of:
///
///     def embedding(padding):
///       m = waves(torch.nn.Embedding(5, 3, padding_idx=padding))
///       y = m(torch.tensor([[1, 4, 2, 1], [2, 1, 0, 4]]))
///       (y * wave(*y.shape, phase=33)).sum().backward()
///       show(y, m.weight.grad)
///
/// with waves that overwrite the padding's zeros.
@Suite struct EmbeddingTests {
  private let indices = IndexTensor(rows: [[1, 4, 2, 1], [2, 1, 0, 4]])

  @Test func followsPyTorch() {
    // embedding(None), embedding(2)
    expectFigures(paddingIndex: nil, as: Float.self)
    expectFigures(paddingIndex: nil, as: Double.self)
    expectFigures(paddingIndex: 2, as: Float.self)
  }

  private func expectFigures<Scalar: TensorScalar>(
    paddingIndex: Int?, as scalar: Scalar.Type
  ) {
    let layer: Embedding<Scalar> = embedding(paddingIndex)
    #expect(layer(indices).shape == [2, 4, 3])
    expectPyTorch(
      layer(indices),
      [
        0.431604683, 0.167494075, -0.175391614, 0.427299454, 0.159549181, -0.183239565,
        -0.435787886, -0.491226306, -0.315633319, 0.431604683, 0.167494075, -0.175391614,
        -0.435787886, -0.491226306, -0.315633319, 0.431604683, 0.167494075, -0.175391614, 0,
        0.322108844, 0.492724865, 0.427299454, 0.159549181, -0.183239565,
      ])
    let (_, gradients) = valueWithGradient(at: layer) { contracted($0(indices), phase: 33) }
    #expect(gradients.names == ["weight"])
    let second = [-0.504617548, -0.376167477, -0.0707999629]
    expectPyTorch(
      gradients["weight"],
      [0.499450045, 0.366896999, 0.0617865614, 0.76782181, 0.858661043, 0.545658571]
        + (paddingIndex == 2 ? [0, 0, 0] : second)
        + [0, 0, 0, -0.530514172, -0.951740098, -0.925347785])
  }

  @Test(arguments: [nil, 2]) func gradientsAreCentralDifferences(paddingIndex: Int?) {
    let layer: Embedding<Double> = embedding(paddingIndex)
    // Without the padding's number, whose vector has no gradient.
    let trained = IndexTensor([1, 4, 3, 1, 0])
    expectGradients(of: layer, at: []) { layer, _ in layer(trained) }
  }

  /// The gradient of |∇ Σ v³|², which is that of Σ (3 c v²)² with c the times that a number occurs.
  @Test func secondDerivatives() {
    let layer: Embedding<Double> = embedding(2)
    let (_, gradients) = valueWithGradient(at: layer) { outer in
      let inner = valueWithGradient(at: outer) { $0(indices).squared().sum() }.gradients
      return inner["weight"]!.squared().sum()
    }
    // ∇ = 2 c v, and its square's gradient 8 c² v; 1 occurs three times, 4 twice, 0 once.
    let counts: [Double] = [1, 3, 0, 0, 2]
    let expected = layer.weight * Tensor(shape: [5, 1], scalars: counts.map { 8 * $0 * $0 })
    expectClose(gradients["weight"]!, expected)
  }

  @Test(arguments: [(V: 65, E: 3, N: 17), (3, 17, 1003), (17, 1, 0), (1003, 65, 1100)])
  func matchesReference(_ extents: (V: Int, E: Int, N: Int)) {
    let (V, E, N) = extents
    let layer = Embedding<Float>(weight: .random([V, E], seed: 1), paddingIndex: V / 2)
    var generator = Xoshiro256(seed: 2)
    let numbers = (0..<N).map { _ in Int.random(in: 0..<V, using: &generator) }
    let dy = Tensor<Float>.random([N, E], seed: 3)
    let (loss, gradients) = valueWithGradient(at: layer) {
      ($0(IndexTensor(numbers)) * dy).sum()
    }
    let rows = Reference.embeddingForward(
      weight: layer.weight.scalars, indices: numbers, V: V, E: E)
    #expect(layer(IndexTensor(numbers)).scalars == rows)
    #expect(loss.isTracked == false)
    let expected = Reference.embeddingBackward(
      dy: dy.scalars, indices: numbers, paddingIndex: V / 2, V: V, E: E)
    expectClose(gradients["weight"]!, expected)
  }

  /// In a process of its own, where nobody else takes the threads.
  @Test func gradientsAreTheSameBitsForEveryThreadCount() async {
    await #expect(processExitsWith: .success) {
      let layer = Embedding<Float>(weight: .random([97, 65], seed: 1))
      var generator = Xoshiro256(seed: 2)
      let numbers = IndexTensor((0..<2003).map { _ in Int.random(in: 0..<97, using: &generator) })
      func gradient() -> [Float] {
        valueWithGradient(at: layer) { $0(numbers).sin().sum() }.gradients.values[0].scalars
      }
      Parallelism.threadCount = 1
      let expected = gradient()
      for threads in [2, 3] {
        Parallelism.threadCount = threads
        #expect(gradient() == expected)
      }
    }
  }

  /// Ten training steps against PyTorch:
  ///
  ///     m = torch.nn.Embedding(5, 3, padding_idx=2)       # the weights are waves of phases 0, 1, 2
  ///     o = torch.nn.Linear(3, 2)
  ///     optimizer = optim.Adam([*m.parameters(), *o.parameters()], lr=0.05)
  ///     # the loss: ((o(m(indices)) - wave(2, 4, 2, phase=31)) ** 2).mean()
  @Test func lossesFallAsPyTorchs() {
    var network = EmbeddingRegressor().waves()
    var optimizer = Adam<Float>(learningRate: 0.05)
    let expected = [
      0.292965408, 0.221545237, 0.169131019, 0.133628364, 0.112783176, 0.103829255, 0.103416655,
      0.107524421, 0.11206391, 0.11415772,
    ]
    for expected in expected {
      let (loss, gradients) = valueWithGradient(at: network) {
        meanSquaredError($0.output($0.embedding(indices)), .wave([2, 4, 2], phase: 31))
      }
      optimizer.update(&network, along: gradients)
      #expect((Double(loss.scalar) - expected).magnitude <= 1e-4 * expected)
    }
  }

  @Test func paddingStartsAsZeros() {
    var generator = anyGenerator()
    let layer = Embedding<Float>(count: 5, size: 3, paddingIndex: 4, using: &generator)
    #expect(layer.weight[4] == .zeros([3]))
    #expect(layer.weight[3] != .zeros([3]))
    #expect(layer.description == "Embedding(5 × 3, padding: 4)")
  }

  @Test func mistakesStopTheProgram() async {
    let outside = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Embedding<Float>(weight: .zeros([5, 3]))(IndexTensor([1, 5]))
    }
    #expect(message(of: outside).contains("Embedding(5 × 3): expected indices in 0..<5, but got 5"))
    let padding = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = Embedding<Float>(weight: .zeros([5, 3]), paddingIndex: 7)
    }
    #expect(message(of: padding).contains("the padding index 7 is outside 0..<5"))
  }

  private func embedding<Scalar: TensorScalar>(_ paddingIndex: Int?) -> Embedding<Scalar> {
    Embedding(weight: .wave([5, 3], phase: 0), paddingIndex: paddingIndex)
  }
}

private struct EmbeddingRegressor: Module {
  var embedding = Embedding<Float>(weight: .zeros([5, 3]), paddingIndex: 2)
  var output = Dense<Float>(weight: .zeros([2, 3]), bias: .zeros([2]))

  mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("embedding", &embedding)
    visit("output", &output)
  }
}
