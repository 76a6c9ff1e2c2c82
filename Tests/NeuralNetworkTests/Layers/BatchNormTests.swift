import NeuralNetwork
import ReferenceKernels
import TestSupport
import Testing

/// The figures are those of PyTorch 2.13, by `norm(…)` of:
///
///     def norm(*shape):
///       m = waves(torch.nn.BatchNorm1d(shape[-1], dtype=torch.float64))
///       x = wave(*shape, phase=30).requires_grad_()
///       for mode in (m.train, m.eval):
///         mode()
///         x.grad = None
///         m.zero_grad()
///         y = m(x.movedim(-1, 1)).movedim(1, -1)
///         (y * wave(*y.shape, phase=33)).sum().backward()
///         show(y, x.grad, *(p.grad for p in m.parameters()), *m.buffers())
@Suite struct BatchNormTests {
  @Test(arguments: [[7, 3], [2, 3, 5]]) func followsPyTorch(_ dimensions: [Int]) {
    expectFigures(Shape(dimensions), as: Float.self)
    expectFigures(Shape(dimensions), as: Double.self)
  }

  private func expectFigures<Scalar: TensorScalar>(_ shape: Shape, as scalar: Scalar.Type) {
    let figures = shape.rank == 2 ? BatchNormFigures.rows : BatchNormFigures.sequences
    var layer = BatchNorm<Scalar>(size: shape[-1]).waves()
    let x = Tensor<Scalar>.wave(shape, phase: 30)
    expectPyTorch(trained(layer, x), figures["output"], "output")
    let (_, gradients) = valueWithGradient(at: layer) { contracted(trained($0, x), phase: 33) }
    #expect(gradients.names == ["weight", "bias"])
    expectPyTorch(gradients, figures)
    let dx = gradient(at: x) { contracted(trained(layer, $0), phase: 33) }
    expectPyTorch(dx, figures["dx"], "dx")

    gradients.updateStatistics(of: &layer)
    #expect(layer.buffers.map(\.name) == ["running_mean", "running_var", "num_batches_tracked"])
    for (name, value) in layer.buffers { expectPyTorch(value, figures[name], name) }

    expectPyTorch(layer(x), figures["inference"], "inference")
    let (_, atInference) = valueWithGradient(at: layer) { contracted($0(x), phase: 33) }
    for (name, value) in zip(atInference.names, atInference.values) {
      expectPyTorch(value, figures["inference \(name)"], "inference \(name)")
    }
    expectPyTorch(
      gradient(at: x) { contracted(layer($0), phase: 33) }, figures["inference dx"], "inference dx")
  }

  private func trained<Scalar: TensorScalar>(
    _ layer: BatchNorm<Scalar>, _ x: Tensor<Scalar>
  ) -> Tensor<Scalar> {
    var generator = anyGenerator()
    return layer(x, training: &generator)
  }

  @Test func gradientsAreCentralDifferences() {
    var layer = BatchNorm<Double>(size: 5).waves()
    layer.runningMean = .random([5], seed: 1)
    layer.runningVariance = .random([5], in: 0.5..<2, seed: 2)
    expectGradients(of: layer, at: [.wave([2, 3, 5], phase: 30)]) { layer, operands in
      trained(layer, operands[0])
    }
    expectGradients(of: layer, at: [.wave([2, 3, 5], phase: 30)]) { layer, operands in
      layer(operands[0])
    }
  }

  /// The gradient of a gradient, whose derivative is computed from other operations.
  @Test func secondDerivativesAreCentralDifferences() {
    let layer = BatchNorm<Double>(size: 3).waves()
    for isTraining in [true, false] {
      expectGradients(at: [.wave([5, 3], phase: 30)], within: 1e-6) { operands in
        let slope = gradient(at: operands[0]) { x in
          contracted((isTraining ? trained(layer, x) : layer(x)).squared(), phase: 33)
        }
        return slope * slope
      }
    }
  }

