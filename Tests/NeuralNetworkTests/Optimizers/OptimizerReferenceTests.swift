import NeuralNetwork
import ReferenceKernels
import TestSupport
import Testing

/// The optimizers against their definitions in plain Swift, at odd extents.
@Suite struct OptimizerReferenceTests {
  @Test(arguments: [1, 3, 17, 65], [false, true])
  func adam(count: Int, isDecoupled: Bool) {
    let settings = Reference.AdamSettings(
      learningRate: 0.1, beta1: 0.8, beta2: 0.95, epsilon: 1e-3, weightDecay: 0.2,
      decoupledWeightDecay: isDecoupled)
    var theta = start(count).scalars
    var m = [Float](repeating: 0, count: count)
    var v = m
    for step in 1...4 {
      Reference.adam(
        &theta, gradient: slope(count, step).scalars, m: &m, v: &v, settings: settings, step: step)
    }
    if isDecoupled {
      expect(
        theta,
        AdamW(learningRate: 0.1, beta1: 0.8, beta2: 0.95, epsilon: 1e-3, weightDecay: 0.2), count)
    } else {
      expect(
        theta, Adam(learningRate: 0.1, beta1: 0.8, beta2: 0.95, epsilon: 1e-3, weightDecay: 0.2),
        count)
    }
  }

  @Test(arguments: [1, 3, 17, 65], [false, true])
  func sgd(count: Int, isNesterov: Bool) {
    let settings = Reference.SGDSettings(
      learningRate: 0.1, momentum: 0.9, weightDecay: 0.2, nesterov: isNesterov)
    var theta = start(count).scalars
    var velocity = [Float](repeating: 0, count: count)
    for step in 1...4 {
      Reference.sgd(
        &theta, gradient: slope(count, step).scalars, velocity: &velocity, settings: settings,
        isFirstStep: step == 1)
    }
    expect(
      theta, SGD(learningRate: 0.1, momentum: 0.9, weightDecay: 0.2, isNesterov: isNesterov), count)
  }

  private func expect<O: Optimizer>(_ expected: [Float], _ optimizer: O, _ count: Int)
  where O.Scalar == Float {
    var optimizer = optimizer
    var model = Dense(weight: start(count), bias: nil)
    for step in 1...4 {
      optimizer.update(
        &model, along: Gradients(names: ["weight"], values: [slope(count, step)]))
    }
    expectClose(model.weight, expected)
  }

  private func start(_ count: Int) -> Tensor<Float> { .random([1, count], seed: 1) }

  private func slope(_ count: Int, _ step: Int) -> Tensor<Float> {
    .random([1, count], seed: UInt64(10 + step))
  }
}
