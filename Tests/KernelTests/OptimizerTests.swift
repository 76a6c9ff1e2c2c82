import RealModule
import ReferenceKernels
import SIMDKernels
import Testing

// Three steps of each optimizer, pinned to PyTorch 2.13:
//
//     import torch
//
//     def wave(f, *shape):
//         n = torch.Size(shape).numel()
//         return f(torch.arange(n, dtype=torch.float64)).reshape(shape)
//
//     def run(make):
//         theta = torch.nn.Parameter(wave(torch.cos, 5).clone())
//         optimizer = make([theta])
//         for _ in range(3):
//             optimizer.zero_grad()
//             ((theta ** 4).sum() / 4 + (theta * wave(torch.sin, 5)).sum()).backward()
//             optimizer.step()
//         print(theta)
//
//     run(lambda p: torch.optim.SGD(p, lr=0.1))
//     run(lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, weight_decay=0.01))
//     run(lambda p: torch.optim.SGD(p, lr=0.1, momentum=0.9, nesterov=True))
//     run(lambda p: torch.optim.Adam(p, lr=0.1))
//     run(lambda p: torch.optim.Adam(p, lr=0.1, weight_decay=0.01, betas=(0.8, 0.99)))
//     run(lambda p: torch.optim.AdamW(p, lr=0.1, weight_decay=0.01))
//     run(lambda p: torch.optim.Adagrad(p, lr=0.1, initial_accumulator_value=0.5))
@Suite struct OptimizerTests {
  /// The gradient of the snippet's function at `theta`.
  func gradient(_ theta: [Double]) -> [Double] {
    zip(theta, ramp(theta.count, Double.sin)).map { $0 * $0 * $0 + $1 }
  }

  static let sgdCases: [(settings: Reference.SGDSettings, theta: [Double])] = [
    (
      .init(learningRate: 0.1),
      [
        0.770518551, 0.25934419, -0.649897996, -0.799998641, -0.37244585,
      ]
    ),
    (
      .init(learningRate: 0.1, momentum: 0.9, weightDecay: 0.01),
      [
        0.546165907, 0.00508459469, -0.852563072, -0.614157991, -0.113939752,
      ]
    ),
    (
      .init(learningRate: 0.1, momentum: 0.9, nesterov: true),
      [
        0.465015698, -0.203103448, -0.981637172, -0.553166754, 0.0791610679,
      ]
    ),
  ]

  static let adamCases: [(settings: Reference.AdamSettings, theta: [Double])] = [
    (
      .init(learningRate: 0.1),
      [
        0.707512818, 0.241139985, -0.714739065, -0.700471047, -0.355101251,
      ]
    ),
    (
      .init(learningRate: 0.1, beta1: 0.8, beta2: 0.99, weightDecay: 0.01),
      [
        0.710435272, 0.241805359, -0.713703555, -0.703963851, -0.35611026,
      ]
    ),
    (
      .init(learningRate: 0.1, weightDecay: 0.01, decoupledWeightDecay: true),
      [
        0.704931843, 0.239824057, -0.713204884, -0.697974069, -0.353451228,
      ]
    ),
  ]

  @Test(arguments: sgdCases) func sgd(settings: Reference.SGDSettings, expected: [Double]) {
    var reference = ramp(5, Double.cos)
    var velocity = [Double](repeating: .nan, count: 5)
    var kernel = reference
    var kernelVelocity = velocity
    var narrow = reference.map { Float($0) }
    var narrowVelocity = velocity.map { Float($0) }
    for step in 0..<3 {
      let g = gradient(reference)
      Reference.sgd(
        &reference, gradient: g, velocity: &velocity, settings: settings, isFirstStep: step == 0)
      var parameters = fs_sgd_parameters(settings, isFirstStep: step == 0)
      fs_sgd_f64(&kernel, gradient(kernel), &kernelVelocity, 5, &parameters)
      fs_sgd_f32(
        &narrow, gradient(reals(narrow)).map { Float($0) }, &narrowVelocity, 5, &parameters)
    }
    expectClose(reference, expected, tolerance: 2e-8, floor: 0.1, "reference")
    expectClose(kernel, expected, tolerance: 2e-8, floor: 0.1, "Doubles")
    expectClose(narrow, expected, tolerance: 1e-6, floor: 0.1, "Floats")
  }

  @Test(arguments: adamCases) func adam(settings: Reference.AdamSettings, expected: [Double]) {
    var (reference, m, v) = (ramp(5, Double.cos), ramp(5) { _ in 0 }, ramp(5) { _ in 0 })
    var (kernel, kernelM, kernelV) = (reference, m, v)
    var (narrow, narrowM, narrowV) = (
      reference.map { Float($0) }, m.map { Float($0) }, v.map { Float($0) }
    )
    for step in 1...3 {
      let g = gradient(reference)
      Reference.adam(&reference, gradient: g, m: &m, v: &v, settings: settings, step: step)
      var parameters = fs_adam_parameters(settings, step: step)
      fs_adam_f64(&kernel, gradient(kernel), &kernelM, &kernelV, 5, &parameters)
      fs_adam_f32(
        &narrow, gradient(reals(narrow)).map { Float($0) }, &narrowM, &narrowV, 5, &parameters)
    }
    expectClose(reference, expected, tolerance: 2e-8, floor: 0.1, "reference")
    expectClose(kernel, expected, tolerance: 2e-8, floor: 0.1, "Doubles")
    expectClose(narrow, expected, tolerance: 1e-6, floor: 0.1, "Floats")
  }

