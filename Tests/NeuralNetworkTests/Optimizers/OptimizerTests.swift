import NeuralNetwork
import TestSupport
import Testing

/// The figures are those of PyTorch 2.13: the parameters after three steps along given gradients, for
/// the optimizer in each comment, by:
///
///     def steps(optimizer):
///       m = waves(torch.nn.Linear(3, 2, dtype=torch.float64))
///       o = optimizer(m.parameters())
///       for s in range(3):
///         for k, p in enumerate(m.parameters()): p.grad = wave(*p.shape, phase=40 + 10 * s + k)
///         o.step()
///       show(*m.parameters())
@Suite struct OptimizerTests {
  @Test func followPyTorch() {
    // SGD(p, lr=0.1)
    expectSteps(
      GradientDescent(learningRate: 0.1),
      [
        -0.00889638428, 0.336382834, 0.523455949, 0.464339552, 0.186837008, -0.1785379,
        0.443461056, 0.529425185,
      ])
    // SGD(p, lr=0.1, weight_decay=0.2)
    expectSteps(
      SGD(learningRate: 0.1, weightDecay: 0.2),
      [
        -0.00768343508, 0.318138906, 0.494335549, 0.438038459, 0.175725037, -0.169234616,
        0.419074599, 0.499757383,
      ])
    // SGD(p, lr=0.1, momentum=0.9)
    expectSteps(
      SGD(learningRate: 0.1, momentum: 0.9),
      [
        -0.0607966911, 0.305448478, 0.528036455, 0.502280637, 0.240294386, -0.134706069,
        0.426862981, 0.54959863,
      ])
    // SGD(p, lr=0.1, momentum=0.9, weight_decay=0.2, nesterov=True)
    expectSteps(
      SGD(learningRate: 0.1, momentum: 0.9, weightDecay: 0.2, isNesterov: true),
      [
        -0.0569896188, 0.274254376, 0.476512253, 0.454658971, 0.218972471, -0.119700204,
        0.384371136, 0.496607794,
      ])
    // Adam(p)
    expectSteps(
      Adam(),
      [
        -0.00143198171, 0.32042788, 0.493688575, 0.432786192, 0.168831369, -0.173719986,
        0.421430204, 0.496907991,
      ])
    // Adam(p, lr=0.1, betas=(0.8, 0.95), eps=0.01, weight_decay=0.2)
    expectSteps(
      Adam(learningRate: 0.1, beta1: 0.8, beta2: 0.95, epsilon: 0.01, weightDecay: 0.2),
      [
        -0.116078878, 0.149976357, 0.535015425, 0.500242026, 0.26170478, -0.0175478676,
        0.322489787, 0.551038583,
      ])
    // AdamW(p)
    expectSteps(
      AdamW(),
      [
        -0.00143195787, 0.320418246, 0.493673776, 0.432773225, 0.168826322, -0.173714752,
        0.421417568, 0.496893098,
      ])
    // AdamW(p, lr=0.1, betas=(0.8, 0.95), eps=0.01, weight_decay=0.2)
    expectSteps(
      AdamW(learningRate: 0.1, beta1: 0.8, beta2: 0.95, epsilon: 0.01, weightDecay: 0.2),
      [
        -0.122142759, 0.162521097, 0.550915545, 0.512252878, 0.274255501, -0.022467499,
        0.453976179, 0.563929926,
      ])
  }

  private func expectSteps<O: Optimizer>(
    _ optimizer: O, _ expected: [Double], sourceLocation: SourceLocation = #_sourceLocation
  ) where O.Scalar == Float {
    var optimizer = optimizer
    var model = linear(Float.self)
    for step in 0..<3 { optimizer.update(&model, along: gradients(of: model, step)) }
    let parameters = Tensor.concatenated(model.parameters.map(\.value.flattened))
    expectPyTorch(parameters, expected, "\(O.self)", sourceLocation: sourceLocation)
    #expect(optimizer.state.step == 3, sourceLocation: sourceLocation)
  }

  @Test func learningRateCanChangeBetweenSteps() {
    var model = linear(Double.self)
    let start = model
    var optimizer = GradientDescent<Double>(learningRate: 0.5)
    let gradients = gradients(of: model, 0)
    optimizer.update(&model, along: gradients)
    optimizer.learningRate = 0.25
    optimizer.update(&model, along: gradients)
    expectClose(model.weight, start.weight - gradients["weight"]! * 0.75)
  }

  @Test func copiesGoOnByThemselves() {
    var model = linear(Float.self)
    var optimizer = Adam<Float>(learningRate: 0.1)
    optimizer.update(&model, along: gradients(of: model, 0))
    var (otherModel, otherOptimizer) = (model, optimizer)
    optimizer.update(&model, along: gradients(of: model, 1))
    #expect(otherModel.weight != model.weight)
    #expect(otherOptimizer.state.step == 1)
    otherOptimizer.update(&otherModel, along: gradients(of: model, 1))
    #expect(otherModel.weight == model.weight)
  }

  @Test func gradientsOfNoParameterChangeNothing() {
    var model = Dropout<Float>(rate: 0.5)
    var optimizer = Adam<Float>()
    optimizer.update(&model, along: Gradients(names: [], values: []))
    optimizer.update(&model, along: Gradients(names: [], values: []))
    #expect(optimizer.state.step == 2)
    #expect(optimizer.state.tensors.isEmpty)
  }
}

func linear<Scalar: TensorScalar>(_ scalar: Scalar.Type) -> Dense<Scalar> {
  var generator = anyGenerator()
  return Dense(inputSize: 3, outputSize: 2, using: &generator).waves()
}

/// Gradients by formula, others at each step.
func gradients<M: Module>(of model: M, _ step: Int) -> Gradients<M.Scalar> {
  let parameters = model.parameters
  return Gradients(
    names: parameters.map(\.name),
    values: parameters.enumerated().map { index, parameter in
      .wave(parameter.value.shape, phase: Double(40 + 10 * step + index))
    })
}
