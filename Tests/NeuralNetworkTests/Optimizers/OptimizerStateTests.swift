import NeuralNetwork
import TestSupport
import Testing

@Suite struct OptimizerStateTests {
  @Test func restoredOptimizersGoOnBitForBit() throws {
    try expectContinuation(GradientDescent<Float>(learningRate: 0.1), slots: [])
    try expectContinuation(SGD<Float>(learningRate: 0.1), slots: [])
    try expectContinuation(
      SGD<Float>(learningRate: 0.1, momentum: 0.9, weightDecay: 0.1, isNesterov: true),
      slots: ["momentum_buffer"])
    try expectContinuation(Adam<Float>(learningRate: 0.1), slots: ["exp_avg", "exp_avg_sq"])
    try expectContinuation(AdamW<Float>(learningRate: 0.1), slots: ["exp_avg", "exp_avg_sq"])
  }

  private func expectContinuation<O: Optimizer>(
    _ fresh: O, slots: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws where O.Scalar == Float {
    var optimizer = fresh
    var model = linear(Float.self)
    for step in 0..<3 { optimizer.update(&model, along: gradients(of: model, step)) }
    let state = optimizer.state
    #expect(state.step == 3, sourceLocation: sourceLocation)
    let names = slots.flatMap { slot in ["weight.\(slot)", "bias.\(slot)"] }
    #expect(state.tensors.map(\.name) == names, sourceLocation: sourceLocation)
    var restored = fresh
    var other = model
    try restored.restore(state, for: other)
    for step in 3..<5 {
      optimizer.update(&model, along: gradients(of: model, step))
      restored.update(&other, along: gradients(of: other, step))
    }
    #expect(other.weight == model.weight && other.bias == model.bias)
    #expect(
      zip(restored.state.tensors, optimizer.state.tensors).allSatisfy { $0.value == $1.value })
  }

  @Test func stateBeforeTheFirstStepRestoresToAFreshOptimizer() throws {
    var model = linear(Float.self)
    var optimizer = Adam<Float>()
    let start = optimizer.state
    optimizer.update(&model, along: gradients(of: model, 0))
    try optimizer.restore(start, for: model)
    #expect(optimizer.state.step == 0)
    #expect(optimizer.state.tensors.isEmpty)
  }

  @Test func statesThatDoNotFitAreRefused() throws {
    var model = linear(Float.self)
    var adam = Adam<Float>()
    adam.update(&model, along: gradients(of: model, 0))
    let good = adam.state
    expectRefusal(.invalidStep(-1)) { $0.step = -1 }
    expectRefusal(.missingTensor(name: "bias.exp_avg", shape: [2])) { $0.tensors.remove(at: 1) }
    expectRefusal(.unexpectedTensor(name: "bias.extra")) {
      $0.tensors.append((name: "bias.extra", value: .zeros([2])))
    }
    expectRefusal(.unexpectedTensor(name: "weight.exp_avg")) { $0.tensors.append($0.tensors[0]) }
    expectRefusal(.unexpectedTensor(name: "weight.exp_avg")) { $0.step = 0 }
    expectRefusal(
      .shapeMismatch(name: "weight.exp_avg_sq", expected: [2, 3], found: [3, 2])
    ) { $0.tensors[2].value = .zeros([3, 2]) }

    func expectRefusal(
      _ expected: OptimizerStateError, sourceLocation: SourceLocation = #_sourceLocation,
      _ change: (inout OptimizerState<Float>) -> Void
    ) {
      var state = good
      change(&state)
      var optimizer = adam
      #expect(throws: expected, sourceLocation: sourceLocation) {
        try optimizer.restore(state, for: model)
      }
      // Nothing changed.
      #expect(optimizer.state.step == 1, sourceLocation: sourceLocation)
      #expect(optimizer.state.tensors.map(\.value) == good.tensors.map(\.value))
    }
  }

  @Test func refusalsNameWhatDoesNotFit() {
    let error = OptimizerStateError.shapeMismatch(
      name: "lstm.bias_ih_l0.exp_avg", expected: [16], found: [12])
    #expect(
      error.description
        == "the optimizer's state has lstm.bias_ih_l0.exp_avg of shape [12], expected [16]; was it "
        + "saved by the same optimizer for the same model?")
  }
}