  @Test func adaGrad() {
    let expected = [0.824133196, 0.347261765, -0.599157106, -0.827013623, -0.461615246]
    var (reference, sum) = (ramp(5, Double.cos), ramp(5) { _ in 0.5 })
    var (kernel, kernelSum) = (reference, sum)
    var (narrow, narrowSum) = (reference.map { Float($0) }, sum.map { Float($0) })
    for _ in 0..<3 {
      let g = gradient(reference)
      Reference.adaGrad(&reference, gradient: g, sum: &sum, learningRate: 0.1, epsilon: 1e-10)
      fs_adagrad_f64(&kernel, gradient(kernel), &kernelSum, 5, 0.1, 1e-10)
      fs_adagrad_f32(
        &narrow, gradient(reals(narrow)).map { Float($0) }, &narrowSum, 5, 0.1, 1e-10)
    }
    expectClose(reference, expected, tolerance: 2e-8, floor: 0.1, "reference")
    expectClose(kernel, expected, tolerance: 2e-8, floor: 0.1, "Doubles")
    expectClose(narrow, expected, tolerance: 1e-6, floor: 0.1, "Floats")
  }

  /// Whole registers and remainders alike: one step against the reference.
  @Test(arguments: oddExtents) func everyElementIsUpdated(n: Int) {
    let g: [Float] = wave(n, phase: 1)
    for (settings, _) in Self.sgdCases {
      var theta: [Float] = wave(n)
      var velocity: [Float] = wave(n, phase: 2)
      var (fast, fastVelocity) = (theta + [0], velocity + [0])
      var parameters = fs_sgd_parameters(settings, isFirstStep: false)
      fs_sgd_f32(&fast, g, &fastVelocity, n, &parameters)
      Reference.sgd(
        &theta, gradient: g, velocity: &velocity, settings: settings, isFirstStep: false)
      expectClose(fast, theta + [0], tolerance: 1e-6, floor: 1, "SGD of \(n)")
      if settings.momentum != 0 {
        expectClose(fastVelocity, velocity + [0], tolerance: 1e-6, floor: 1, "velocity of \(n)")
      }
    }
    for (settings, _) in Self.adamCases {
      var theta: [Float] = wave(n)
      var m: [Float] = wave(n, phase: 2)
      var v: [Float] = wave(n, phase: 3).map { abs($0) }
      var (fast, fastM, fastV) = (theta + [0], m + [0], v + [0])
      var parameters = fs_adam_parameters(settings, step: 4)
      fs_adam_f32(&fast, g, &fastM, &fastV, n, &parameters)
      Reference.adam(&theta, gradient: g, m: &m, v: &v, settings: settings, step: 4)
      expectClose(fast, theta + [0], tolerance: 2e-6, floor: 1, "Adam of \(n)")
      expectClose(fastM, m + [0], tolerance: 1e-6, floor: 1, "m of \(n)")
      expectClose(fastV, v + [0], tolerance: 1e-6, floor: 1, "v of \(n)")
    }
  }

  @Test(arguments: oddExtents) func adaGradUpdatesEveryElement(n: Int) {
    let g: [Float] = wave(n, phase: 1)
    var (theta, sum): ([Float], [Float]) = (wave(n), wave(n, phase: 2).map { abs($0) })
    var (fast, fastSum) = (theta + [0], sum + [0])
    fs_adagrad_f32(&fast, g, &fastSum, n, 0.1, 1e-10)
    Reference.adaGrad(&theta, gradient: g, sum: &sum, learningRate: 0.1, epsilon: 1e-10)
    expectClose(fast, theta + [0], tolerance: 1e-6, floor: 1, "AdaGrad of \(n)")
    expectClose(fastSum, sum + [0], tolerance: 1e-6, floor: 1, "sum of \(n)")
  }

  /// Plain gradient descent has no velocity to keep.
  @Test func velocityMayBeMissing() {
    var theta: [Float] = [1, 2, 3]
    var parameters = fs_sgd_parameters(.init(learningRate: 0.5), isFirstStep: true)
    fs_sgd_f32(&theta, [2, 4, 8], nil, 3, &parameters)
    #expect(theta == [0, 0, -1])
  }
}

func reals(_ x: [Float]) -> [Double] { x.map { Double($0) } }

extension fs_sgd_parameters {
  init(_ settings: Reference.SGDSettings, isFirstStep: Bool) {
    self.init(
      learning_rate: settings.learningRate, momentum: settings.momentum,
      weight_decay: settings.weightDecay, nesterov: settings.nesterov ? 1 : 0,
      first_step: isFirstStep ? 1 : 0)
  }
}

extension fs_adam_parameters {
  init(_ settings: Reference.AdamSettings, step: Int) {
    self.init(
      learning_rate: settings.learningRate, beta1: settings.beta1, beta2: settings.beta2,
      epsilon: settings.epsilon, weight_decay: settings.weightDecay,
      decoupled_weight_decay: settings.decoupledWeightDecay ? 1 : 0,
      correction1: 1 - Double.pow(settings.beta1, step),
      correction2: 1 - Double.pow(settings.beta2, step))
  }
}