  @Test(arguments: [(2, 65), (3, 1), (65, 17), (17, 1003), (1100, 65), (70_001, 3)])
  func followsTheReference(rows: Int, columns: Int) {
    var layer = BatchNorm<Float>(size: columns)
    layer.weight = .random([columns], seed: 1)
    layer.bias = .random([columns], seed: 2)
    let x = Tensor<Float>.random([rows, columns], seed: 3)
    let dy = Tensor<Float>.random([rows, columns], seed: 4)
    func doubles(_ x: Tensor<Float>) -> [Double] { x.scalars.map(Double.init) }
    let y = Reference.batchNorm(
      doubles(x), weight: doubles(layer.weight!), bias: doubles(layer.bias!), epsilon: 1e-5,
      rows: rows, columns: columns)
    expectClose(trained(layer, x), y.map { Float($0) }, within: 5e-5, "y")
    let back = Reference.batchNormBackward(
      x: doubles(x), weight: doubles(layer.weight!), dy: doubles(dy), epsilon: 1e-5, rows: rows,
      columns: columns)
    let (_, gradients) = valueWithGradient(at: layer) { (trained($0, x) * dy).sum() }
    expectClose(gradients["weight"]!, back.weight.map { Float($0) }, within: 5e-5, "weight")
    expectClose(gradients["bias"]!, back.bias.map { Float($0) }, within: 5e-5, "bias")
    // Two rows that are nearly equal in a column have a factor in the hundreds.
    let dx = gradient(at: x) { (trained(layer, $0) * dy).sum() }
    expectClose(dx, back.x.map { Float($0) }, within: rows > 3 ? 5e-5 : 1e-2, "x")
  }

  @Test func givesTheSameBitsOnAnyNumberOfThreads() {
    let layer = BatchNorm<Float>(size: 65)
    let x = Tensor<Float>.random([1100, 65], seed: 3)
    let before = Parallelism.threadCount
    defer { Parallelism.threadCount = before }
    let results = [1, 2, 3].map { threads in
      Parallelism.threadCount = threads
      var layer = layer
      let (_, gradients) = valueWithGradient(at: layer) { contracted(trained($0, x), phase: 5) }
      let dx = gradient(at: x) { contracted(trained(layer, $0), phase: 5) }
      gradients.updateStatistics(of: &layer)
      return gradients.values + layer.buffers.map(\.value) + [dx]
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  @Test func equalNumbersBecomeTheShift() {
    let layer = BatchNorm<Float>(size: 3)
    #expect(trained(layer, .full([2, 3], 7)) == .zeros([2, 3]))
  }

  /// The cumulative average of PyTorch's `momentum=None`: the mean over the batches.
  @Test func averagesAllBatchesWithoutMomentum() {
    var layer = BatchNorm<Double>(size: 3, momentum: nil, hasParameters: false)
    let batches = (1...3).map { Tensor<Double>.random([7, 3], seed: $0) }
    for batch in batches {
      let gradients = valueWithGradient(at: layer) { trained($0, batch).sum() }.gradients
      #expect(gradients.names.isEmpty)
      gradients.updateStatistics(of: &layer)
    }
    expectClose(layer.runningMean, Tensor.concatenated(batches).mean(axis: 0))
    #expect(layer.batchCount.scalar == 3)
  }

  /// As in PyTorch, a frozen layer keeps its parameters, but not its running averages.
  @Test func everyOptimizerUpdatesTheStatisticsOnce() {
    let model = Sequential<Float>(
      Frozen(BatchNorm(size: 3)), Dense(weight: .random([2, 3], seed: 1), bias: nil))
    let x = Tensor<Float>.random([7, 3], seed: 2)
    let (_, gradients) = valueWithGradient(at: model) { model in
      var generator = anyGenerator()
      return model(x, training: &generator).squared().sum()
    }
    #expect(gradients.names == ["1.weight"])
    for optimizer: any Optimizer<Float> in [
      SGD(learningRate: 0.1), Adam(learningRate: 0.1), AdamW(learningRate: 0.1),
      GradientDescent(learningRate: 0.1),
    ] {
      var (moved, optimizer) = (model, optimizer)
      optimizer.update(&moved, along: gradients)
      expectClose(moved.buffers[0].value, x.mean(axis: 0) * 0.1)
      #expect(moved.buffers[2].value.scalar == 1)
    }
  }

  /// At inference and in an inner gradient, the statistics do not change. A gradient that is
  /// multiplied by infinity, such as that of √0, is computed in a pass of its own, which does not
  /// report the change again.
  @Test func statisticsChangeOnlyWithTheirOwnTrainingStep() {
    let layer = BatchNorm<Float>(size: 3)
    let x = Tensor<Float>.random([7, 3], seed: 2)
    func statistics(_ loss: (BatchNorm<Float>) -> Tensor<Float>) -> [Tensor<Float>] {
      var moved = layer
      valueWithGradient(at: layer, in: loss).gradients.updateStatistics(of: &moved)
      return moved.buffers.map(\.value)
    }
    let unchanged = layer.buffers.map(\.value)
    #expect(statistics { $0(x).sum() } == unchanged)
    let once = statistics { trained($0, x).sum() }
    #expect(once != unchanged)
    #expect(
      statistics { layer in
        let y = trained(layer, x)
        return y.sum() + (y * 0).sum().sqrt()
      } == once)
  }

  @Test func weightFilesHoldTheStatistics() throws {
    let directory = try TemporaryDirectory()
    let path = directory.path("weights.safetensors")
    var model = Sequential<Float>(BatchNorm<Float>(size: 3).waves())
    let (_, gradients) = valueWithGradient(at: model) { model in
      var generator = anyGenerator()
      return model(.random([7, 3], seed: 1), training: &generator).sum()
    }
    gradients.updateStatistics(of: &model)
    try model.saveWeights(to: path)
    var loaded = Sequential<Float>(BatchNorm(size: 3))
    try loaded.loadWeights(from: path)
    #expect(
      loaded.stateTensors.map(\.name) == [
        "0.weight", "0.bias", "0.running_mean", "0.running_var", "0.num_batches_tracked",
      ])
    #expect(loaded.stateTensors.map(\.value) == model.stateTensors.map(\.value))
  }

