import ReferenceKernels

/// An optimizer in plain Swift.
protocol ReferenceOptimizer {
  /// Performs one step for all parameters, which must be the same in each call.
  mutating func update(_ parameters: inout [[Float]], along gradients: [[Float]])
}

/// Adam and AdamW.
struct ReferenceAdam: ReferenceOptimizer {
  private let settings: Reference.AdamSettings
  private var first: [[Float]] = []
  private var second: [[Float]] = []
  private var step = 0

  /// Creates an optimizer with PyTorch's defaults and the given weight decay.
  init(weightDecay: Double = 0, decoupledWeightDecay: Bool = false) {
    settings = .init(weightDecay: weightDecay, decoupledWeightDecay: decoupledWeightDecay)
  }

  mutating func update(_ parameters: inout [[Float]], along gradients: [[Float]]) {
    if step == 0 {
      first = parameters.map { [Float](repeating: 0, count: $0.count) }
      second = first
    }
    step += 1
    for index in parameters.indices {
      Reference.adam(
        &parameters[index], gradient: gradients[index], m: &first[index], v: &second[index],
        settings: settings, step: step)
    }
  }
}

/// Gradient descent, with or without momentum.
struct ReferenceSGD: ReferenceOptimizer {
  private let settings: Reference.SGDSettings
  private var velocities: [[Float]] = []
  private var isFirstStep = true

  init(learningRate: Double, momentum: Double = 0) {
    settings = .init(learningRate: learningRate, momentum: momentum)
  }

  mutating func update(_ parameters: inout [[Float]], along gradients: [[Float]]) {
    if isFirstStep { velocities = parameters.map { [Float](repeating: 0, count: $0.count) } }
    for index in parameters.indices {
      Reference.sgd(
        &parameters[index], gradient: gradients[index], velocity: &velocities[index],
        settings: settings, isFirstStep: isFirstStep)
    }
    isFirstStep = false
  }
}