  @Test func oneRowStopsTraining() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var generator = Xoshiro256(seed: 1)
      _ = BatchNorm<Float>(size: 3)(.zeros([1, 3]), training: &generator)
    }
    expectStopped(
      result,
      "BatchNorm(3): a batch needs at least two rows in training, but its shape is [1, 3]")
  }

  /// `train(m, optim.Adam(m.parameters(), lr=0.05), x, wave(7, 3, phase=31))` of
  /// `TrainingStepTests`, and then `m.eval()` and `show(*m.buffers(), m(x))`, with:
  ///
  ///     m = waves(nn.Sequential(
  ///       nn.Linear(2, 5, bias=False), nn.BatchNorm1d(5), nn.Tanh(), nn.Linear(5, 3)))
  ///     x = wave(7, 2, phase=30) * 4
  @Test func losesAsPyTorchDoes() {
    var model = NormalizedRegressor().waves()
    var optimizer = Adam<Float>(learningRate: 0.05)
    let x = Tensor<Float>.wave([7, 2], phase: 30) * 4
    let expected = [
      0.407216312, 0.27945643, 0.21000829, 0.165493111, 0.135655465, 0.118695836, 0.113447435,
      0.11775511, 0.125140562, 0.129248153,
    ]
    for (step, expected) in expected.enumerated() {
      let (loss, gradients) = valueWithGradient(at: model) { model in
        var generator = anyGenerator()
        return meanSquaredError(model(x, training: &generator), .wave([7, 3], phase: 31))
      }
      optimizer.update(&model, along: gradients)
      #expect((Double(loss.scalar) - expected).magnitude <= 1e-4 * expected, "step \(step)")
    }
    for (name, value) in model.buffers {
      expectPyTorch(value, BatchNormFigures.trained[name], name, within: 1e-4)
    }
    expectPyTorch(model(x), BatchNormFigures.trained["y"], "y", within: 1e-4)
  }
}

private struct NormalizedRegressor: Layer {
  var first: Dense<Float>
  var norm = BatchNorm<Float>(size: 5)
  var output: Dense<Float>

  init() {
    var generator = anyGenerator()
    first = Dense(inputSize: 2, outputSize: 5, hasBias: false, using: &generator)
    output = Dense(inputSize: 5, outputSize: 3, using: &generator)
  }

  mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("0", &first)
    visit("1", &norm)
    visit("3", &output)
  }

  func forward(_ input: Tensor<Float>, _ pass: inout ForwardPass) -> Tensor<Float> {
    output.forward(norm.forward(first.forward(input, &pass), &pass).tanh(), &pass)
  }
}
